"""Who sits where on a day and soon after, as the duties of 第3条–第7条 see it: their readings, and what comes of them.

Seats of the whole ward and seats of units are read apart: a desk that asks about one of the ward's seats must not read
those of 2,500 units.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Max, Min, Q
from django.urls import reverse
from django.utils import timezone

from nerima_privacy.calendars.periods import valid_on
from nerima_privacy.duties.registry import Finding, Scope
from nerima_privacy.web.together import Asking, Reading, Rows, reading
from roles.models import Appointment, Person, Unit
from roles.seats import Basis, Seat

DAY = timedelta(days=1)
IN_FORCE = date(2023, 4, 1)
REGISTERS = "システム管理者が管理画面の「任命」で後任か職務代理を登録すると消えます。"
Key = tuple[int | None, Seat]


class Place(NamedTuple):
    """A unit that stands on the day."""

    code: str
    pk: int
    name: str
    above: str | None
    is_department: bool
    is_section: bool
    is_school: bool
    valid_from: date
    valid_to: date | None

    @property
    def full_name(self) -> str:
        """「区民部 税務課」."""
        return self.name if self.is_department or not self.above else f"{self.above} {self.name}"


class Held(NamedTuple):
    """An appointment in force on the day or soon after."""

    pk: int
    unit_id: int | None
    unit_code: str | None
    unit_name: str | None
    seat: str
    basis: str
    security_post: str
    person_id: int
    person: str
    is_active: bool
    valid_from: date
    valid_to: date | None


@dataclass
class Seating:
    """Units that stand on a day, and who holds their seats then and in the days until `ahead`."""

    on: date
    ahead: date
    units: list[Place]
    now: dict[Key, list[Held]] = field(default_factory=lambda: defaultdict(list))
    coming: dict[Key, list[Held]] = field(default_factory=lambda: defaultdict(list))
    left_on: dict[Key, date] = field(default_factory=dict)

    def finding(self, seat: Seat, unit: Place | None) -> Finding | None:
        """That nobody holds the seat, or that nobody follows the one whose period ends by `ahead`."""
        key = (unit.pk if unit else None, seat)
        rows = self.now[key]
        if not rows:
            begin = unit.valid_from if unit else IN_FORCE
            since = max(self.left_on.get(key, begin), begin)
            return _vacancy(seat, unit, since, None, f"欠員です。{REGISTERS}")
        last = max(row.valid_to or date.max for row in rows)
        followed = any(row.valid_from <= last + DAY for row in self.coming[key]) if last < date.max else True
        if followed or last > self.ahead or (unit is not None and unit.valid_to == last):
            return None
        since = max(row.valid_from for row in rows)
        acting = "職務代理が" if any(row.basis == Basis.ACTING for row in rows) else ""
        return _vacancy(seat, unit, since, last, f"{acting}まもなく終わり、後任がいません。{REGISTERS}")


def _vacancy(seat: Seat, unit: Place | None, since: date, due_on: date | None, clears: str) -> Finding:
    return Finding(
        subject=f"{unit.full_name}　{seat.label}" if unit else str(seat.label),
        url=reverse("units:detail", args=[unit.code]) if unit else reverse("units:list"),
        unit_id=unit.pk if unit else None,
        since=since,
        due_on=due_on,
        clears=clears,
        key=f"{seat}:{unit.pk if unit else 'ward'}",
    )


def seating(scope: Scope, *, ward: bool) -> Asking[Seating]:
    """The seats of the whole ward, or those of the units asked about; shared by all duties of a scope."""
    ahead = scope.on + timedelta(days=int(scope.parameter("seats.look_ahead_days")))
    rows = yield scope.once(("roles.readings", ward), lambda: _readings(scope, ahead, ward=ward))
    return scope.once(("roles.seating", ward), lambda: _seated(scope.on, ahead, *rows))


def _readings(scope: Scope, ahead: date, *, ward: bool) -> list[Reading]:
    units = Unit.objects.none() if ward else Unit.objects.filter(valid_on(scope.on))
    every = Appointment.objects.filter(unit__isnull=ward)
    if scope.units is not None:
        units, every = units.filter(pk__in=scope.units), every.filter(unit__in=scope.units)
    rows = every.filter(Q(valid_to=None) | Q(valid_to__gte=scope.on), valid_from__lte=ahead + DAY)
    ended = every.filter(valid_to__lt=scope.on).order_by().values("unit", "seat").annotate(last=Max("valid_to"))
    # The seats of people no longer 在籍 are vacant from the day they were set so.
    gone = rows.order_by().filter(person__is_active=False).values("person")
    left = Person.history.filter(id__in=gone, is_active=False)
    left = left.order_by().values("id").annotate(first=Min("history_date"))
    kinds = ("is_department", "is_section", "is_school")
    held = ("unit__code", "unit__name", "seat", "basis", "security_post")
    return [
        reading(units, "code", "pk", "name", "parent__name", *kinds, "valid_from", "valid_to"),
        reading(rows, "pk", "unit", *held, "person", "person__name", "person__is_active", "valid_from", "valid_to"),
        reading(ended, "unit", "seat", "last"),
        reading(left, "id", "first"),
    ]


def _seated(on: date, ahead: date, units: Rows, rows: Rows, ended: Rows, left: Rows) -> Seating:
    found = Seating(on, ahead, [Place(*row) for row in sorted(units)])
    gone: dict[int, list[Held]] = defaultdict(list)
    for row in _in_order(rows):
        key = (row.unit_id, Seat(row.seat))
        if not row.is_active:
            gone[row.person_id].append(row)
        elif row.valid_from > on:
            found.coming[key].append(row)
        else:
            found.now[key].append(row)
    for unit_id, seat, last in ended:
        found.left_on[unit_id, Seat(seat)] = last + DAY
    for person_id, since in left:
        for row in gone[person_id]:
            found.left_on[row.unit_id, Seat(row.seat)] = timezone.localdate(since)
    return found


def _in_order(rows: Rows) -> list[Held]:
    held = [Held(*row) for row in rows]
    return sorted(held, key=lambda row: (row.unit_code or "", -row.valid_from.toordinal(), row.pk))
