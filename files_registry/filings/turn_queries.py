"""Whose turn a notification is, as conditions on the table; turns.py says the same of one."""

from django.db.models import Exists, Q

from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.turn_queries import NOTHING, deciding, headed, of_unit, seated, sitting, under
from files_registry.filings.models import OPEN_STATUSES, FilingStatus
from roles.holdings import Holdings, holdings_of
from roles.models import Person
from roles.seats import Seat

S = FilingStatus
WRITTEN = [S.RETURNED, S.CORRECTING, S.NOTIFIED]
CONSIDERED = [S.FILED, S.DECIDED]
HANDS = ("filed_by", "submitted_by", "drafted_by")
OPEN = Q(status__in=OPEN_STATUSES)  # said once for all turns, so that an index finds the few open ones first


def my_turn(user: Person, held: Holdings | None = None) -> Q:
    """The notifications whose next step is `user`'s, in any post held now (第10条; vacant seats step up).

    The list, its number in the menu and the desk ask this; the page of one says the same (turns.py, panel.py).
    """
    holdings = held or holdings_of(user)
    if not holdings.appointments:
        return NOTHING
    filing = Q(status=S.SUBMITTED) & deciding(user, holdings)
    return OPEN & (_writing_turn(user, holdings) | filing | _considering_turn(user, holdings))


def _writing_turn(user: Person, holdings: Holdings) -> Q:
    """The unit's seats mend, carry out and begin again; a draft is the turn of who began it."""
    own = holdings.unit_ids(*UNIT_SEATS)
    if not own:
        return NOTHING
    return Q(unit__in=own) & (Q(status__in=WRITTEN) | Q(status=S.DRAFT, drafted_by=user))


def _considering_turn(user: Person, holdings: Holdings) -> Q:
    """情報公開課長 decides, its staff handles; what 情報公開課 filed itself goes to the seat above (第10条第2項)."""
    found = NOTHING
    mine = Q(filed_by=user) | Q(submitted_by=user) | Q(drafted_by=user)
    if holdings.has(Seat.DISCLOSURE_MANAGER):
        own = holdings.unit_ids(*UNIT_SEATS)
        found |= _considered(holdings) & ~Q(unit__in=own) & ~mine
    if holdings.has(Seat.DISCLOSURE_STAFF):
        found |= Q(status__in=[S.FILED, S.PROPOSED]) & ~mine
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    general = holdings.has(Seat.GENERAL_PROTECTION_MANAGER)
    if departments or general:
        found |= _stepped_up(departments, holdings, general=general) & ~mine
    return found


def _considered(holdings: Holdings) -> Q:
    """What waits for a decision; the council's opinion too while no staff who had no hand in it can write it down."""
    staffed = Exists(sitting(holdings, Seat.DISCLOSURE_STAFF, hands=HANDS))
    return Q(status__in=CONSIDERED) | Q(Q(status=S.PROPOSED) & ~Q(staffed))


def _stepped_up(departments: set[int], holdings: Holdings, *, general: bool) -> Q:
    """What 情報公開課長 must not decide, for the head of the 部, else 総括保護管理者; all while that seat is vacant."""
    chair, waiting = sitting(holdings, Seat.DISCLOSURE_MANAGER), _considered(holdings)
    chief = chair.values("person")
    own = of_unit(holdings, sitting(holdings, *UNIT_SEATS).filter(person__in=chief), "unit")
    bound = waiting & (own | Q(filed_by__in=chief) | Q(submitted_by__in=chief) | Q(drafted_by__in=chief))
    found = bound & under(departments) if departments else NOTHING
    if general:
        found |= bound & ~headed(holdings, hands=HANDS)
        found |= waiting & Q(~Exists(chair))
    return found


def no_other_filer(holdings: Holdings) -> Q:
    """Submitted ones that only 総括保護管理者 can file: no 保護責任者, and no head of a 部."""
    return Q(status=S.SUBMITTED) & ~seated(holdings, Seat.PROTECTION_MANAGER) & ~headed(holdings)
