"""Whose turn a request for rights is, as a condition on the table; policies.deciding_turn says the same of one."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from files_registry.access.models import Grant, GrantStatus
from nerima_privacy.calendars.periods import today, valid_on
from roles.holdings import Holdings, holdings_of
from roles.models import Appointment, Person
from roles.seats import Seat

WAITING = Q(status=GrantStatus.REQUESTED)


def my_turn(user: Person, held: Holdings | None = None) -> Q:
    """The requests `user` decides on, in any post held now: 保護責任者, else the seat above (第11条第1項)."""
    holdings = held or holdings_of(user)
    if not holdings.appointments:
        return Q(pk__in=[])
    found = Q(file__unit__in=holdings.unit_ids(Seat.PROTECTION_MANAGER))
    alive = Q(file__unit__valid_to=None) | Q(file__unit__valid_to__gte=holdings.on)
    stepped = alive & ~Q(_free(Seat.PROTECTION_MANAGER, "file__unit"))
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        under = Q(file__unit__in=departments) | Q(file__unit__parent__in=departments, file__unit__is_department=False)
        found |= stepped & under
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        found |= stepped & ~_headed()
    return WAITING & found & ~Q(person=user)


def _headed() -> Q:
    head = Seat.DEPARTMENT_PROTECTION_MANAGER
    own, above = Q(_free(head, "file__unit")), Q(_free(head, "file__unit__parent"))
    return own & Q(file__unit__is_department=True) | above & Q(file__unit__is_department=False)


def _free(seat: Seat, unit: str) -> Exists:
    """Whether somebody holds the seat of the file's unit whom the right is not for."""
    held = Appointment.objects.filter(valid_on(today()), seat=seat, unit=OuterRef(unit), person__is_active=True)
    return Exists(held.exclude(person=Coalesce(OuterRef("person"), 0)))


def turns(user: Person, holdings: Holdings) -> QuerySet[Grant]:
    """Those whose number stands beside the menu line."""
    return Grant.objects.filter(my_turn(user, holdings))
