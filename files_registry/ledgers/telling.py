"""Who is told of what happened in a ledger; titles name the file and the step, never what a line says."""

from collections.abc import Iterable

from django.db import models

from files_registry.catalogue.models import PersonalInformationFile
from nerima_privacy.notices.outbox import queue
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat


def tell_unit(
    kind: str,
    file: PersonalInformationFile,
    subject: models.Model,
    *,
    actor: Person,
    title: str,
    also: Iterable[Person] = (),
) -> None:
    """保護責任者 of the unit and those whom it concerns besides; never who acts."""
    people = {person for person in [*holders(Seat.PROTECTION_MANAGER, file.unit), *also] if person.pk != actor.pk}
    queue(kind, to=people, subject=subject, title=f"{title}　{file.name}")
