"""Whose turn a notification is, as conditions on the table; turns.py says the same of one."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.filings.models import OPEN_STATUSES, FilingStatus
from nerima_privacy.calendars.periods import today, valid_on
from roles.holdings import Holdings, holdings_of
from roles.models import Appointment, Person
from roles.seats import Seat

S = FilingStatus
WRITTEN = [S.RETURNED, S.CORRECTING, S.NOTIFIED]
CONSIDERED = [S.FILED, S.DECIDED]
NOTHING = Q(pk__in=[])
OPEN = Q(status__in=OPEN_STATUSES)  # said once for all turns, so that an index finds the few open ones first


def my_turn(user: Person, held: Holdings | None = None) -> Q:
    """The notifications whose next step is `user`'s, in any post held now (第10条; vacant seats step up).

    The list, its number in the menu and the desk ask this; the page of one says the same (turns.py, panel.py).
    """
    holdings = held or holdings_of(user)
    if not holdings.appointments:
        return NOTHING
    turns = _writing_turn(user, holdings) | _filing_turn(holdings) | _considering_turn(user, holdings)
    return OPEN & turns


def _writing_turn(user: Person, holdings: Holdings) -> Q:
    """The unit's seats mend, carry out and begin again; a draft is the turn of who began it."""
    own = holdings.unit_ids(*UNIT_SEATS)
    if not own:
        return NOTHING
    return Q(unit__in=own) & (Q(status__in=WRITTEN) | Q(status=S.DRAFT, drafted_by=user))


def _filing_turn(holdings: Holdings) -> Q:
    """保護責任者 confirms; vacant, 保護管理責任者 of the 部, then 総括保護管理者."""
    managers = holdings.unit_ids(Seat.PROTECTION_MANAGER)
    found = Q(status=S.SUBMITTED, unit__in=managers) if managers else NOTHING
    alive = Q(unit__valid_to=None) | Q(unit__valid_to__gte=holdings.on)
    vacant = Q(status=S.SUBMITTED) & alive & Q(~seated(Seat.PROTECTION_MANAGER, "unit"))
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        found |= vacant & _under(departments)
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        found |= vacant & ~headed()
    return found


def _under(departments: set[int]) -> Q:
    """Of a 部 itself, or of a unit under it that is no 部 of its own."""
    return Q(unit__in=departments) | Q(unit__parent__in=departments, unit__is_department=False)


def headed(*, free: bool = False) -> Q:
    """Whether the 部 of the notification's unit has its head; `free` is one who had no hand in the notification."""
    seat = Seat.DEPARTMENT_PROTECTION_MANAGER
    own, above = seated(seat, "unit", free=free), seated(seat, "unit__parent", free=free)
    return Q(own, unit__is_department=True) | Q(above, unit__is_department=False)


def _considering_turn(user: Person, holdings: Holdings) -> Q:
    """情報公開課長 decides, its staff handles; what 情報公開課 filed itself goes to the seat above (第10条第2項)."""
    found = NOTHING
    mine = Q(filed_by=user) | Q(submitted_by=user) | Q(drafted_by=user)
    if holdings.has(Seat.DISCLOSURE_MANAGER):
        own = holdings.unit_ids(*UNIT_SEATS)
        found |= _considered() & ~Q(unit__in=own) & ~mine
    if holdings.has(Seat.DISCLOSURE_STAFF):
        found |= Q(status__in=[S.FILED, S.PROPOSED]) & ~mine
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    general = holdings.has(Seat.GENERAL_PROTECTION_MANAGER)
    if departments or general:
        found |= _stepped_up(departments, holdings, general=general) & ~mine
    return found


def _considered() -> Q:
    """What waits for a decision; the council's opinion too while no staff can write it down."""
    return Q(status__in=CONSIDERED) | Q(Q(status=S.PROPOSED) & ~Q(_staffed()))


def _stepped_up(departments: set[int], holdings: Holdings, *, general: bool) -> Q:
    """What 情報公開課長 must not decide, for the head of the 部, else 総括保護管理者; all while that seat is vacant."""
    valid = Appointment.objects.on(holdings.on).filter(person__is_active=True)
    sitting = valid.filter(seat=Seat.DISCLOSURE_MANAGER)
    chief, waiting = sitting.values("person"), _considered()
    own = Q(unit__in=valid.filter(seat__in=UNIT_SEATS, person__in=chief).values("unit"))
    bound = waiting & (own | Q(filed_by__in=chief) | Q(submitted_by__in=chief) | Q(drafted_by__in=chief))
    found = bound & _under(departments) if departments else NOTHING
    if general:
        found |= bound & ~headed(free=True)
        found |= waiting & Q(~Exists(sitting))
    return found


def seated(seat: Seat, unit: str, *, free: bool = False) -> Exists:
    """Whether somebody holds the seat of the notification's unit now; `free` is one who had no hand in it."""
    held = Appointment.objects.filter(valid_on(today()), seat=seat, unit=OuterRef(unit), person__is_active=True)
    return Exists(_free(held) if free else held)


def _staffed() -> Exists:
    """Whether 情報公開課 has a member of staff who had no hand in the notification."""
    held = Appointment.objects.filter(valid_on(today()), seat=Seat.DISCLOSURE_STAFF, person__is_active=True)
    return Exists(_free(held))


def _free(held: QuerySet[Appointment]) -> QuerySet[Appointment]:
    for hand in ("filed_by", "submitted_by", "drafted_by"):
        held = held.exclude(person=Coalesce(OuterRef(hand), 0))
    return held


def no_other_filer() -> Q:
    """Submitted ones that only 総括保護管理者 can file: no 保護責任者, and no head of a 部."""
    return Q(status=S.SUBMITTED) & ~Q(seated(Seat.PROTECTION_MANAGER, "unit")) & ~headed()
