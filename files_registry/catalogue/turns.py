"""Whose turn something of a unit is: the seat, whether somebody sits there, and where it steps up to when nobody does.

Shared by everything a 保護責任者 decides: notifications, rights, requests (第5条第3項・第10–14条).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from nerima_privacy.web.together import Reading, Rows, read, reading
from roles.holdings import holders, holdings_of, living_units
from roles.models import Appointment, Person, Unit
from roles.seats import Seat


@dataclass(frozen=True)
class Turn:
    """One seat whose turn it is. `note` says why it is not the usual seat; `barred` may not take the turn."""

    seat: Seat
    unit: Unit | None
    note: str = ""
    barred: frozenset[int] = field(default_factory=frozenset)
    vacant: bool = False

    @property
    def label(self) -> str:
        """「税務課　保護責任者」."""
        name = f"{self.unit.name}　{self.seat.label}" if self.unit else str(self.seat.label)
        return f"{name}（空席）" if self.vacant else name

    def post(self, user: Person) -> Appointment | None:
        """The appointment by which `user` takes this turn."""
        if user.pk in self.barred:
            return None
        return holdings_of(user).post(self.seat, unit_id=self.unit.pk if self.unit else None)

    @cached_property
    def people(self) -> list[Person]:
        """Who may take this turn now."""
        return list(holders(self.seat, self.unit).exclude(pk__in=self.barred))


def _living(unit: Unit) -> set[int]:
    return {living.pk for living in living_units(unit)}


class Seating:
    """Who sits where for what concerns `units`: 情報公開課, 総括保護管理者, their 部 and themselves.

    One query when it is first asked, unless `take` is given the rows of `reading`. `living` says which units have taken
    over from a unit that has ended; by default it asks for each of them.
    """

    def __init__(self, units: Iterable[Unit], living: Callable[[Unit], set[int]] = _living) -> None:
        self.units: dict[int | None, set[int]] = {}
        for unit in units:
            for asked in (unit, unit.department):
                if asked is not None and asked.pk not in self.units:
                    self.units[asked.pk] = living(asked)

    @property
    def reading(self) -> Reading:
        """What `take` takes."""
        wanted: set[int] = set().union(*self.units.values())
        rows = Appointment.objects.on().filter(person__is_active=True)
        # Seats of the whole ward have no unit: said, so that both halves are found by the index on unit and seat.
        rows = rows.filter(Q(unit=None, seat__in=WARD_TURNS) | Q(unit__in=wanted, seat__in=UNIT_TURNS))
        return reading(rows, "pk", "seat", "unit", "person")

    def take(self, rows: Rows) -> "Seating":
        """With the seats as read."""
        self.rows = [(seat, unit, person) for _, seat, unit, person in sorted(rows)]
        return self

    @cached_property
    def rows(self) -> list[tuple[str, int | None, int]]:
        """(seat, unit, person), the earliest appointed first."""
        (rows,) = read([self.reading])
        return [(seat, unit, person) for _, seat, unit, person in sorted(rows)]

    def people(self, seat: Seat, unit: Unit | None = None) -> list[int]:
        """The ids of those who hold the seat, of `unit` or of the units that took it over."""
        units = self.units[unit.pk] if unit else {None}
        return [person for held, of, person in self.rows if held == seat and of in units]


WARD_TURNS = (Seat.DISCLOSURE_MANAGER, Seat.DISCLOSURE_STAFF, Seat.GENERAL_PROTECTION_MANAGER)
UNIT_TURNS = (Seat.DEPARTMENT_PROTECTION_MANAGER, Seat.PROTECTION_MANAGER, Seat.PROTECTION_OFFICER)


def first_taken(turns: list[Turn], seated: Seating) -> Turn:
    """The first turn somebody can take; the last one, marked vacant, when nobody can."""
    for turn in turns:
        if set(seated.people(turn.seat, turn.unit)) - turn.barred:
            return turn
    last = turns[-1]
    return Turn(last.seat, last.unit, last.note, last.barred, vacant=True)


def manager_turn(unit: Unit, barred: frozenset[int] = frozenset(), seated: Seating | None = None) -> Turn:
    """Who decides for the unit: 保護責任者; vacant or barred, 保護管理責任者 of the 部, then 総括保護管理者 (第3–5条).

    `barred` are those who may not decide, such as the applicant: nobody decides on a request of one's own. A school
    has no 部 above it.
    """
    seated = seated or Seating([unit])
    turns = [Turn(Seat.PROTECTION_MANAGER, unit, barred=barred)]
    vacant = not seated.people(Seat.PROTECTION_MANAGER, unit)
    note = f"{unit.name}の保護責任者が空席のため" if vacant else "申し出た人と決める人を分けるため"
    if unit.department:
        turns.append(Turn(Seat.DEPARTMENT_PROTECTION_MANAGER, unit.department, note, barred))
    turns.append(Turn(Seat.GENERAL_PROTECTION_MANAGER, None, note, barred))
    return first_taken(turns, seated)
