"""Who had which rights over the files of a system on a day: seats, grants, groups of posts (第11条第1項).

A fixed number of queries whatever the number of people and files. Read as `access.holders` reads a past moment; for
today it is what `access.effective` says of each person.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from files_registry.access.effective import ENDED, NO_GRANTS
from files_registry.access.holders import DECIDED, but_suspended
from files_registry.access.models import FIELDS, Grant, GroupKind
from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.rights import Right
from files_registry.systems.models import InformationSystem, SystemFile
from nerima_privacy.calendars.periods import end_of, today, valid_on
from roles.models import Appointment, Engagement, Person, Posting, Unit
from roles.seats import Seat

BITS = {right: 1 << place for place, right in enumerate(Right)}
ALL = sum(BITS.values())
CHUNK = 2_000
GROUP_OF = {kind.value: GroupKind.DISPATCHED.value for kind in Engagement} | {
    Engagement.WARD.value: GroupKind.STAFF.value
}


def rights_in(bits: int) -> list[Right]:
    """The rights a number stands for."""
    return [right for right, bit in BITS.items() if bits & bit]


def bits_of(rights: Any) -> int:
    """The number that stands for rights, given by their values."""
    return sum(BITS[Right(right)] for right in set(rights))


@dataclass
class RightsThen:
    """Person → the union of the rights over the system's files, as bits; `moved` had one by working elsewhere."""

    seats: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    granted: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    moved: set[int] = field(default_factory=set)

    def of(self, person: "Somebody") -> int:
        """The rights of a person. Grants open nothing to システム管理者 and 監査責任者, and nothing to who has left."""
        if not person.active:
            return 0
        granted = 0 if person.barred else self.granted.get(person.pk, 0)
        return self.seats.get(person.pk, 0) | granted

    def people(self) -> set[int]:
        """Everybody who may have some right."""
        return self.seats.keys() | self.granted.keys()


@dataclass(frozen=True)
class Somebody:
    """What is asked of a person: whether a place to work or a seat was there on the day, and whether still 在籍.

    在籍 has no date: who has left since the list was taken is gone, whatever the day of the list.
    """

    pk: int
    staff_number: str
    name: str
    active: bool
    placed: bool
    barred: bool


def files_of(system: InformationSystem, on: date) -> QuerySet[PersonalInformationFile]:
    """The files kept in the system on a day."""
    kept = SystemFile.objects.on(on).filter(system=system)
    return PersonalInformationFile.objects.filter(pk__in=kept.values("file"))


def rights_on(system: InformationSystem, on: date) -> RightsThen:
    """The rights over the system's files at the end of a past day, now where it is today. Nine queries at most."""
    found = RightsThen()
    files = files_of(system, on)
    officers = _by_seat(found, files, on)
    _by_grant(found, files, on)
    _by_group(found, files, on, officers)
    found.moved |= moved_from_groups(_over(files, on), on)
    return found


def people(on: date) -> Iterator[Somebody]:
    """Everybody, one by one; the caller keeps those it asks about. One query."""
    living = Appointment.objects.filter(Q(unit=None) | valid_on(on, "unit__"), valid_on(on), person=OuterRef("pk"))
    posted = Posting.objects.on(on).filter(person=OuterRef("pk"))
    rows = Person.objects.order_by().values_list(
        "pk", "staff_number", "name", "is_active", "engagement",
        Exists(posted), Exists(living), Exists(living.filter(seat__in=NO_GRANTS)),
    )  # fmt: skip
    for pk, number, name, active, engagement, works, sits, barred in rows.iterator(chunk_size=CHUNK):
        system = engagement == Engagement.SYSTEM
        yield Somebody(pk, number, name, active, works or sits, barred or system)


def _by_seat(found: RightsThen, files: QuerySet[PersonalInformationFile], on: date) -> dict[int, list[int]]:
    """Seats of the files' units, or of the units that took those over; answers 保護担当者 by unit for the groups."""
    managing = _with_successors(set(files.order_by().values_list("unit", flat=True).distinct()), on)
    seated = Appointment.objects.filter(valid_on(on), valid_on(on, "unit__"), seat__in=UNIT_SEATS).order_by()
    officers: dict[int, list[int]] = defaultdict(list)
    for person, unit, seat in seated.values_list("person", "unit", "seat"):
        if unit in managing:
            found.seats[person] = ALL
        if seat == Seat.PROTECTION_OFFICER and unit is not None:
            officers[unit].append(person)
    return officers


def _with_successors(units: set[int], on: date) -> set[int]:
    rows = Unit.successors.through.objects.filter(from_unit__valid_to__lt=on).values_list("from_unit", "to_unit")
    links: dict[int, set[int]] = defaultdict(set)
    for ended, successor in rows:
        links[ended].add(successor)
    reached, frontier = set(units), set(units)
    while frontier:
        frontier = set().union(*(links.get(unit, set()) for unit in frontier)) - reached
        reached |= frontier
    return reached


