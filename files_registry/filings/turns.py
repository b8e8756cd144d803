"""Whose turn a notification is: the seat, whether somebody sits there, and where it steps up to when nobody does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.turns import Seating, Turn, first_taken, manager_turn
from files_registry.filings.models import Filing, FilingStatus
from roles.models import Unit
from roles.seats import Seat

S = FilingStatus
UNIT_WRITES = {S.DRAFT, S.RETURNED, S.CORRECTING, S.NOTIFIED}
ENDED = {S.EFFECTED, S.RECEIVED, S.WITHDRAWN}


@dataclass(frozen=True)
class Waiting:
    """Who has a notification now, and since when; `note` explains a vacant or barred seat."""

    seat: str
    unit: Unit | None
    since: datetime
    note: str = ""


def seating(filing: Filing) -> Seating:
    """Who sits where now; within a page that keeps it, as it was when the page began."""
    if "_seating" not in filing.__dict__:
        return Seating([filing.unit])
    known: Seating | None = filing.__dict__["_seating"]
    if known is None:
        known = filing.__dict__["_seating"] = Seating([filing.unit])
    return known


def keep_seating(filing: Filing) -> Filing:
    """Read the seats once for everything a page asks of `filing`; verbs lock an instance of their own."""
    filing.__dict__["_seating"] = None
    return filing


def seat_all(filings: Iterable[Filing], seated: Seating | None = None) -> None:
    """Read the seats once for a list of notifications, unless they are known."""
    waiting = [filing for filing in filings if filing.status not in ENDED]
    if waiting:
        seated = seated or Seating(filing.unit for filing in waiting)
        for filing in waiting:
            filing.__dict__["_seating"] = seated


def filing_turn(filing: Filing) -> Turn:
    """Who files for the unit: 保護責任者; vacant, it steps up to 保護管理責任者 of the 部, then 総括保護管理者."""
    return manager_turn(filing.unit, seated=seating(filing))


def hands(filing: Filing) -> frozenset[int]:
    """Those who had a hand in filing it."""
    people = (filing.filed_by_id, filing.submitted_by_id, filing.drafted_by_id)
    return frozenset(pk for pk in people if pk is not None)


def recording_turn(filing: Filing) -> Turn:
    """Who writes down the council's opinion: staff of 情報公開課; who decides, while no staff can."""
    turn = Turn(Seat.DISCLOSURE_STAFF, None, barred=hands(filing))
    return turn if set(seating(filing).people(turn.seat)) - turn.barred else considering_turn(filing)


def considering_turn(filing: Filing) -> Turn:
    """Who decides on a filed notification (第10条第2項), never anybody who had a hand in filing it.

    情報公開課長; where that person filed or holds a seat of the filing unit, 保護管理責任者 of the unit's 部, else
    総括保護管理者. A vacant 情報公開課長 steps up to 総括保護管理者.
    """
    barred, seated = hands(filing), seating(filing)
    chief = next(iter(seated.people(Seat.DISCLOSURE_MANAGER)), None)
    if chief is None:
        note = "情報公開課長が空席のため"
        return first_taken([Turn(Seat.GENERAL_PROTECTION_MANAGER, None, note, barred)], seated)
    of_the_unit = [seat for seat in UNIT_SEATS if chief in seated.people(seat, filing.unit)]
    own = chief in barred or of_the_unit
    if not own:
        return Turn(Seat.DISCLOSURE_MANAGER, None, barred=barred)
    note = "届け出た人と検討する人を分けるため"
    above = [Turn(Seat.GENERAL_PROTECTION_MANAGER, None, note, barred)]
    if filing.unit.department:
        above.insert(0, Turn(Seat.DEPARTMENT_PROTECTION_MANAGER, filing.unit.department, note, barred))
    return first_taken(above, seated)


def who_has_it(filing: Filing) -> Waiting | None:
    """Whose turn it is, for pages; None once the notification has ended."""
    status = FilingStatus(filing.status)
    if status in ENDED:
        return None
    if status == S.DRAFT:
        return Waiting(f"{filing.unit.name}　{filing.drafted_by.name}", filing.unit, filing.status_since)
    if status in UNIT_WRITES:
        seat = Seat.PROTECTION_OFFICER
        if not seating(filing).people(seat, filing.unit):
            seat = Seat.PROTECTION_MANAGER
        return Waiting(f"{filing.unit.name}　{seat.label}", filing.unit, filing.status_since)
    turn = {S.SUBMITTED: filing_turn, S.PROPOSED: recording_turn}.get(status, considering_turn)(filing)
    return Waiting(turn.label, turn.unit, filing.status_since, turn.note)
