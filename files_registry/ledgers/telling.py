"""Who is told of what happened in a ledger; titles name the file and the step, never what a line says."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import models
from django.urls import reverse

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.ledgers.models import StoredMedium
from nerima_privacy.notices.outbox import queue
from roles.holdings import holders
from roles.models import Person, Unit
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


def tell_of_media(
    kind: str, unit: Unit, media: Sequence[StoredMedium], *, actor: Person, title: str, also: Iterable[Person]
) -> None:
    """保護責任者 of the unit, who answers for the media now and who did, what was done with how many of which file."""
    now = {medium.responsible for medium in media}
    people = {person for person in {*holders(Seat.PROTECTION_MANAGER, unit), *now, *also} if person.pk != actor.pk}
    files = Counter(medium.file.name for medium in media)
    body = "\n".join(f"{name}　{many:,}件" for name, many in sorted(files.items()))
    title = f"{title}（{len(media):,}件）　{unit.name}"
    queue(kind, to=people, subject=unit, title=title, body=body, url=reverse("ledgers:mine"))
