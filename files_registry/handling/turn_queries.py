"""Whose turn a record of this area is, as conditions on the tables; turns.py says the same of one."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from files_registry.catalogue.policies import UNIT_SEATS, units_of
from files_registry.catalogue.turn_queries import DECIDES, NOTHING, deciding, headed, seated
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
from roles.holdings import Holdings
from roles.models import Person
from roles.seats import Seat

H = HandlingStatus
DECIDED = Q(status__in=[H.SUBMITTED, H.RETURNED])
DONE = ("done_by",)
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
    decides = deciding(user, holdings, hands=HANDS["request"])
    parts = [does, *(rows.filter(one & decides) for one in decided)]
    return Q(pk__in=writes.values("pk").union(*(part.values("pk") for part in parts)))


def my_extensions(user: Person, holdings: Holdings) -> Q:
    """The later return dates that wait for `user` to decide (第12条)."""
    hands = tuple(f"request__{hand}" for hand in HANDS["request"])
    return Q(status=ExtensionStatus.ASKED) & deciding(user, holdings, unit="request__unit", hands=hands)


def my_standing(user: Person, holdings: Holdings) -> Q:
    """The standing permissions that wait for `user` (第12条)."""
    return Q(status=StandingStatus.ASKED) & deciding(user, holdings, hands=HANDS["standing"])


def my_corrections(user: Person, holdings: Holdings) -> Q:
    """The errors that wait for `user` to order their correction (第13条)."""
    return Q(status=CorrectionStatus.FOUND) & deciding(user, holdings, hands=HANDS["correction"])


def my_checks(user: Person, holdings: Holdings) -> Q:
    """The corrections that wait for `user` to check, never one's own: seats of the unit, else the next up (第13条)."""
    mine = Q(unit__in=holdings.unit_ids(*UNIT_SEATS))
    if holdings.has(*DECIDES):
        mine |= ~seated(holdings, Seat.PROTECTION_OFFICER, hands=DONE) & deciding(user, holdings, hands=DONE)
    return Q(status=CorrectionStatus.DONE) & ~Q(done_by=user) & mine


def above_late(user: Person, holdings: Holdings) -> Q:
    """The requests whose late return is of the seat above the one that decides: 部, then the ward (第3条・第4条)."""
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    found = Q(unit__in=units_of(departments)) if departments else NOTHING
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        found |= ~headed(holdings, hands=HANDS["request"])
    return found