def _over(files: QuerySet[PersonalInformationFile], on: date) -> QuerySet[Grant]:
    """The grants over those of the files that had not ceased, decided at some time before the end of the day."""
    if on >= today():
        alive = files.exclude(status__in=ENDED)
    else:
        alive = files.exclude(status=FileStatus.ABANDONED).filter(Q(ceased_on=None) | Q(ceased_on__gte=on))
    over = Grant.objects.filter(file__in=alive.values("pk"), status__in=DECIDED, decided_at__lte=_at(on)).order_by()
    return but_suspended(over, _at(on))


def _at(on: date) -> Any:
    return timezone.now() if on >= today() else end_of(on) - timedelta(microseconds=1)


def _in_force(on: date) -> Q:
    at = _at(on)
    return Q(Q(ended_at=None) | Q(ended_at__gt=at), begins_at__lte=at, ends_at__gt=at)


def _by_grant(found: RightsThen, files: QuerySet[PersonalInformationFile], on: date) -> None:
    """Grants for a person: those in force, where the person still works or sits where they rest on."""
    here = Q(person=OuterRef("person"), unit=OuterRef("unit")) & valid_on(on)
    sits = Appointment.objects.filter(here, valid_on(on, "unit__"))
    stands = Exists(Posting.objects.filter(here)) | Exists(sits)
    in_force = ExpressionWrapper(_in_force(on), output_field=BooleanField())
    rows = _over(files, on).filter(person__isnull=False).annotate(stands=stands, in_force=in_force)
    wanted = rows.values_list("person", "stands", "in_force", *FIELDS.values()).distinct()
    for person, still_there, holds, *given in wanted.iterator(chunk_size=CHUNK):
        if not still_there:
            found.moved.add(person)
        elif holds:
            found.granted[person] |= _bits(given)


def _by_group(
    found: RightsThen, files: QuerySet[PersonalInformationFile], on: date, officers: dict[int, list[int]]
) -> None:
    """Grants for the posts of a unit: who worked there on the day, or was its 保護担当者."""
    rows = _over(files, on).filter(_in_force(on), group__isnull=False)
    given: dict[tuple[int, str], int] = defaultdict(int)
    for unit, kind, *rights in rows.values_list("group__unit", "group__kind", *FIELDS.values()).distinct():
        given[unit, kind] |= _bits(rights)
    for (unit, kind), bits in given.items():
        if kind == GroupKind.OFFICERS:
            for person in officers.get(unit, []):
                found.granted[person] |= bits
    posted = Posting.objects.on(on).filter(unit__in=rows.values("group__unit")).order_by()
    for person, unit, engagement in posted.values_list("person", "unit", "person__engagement").iterator(CHUNK):
        own = GROUP_OF[engagement]
        if bits := given.get((unit, own), 0):
            found.granted[person] |= bits


def moved_from_groups(grants: QuerySet[Grant], on: date) -> set[int]:
    """Who was of a post group while a grant was given to it, and neither works nor sits in its unit on the day."""
    given: dict[tuple[int, str], list[tuple[date, date]]] = defaultdict(list)
    rows = grants.filter(group__isnull=False).values_list(
        "group__unit", "group__kind", "begins_at", Coalesce("ended_at", "ends_at")
    )
    for unit, kind, begins, ends in rows.distinct():
        given[unit, kind].append((timezone.localdate(begins), timezone.localdate(ends)))
    units = {unit for unit, _ in given}
    if not units:
        return set()
    over = {"unit__in": units, "valid_to__lt": on}
    left = set()
    posted = Posting.objects.filter(**over).order_by().values_list(
        "person", "unit", "person__engagement", "valid_from", "valid_to"
    )  # fmt: skip
    sat = Appointment.objects.filter(**over, seat=Seat.PROTECTION_OFFICER).order_by().values_list(
        "person", "unit", Value(GroupKind.OFFICERS.value), "valid_from", "valid_to"
    )  # fmt: skip
    for person, unit, what, first, last in chain(posted.iterator(CHUNK), sat.iterator(CHUNK)):
        kind = GROUP_OF.get(what, what)
        if any(last and begins <= last and ends >= first for begins, ends in given.get((unit, kind), [])):
            left.add((person, unit))
    here: set[tuple[int, int]] = set()
    for model in (Posting, Appointment):
        there = model.objects.on(on).filter(unit__in=units, person__in={person for person, _ in left}).order_by()
        here |= set(there.values_list("person", "unit"))
    return {person for person, _ in left - here}


def _bits(given: list[bool]) -> int:
    return sum(BITS[right] for right, has in zip(FIELDS, given, strict=True) if has)
