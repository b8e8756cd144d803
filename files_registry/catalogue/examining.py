"""Who examines units for a time without a seat over them: 監査責任者 within an audit (第7条第3項・第24条).

The app of audits stands above this one, so its areas ask a registry that it fills in `AppConfig.ready()`. What an
examination opens is reading, for every area alike: 閲覧 of the units' files and what is written of how they are
handled. It opens no verb, so nothing here is asked where something is written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from nerima_privacy.web.together import Reading, Rows
from roles.holdings import Holdings, holdings_of
from roles.models import Appointment, Person

LIVED = (FileStatus.HELD, FileStatus.CEASED)


@dataclass(frozen=True)
class Examination:
    """One that lasts now. `label` is how the record names it, `units` are the ids of those whose files it opens,
    `until` is its last day, `post` the seat the person examines in."""

    key: int
    label: str
    units: frozenset[int]
    until: date
    url: str
    post: Appointment


@dataclass(frozen=True)
class Examiner:
    """To whom an examination opened a file at a moment, for 権限一覧; `ends_at` is the first moment without."""

    person: Person
    unit: str
    label: str
    purpose: str
    begins_at: datetime
    ends_at: datetime
    url: str


Examinations = Callable[[Person, Holdings], list[Examination]]
Examiners = Callable[[PersonalInformationFile, datetime, Rows], list[Examiner]]
Lasting = Callable[[PersonalInformationFile, datetime], Reading]
_registered: list[tuple[Examinations, Examiners, Lasting]] = []


def register_examinations(of: Examinations, over: Examiners, lasting: Lasting) -> None:
    """Register what a person examines now, who examined a file at a moment, and what may have opened it then.

    `of` is asked for everybody on every page: it answers without a query to those who can examine nothing. `over` is
    given the rows of `lasting`, and asked only where there are any.
    """
    if (of, over, lasting) not in _registered:
        _registered.append((of, over, lasting))


def examinations_of(person: Person) -> list[Examination]:
    """What `person` examines now; read once for the holdings of a request, anew elsewhere."""
    holdings = holdings_of(person)
    known: list[Examination] | None = holdings.__dict__.get("_examinations")
    if known is None:
        known = [found for of, _, _ in _registered for found in of(person, holdings)]
        holdings.__dict__["_examinations"] = known
    return known


def examined_units(person: Person) -> frozenset[int]:
    """The units `person` examines now."""
    return frozenset[int]().union(*(examination.units for examination in examinations_of(person)))


def examination_of(person: Person, unit_id: int) -> Examination | None:
    """By which examination `person` reads what the unit holds now; None when by none."""
    return next((found for found in examinations_of(person) if unit_id in found.units), None)


def examines(person: Person, file: PersonalInformationFile) -> bool:
    """Whether an examination opens the file to `person` now: one that is held, or has been."""
    return file.status in LIVED and examination_of(person, file.unit_id) is not None


def lasting_over(file: PersonalInformationFile, at: datetime) -> list[Reading]:
    """What may have opened the file at a moment, for a page that reads it together with something else."""
    return [lasting(file, at) for _, _, lasting in _registered]


def examiners_of(file: PersonalInformationFile, at: datetime, found: list[Rows]) -> list[Examiner]:
    """Everybody to whom an examination opened the file at a moment; `found` is what `lasting_over` read."""
    if file.status not in LIVED:
        return []
    asked = zip(_registered, found, strict=True)
    return [examiner for (_, over, _), rows in asked if rows for examiner in over(file, at, rows)]
