"""Who sees which notification and who may do what with it (第10条). Each rule names who and by which article.

Rules say who, never when: the state is asked of the move table (filings/moves.py).
"""

from django.db.models import Q, QuerySet

from files_registry.catalogue.examining import examined_units
from files_registry.catalogue.policies import UNIT_SEATS, WARD_WIDE, posted_units, postings, unit_post, units_of
from files_registry.filings.models import Filing
from files_registry.filings.turn_queries import no_other_filer
from files_registry.filings.turns import considering_turn, filing_turn
from roles.holdings import holdings_of
from roles.models import Appointment, Person
from roles.seats import Seat

FILED = Q(filed_at__isnull=False)
SUBMITTED_ON = FILED | Q(submitted_at__isnull=False)


def visible_to(user: Person, *, single: bool = False) -> QuerySet[Filing]:
    """The notifications `user` may know of; the only door to them.

    保護責任者・保護担当者: all of the own unit (and of units it took over). 保護管理責任者: those of the own 部 once
    submitted. 総括保護管理者, 情報公開課長 and its staff: once filed (総括保護管理者: a school's once submitted, there
    is no 部 between, and what waits for that seat because those below are vacant). Other staff: filed ones of the own
    unit. 監査責任者 within an audit: once filed, those of the examined units (第24条). システム管理者, superusers, 派遣
    and 委託先: none. `single`, for the page of one: the postings are asked within its query instead of in one of their
    own.
    """
    holdings = holdings_of(user)
    filings = Filing.objects.all()
    if not user.is_active:
        return filings.none()
    own = holdings.unit_ids(*UNIT_SEATS)
    allowed = Q(unit__in=own) if own else Q(pk__in=[])
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        allowed |= SUBMITTED_ON & Q(unit__in=units_of(departments))
    if holdings.has(*WARD_WIDE):
        allowed |= FILED
        if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
            allowed |= SUBMITTED_ON & Q(unit__is_school=True) | no_other_filer(holdings)
    else:
        posted = postings(user, holdings) if single else posted_units(user, holdings) - own
        allowed |= FILED & Q(unit__in=posted)
        if examined := examined_units(user):
            allowed |= FILED & Q(unit__in=examined)
    return filings.filter(allowed)


def can_edit(user: Person, filing: Filing) -> bool:
    """保護担当者 or 保護責任者 of the unit (第6条第3項・第10条第1項)."""
    return unit_post(user, filing.unit_id) is not None


can_submit = can_edit


def filing_post(user: Person, filing: Filing) -> Appointment | None:
    """The appointment by which `user` files for the unit: 保護責任者, or the seat above while that one is vacant."""
    return filing_turn(filing).post(user)


def can_file(user: Person, filing: Filing) -> bool:
    """保護責任者 of the unit (第10条第1項); while the seat is vacant 保護管理責任者 of the 部, then 総括保護管理者."""
    return filing_post(user, filing) is not None


can_send_back = can_file


def can_withdraw(user: Person, filing: Filing) -> bool:
    """保護責任者 of the unit; 保護担当者 too as long as nothing has been filed (第10条第1項)."""
    if filing.filed_at is None and can_edit(user, filing):
        return True
    return can_file(user, filing)


def can_carry_out(user: Person, filing: Filing) -> bool:
    """Start holding or apply a change after the result: 保護責任者 or 保護担当者 of the unit (第10条第1項)."""
    return can_edit(user, filing)


can_hold = can_apply_change = can_carry_out


def can_apply_without_notice(user: Person, filing: Filing) -> bool:
    """A change of cells that need no notification: 保護責任者 of the unit (第5条第3項・第10条第1項)."""
    return can_file(user, filing)


def considering_post(user: Person, filing: Filing) -> Appointment | None:
    """The appointment by which `user` decides on the notification, or None.

    情報公開課長; for what those of the same person's unit filed, 保護管理責任者 of the unit's 部, else 総括保護管理者.
    Never the one who filed (第10条第2項).
    """
    return considering_turn(filing).post(user)


def can_consider(user: Person, filing: Filing) -> bool:
    """See `considering_post` (第10条第2項)."""
    return considering_post(user, filing) is not None


can_notify = can_consider


def handling_post(user: Person, filing: Filing) -> Appointment | None:
    """The appointment by which `user` handles a filed notification: the one who decides, or staff of 情報公開課."""
    decides = considering_post(user, filing)
    if decides or user.pk in {filing.filed_by_id, filing.submitted_by_id, filing.drafted_by_id}:
        return decides
    return holdings_of(user).post(Seat.DISCLOSURE_STAFF)


def can_request_correction(user: Person, filing: Filing) -> bool:
    """情報公開課長 and its staff, never who filed (第10条第2項)."""
    return handling_post(user, filing) is not None


can_record_outcome = can_receive = can_request_correction
