"""A ward `scale` times the size to design for: at 1, 250 units, 15,000 people and 5,000 files. All of it is made up."""

import random

from roles.models import Organ
from tests.bench.accounts import build_accounts
from tests.bench.audits import build_audits
from tests.bench.copying import reset_sequences
from tests.bench.files import build_files
from tests.bench.handled import build_handling
from tests.bench.ledgers import build_ledgers
from tests.bench.people import person
from tests.bench.rights import build_rights
from tests.bench.systems import build_systems
from tests.bench.traces import build_traces
from tests.bench.ward import build_people, build_seats, build_units


def build(scale: float) -> None:
    """Write the ward: a few hundred rows of each kind by Django, the rest of them copied inside the database."""
    chance = random.Random(20261123)
    reset_sequences()  # what was rolled back before left gaps, and who gets how much goes by the numbers
    organs = [Organ(code="01", name="練馬区長"), Organ(code="02", name="練馬区教育委員会")]
    Organ.objects.bulk_create(organs)
    units = build_units(int(250 * scale), organs)
    build_people(int(15_000 * scale), units)
    build_seats(units)
    build_files(int(5_000 * scale), units, chance)
    build_handling(int(20_000 * scale), chance)
    build_traces(int(20_000 * scale), chance)
    build_ledgers(int(200_000 * scale), chance)
    build_systems()
    build_accounts(person("保護責任者").appointments.first().unit)
    reset_sequences()
    build_rights()
    build_audits(int(40 * scale) + 2)
