"""Whose turn something of a unit is, as conditions on a table; `turns.manager_turn` says the same of one.

Shared by everything a 保護責任者 decides, so that lists, numbers and desks name whom the page and its notices name.
`unit` leads from the rows to the unit ("file__unit"), `hands` to the people who may not decide; those may be empty.
"""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from nerima_privacy.calendars.periods import valid_on
from roles.holdings import Holdings
from roles.models import Appointment, Person, Unit
from roles.seats import Seat

NOTHING = Q(pk__in=[])
DECIDES = (Seat.PROTECTION_MANAGER, Seat.DEPARTMENT_PROTECTION_MANAGER, Seat.GENERAL_PROTECTION_MANAGER)


def deciding(user: Person, holdings: Holdings, *, unit: str = "unit", hands: tuple[str, ...] = ()) -> Q:
    """保護責任者; vacant or barred, 保護管理責任者 of the 部, then 総括保護管理者 (第3–5条)."""
    found = NOTHING
    if managers := holdings.unit_ids(Seat.PROTECTION_MANAGER):
        found |= Q(**{f"{unit}__in": managers})
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    general = holdings.has(Seat.GENERAL_PROTECTION_MANAGER)
    if departments or general:
        vacant = ~seated(holdings, Seat.PROTECTION_MANAGER, unit, hands)
        found |= vacant & under(departments, unit) if departments else NOTHING
        found |= vacant & ~headed(holdings, unit, hands) if general else NOTHING
    for hand in hands:
        found &= ~Q(**{hand: user.pk})
    return found


def under(departments: set[int], unit: str = "unit") -> Q:
    """Of a 部 itself, or of a unit under it that is no 部 of its own: one set of units, which an index finds."""
    below = Q(pk__in=departments, is_department=True) | Q(parent__in=departments, is_department=False)
    return Q(**{f"{unit}__in": Unit.objects.filter(below).values("pk")})


def headed(holdings: Holdings, unit: str = "unit", hands: tuple[str, ...] = ()) -> Q:
    """Whether the 部 of the unit has a head who had no hand in it."""
    own, above = (seated(holdings, Seat.DEPARTMENT_PROTECTION_MANAGER, of, hands) for of in (unit, f"{unit}__parent"))
    department = f"{unit}__is_department"
    return own & Q(**{department: True}) | above & Q(**{department: False})


def seated(holdings: Holdings, seat: Seat, unit: str = "unit", hands: tuple[str, ...] = ()) -> Q:
    """Whether somebody holds the seat of the unit, or of those that took it over, who had no hand in it."""
    return of_unit(holdings, sitting(holdings, seat, hands=hands), unit)


def sitting(holdings: Holdings, *seats: Seat, hands: tuple[str, ...] = ()) -> QuerySet[Appointment]:
    """The appointments to the seats that hold now, but for those of people who had a hand in the row asked about."""
    held = Appointment.objects.on(holdings.on).filter(seat__in=seats, person__is_active=True)
    for hand in hands:
        held = held.exclude(person=Coalesce(OuterRef(hand), 0))
    return held


def of_unit(holdings: Holdings, held: QuerySet[Appointment], unit: str) -> Q:
    """Whether one of `held` is of the unit, or of the living units its affairs have come to.

    Two questions, for in one of both no index would find the unit.
    """
    living = held.filter(valid_on(holdings.on, "unit__"))
    here = Q(Exists(living.filter(unit=OuterRef(unit))))
    after = [Q(In(OuterRef(unit), sorted(ended)), unit=heir) for heir, ended in sorted(holdings.heirs().items())]
    return here | Q(Exists(living.filter(reduce(or_, after)))) if after else here
