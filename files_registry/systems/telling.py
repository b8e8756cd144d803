"""Who is told of what, and in which words. Titles name the system and the step, never what was agreed."""

from collections.abc import Iterable

from django.db import models

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.systems.models import InformationSystem
from files_registry.systems.queries import administrator_of, links_on
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.outbox import queue
from roles.holdings import holders
from roles.models import Person, Unit
from roles.seats import Seat


def tell(
    kind: str, subject: models.Model, *, to: Iterable[Person], actor: Person, title: str, body: str = "", url: str = ""
) -> None:
    """Queue one notice a person, never to the one who acts."""
    queue(kind, to={person for person in to if person.pk != actor.pk}, subject=subject, title=title, body=body, url=url)


def managers_of(system: InformationSystem) -> list[Person]:
    """保護責任者 of the unit that runs the system, and of each unit whose files are in it."""
    ids = links_on(today()).filter(system=system).values("file__unit")
    units = {system.unit, *Unit.objects.filter(pk__in=ids).prefetch_related("successors")}
    return [person for unit in units for person in holders(Seat.PROTECTION_MANAGER, unit)]


def around(system: InformationSystem, file: PersonalInformationFile) -> list[Person]:
    """保護責任者 of the file's unit and of the system's, and the administrator: whom a link concerns."""
    administrator = administrator_of(system)
    people = [person for unit in {system.unit, file.unit} for person in holders(Seat.PROTECTION_MANAGER, unit)]
    return [*people, administrator.person] if administrator else people
