"""Whose turn a record of this area is, as conditions on the tables; turns.py says the same of one."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from files_registry.catalogue.policies import UNIT_SEATS, units_of
from files_registry.handling.models import (
    CheckStatus,
    CorrectionStatus,
    Extension,
    ExtensionStatus,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
    StandingStatus,
)
from nerima_privacy.calendars.periods import today, valid_on
from roles.holdings import Holdings
from roles.models import Appointment, Person, Unit
from roles.seats import Seat

H = HandlingStatus
NOTHING = Q(pk__in=[])
DECIDED = Q(status__in=[H.SUBMITTED, H.RETURNED])
HANDS = {"request": ("applicant", "prepared_by"), "standing": ("applicant",), "correction": ()}


def with_second(rows: QuerySet[HandlingRequest]) -> QuerySet[HandlingRequest]:
    """The requests with the name of whoever is asked for a second check, which `turns.who_has_it` reads."""
    return rows.annotate(second_name=Subquery(_half_checked().values("asked_of__name")[:1]))


def _asked_to_be_later() -> Exists:
    return Exists(Extension.objects.filter(request=OuterRef("pk"), status=ExtensionStatus.ASKED))


def with_extension(rows: QuerySet[HandlingRequest]) -> QuerySet[HandlingRequest]:
    """The requests with whether a later return date waits to be decided (`presenters.list_row` reads it)."""
    return rows.annotate(extending=_asked_to_be_later())


def _half_checked() -> QuerySet[SendingCheck]:
    return SendingCheck.objects.filter(request=OuterRef("pk"), status=CheckStatus.FILLED)


def my_requests(user: Person, holdings: Holdings) -> Q:
    """The requests whose next step is `user`'s: to finish, to do, to bring back, to decide, to close (第12条)."""
    return _mine(user, holdings, DECIDED)


def my_turns(user: Person, holdings: Holdings) -> Q:
    """`my_requests`, and those whose return date is asked to be later, for whoever decides on that (第12条)."""
    later = Extension.objects.filter(status=ExtensionStatus.ASKED).values("request")
    return _mine(user, holdings, DECIDED, Q(pk__in=later))


def _mine(user: Person, holdings: Holdings, *decided: Q) -> Q:
    """What is `user`'s to write or to do, and of what is `decided` on what is `user`'s to decide.

    Said as a union, for each part has an index of its own and the whole of an OR has none.
    """
    rows = HandlingRequest.objects.order_by()
    writes = rows.filter(status=H.DRAFT, prepared_by=user)
    does = rows.filter(~Exists(_half_checked()), status__in=[H.ASKED, H.ALLOWED, H.DONE], applicant=user)
    decides = deciding(user, holdings, HANDS["request"])
    parts = [does, *(rows.filter(one & decides) for one in decided)]
    return Q(pk__in=writes.values("pk").union(*(part.values("pk") for part in parts)))


def my_extensions(user: Person, holdings: Holdings) -> Q:
    """The later return dates that wait for `user` to decide (第12条)."""
    return Q(status=ExtensionStatus.ASKED) & deciding(user, holdings, HANDS["request"], "request__")


def my_standing(user: Person, holdings: Holdings) -> Q:
    """The standing permissions that wait for `user` (第12条)."""
    return Q(status=StandingStatus.ASKED) & deciding(user, holdings, HANDS["standing"])


def my_corrections(user: Person, holdings: Holdings) -> Q:
    """The errors that wait for `user` to order their correction (第13条)."""
    return Q(status=CorrectionStatus.FOUND) & deciding(user, holdings, HANDS["correction"])


def my_checks(user: Person, holdings: Holdings) -> Q:
    """The corrections that wait for `user` to check, never one's own: seats of the unit, else the next up (第13条)."""
    own = holdings.unit_ids(*UNIT_SEATS)
    others = ~_free(Seat.PROTECTION_OFFICER, "unit", ("done_by",), "") & deciding(user, holdings, ("done_by",))
    return Q(status=CorrectionStatus.DONE) & ~Q(done_by=user) & (Q(unit__in=own) | others)


def above_late(user: Person, holdings: Holdings) -> Q:
    """The requests whose late return is of the seat above the one that decides: 部, then the ward (第3条・第4条)."""
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    found = Q(unit__in=units_of(departments)) if departments else NOTHING
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        found |= ~_headed(HANDS["request"], "")
    return found


def deciding(user: Person, holdings: Holdings, hands: tuple[str, ...], of: str = "") -> Q:
    """保護責任者; vacant or barred, 保護管理責任者 of the 部, then 総括保護管理者 (as `manager_turn`).

    `of` leads from the rows to the record that has unit and `hands`: "request__".
    """
    found = NOTHING
    managers = holdings.unit_ids(Seat.PROTECTION_MANAGER)
    if managers:
        found |= Q(**{f"{of}unit__in": managers})
    vacant = ~_free(Seat.PROTECTION_MANAGER, "unit", hands, of)
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        below = Q(pk__in=departments) | Q(parent__in=departments, is_department=False)
        found |= vacant & Q(**{f"{of}unit__in": Unit.objects.filter(below).values("pk")})
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        found |= vacant & ~_headed(hands, of)
    for hand in hands:
        found &= ~Q(**{f"{of}{hand}": user})
    return found


def _headed(hands: tuple[str, ...], of: str) -> Q:
    """Whether the 部 of the unit has a head who had no hand in it."""
    seat = Seat.DEPARTMENT_PROTECTION_MANAGER
    own, above = _free(seat, "unit", hands, of), _free(seat, "unit__parent", hands, of)
    department = f"{of}unit__is_department"
    return own & Q(**{department: True}) | above & Q(**{department: False})


def _free(seat: Seat, unit: str, hands: tuple[str, ...], of: str) -> Q:
    """Whether somebody holds the seat now who had no hand in it, of the unit or of those that took it over."""
    held = Appointment.objects.filter(valid_on(today()), valid_on(today(), "unit__"), seat=seat, person__is_active=True)
    for hand in hands:
        held = held.exclude(person=OuterRef(f"{of}{hand}"))
    one, other = "unit__predecessors", "unit__predecessors__predecessors"
    its, ended = OuterRef(f"{of}{unit}"), today()
    after = Q(**{one: its, f"{one}__valid_to__lt": ended}) | Q(**{other: its, f"{other}__valid_to__lt": ended})
    gone = Q(**{f"{of}{unit}__valid_to__lt": ended})
    return Q(Exists(held.filter(unit=its))) | gone & Q(Exists(held.filter(after)))
