"""Whose turn a record is: the seat, whether somebody sits there, where it steps up to (第3–5条・第12条)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from files_registry.catalogue.turns import Seating, Turn, manager_turn
from files_registry.handling.models import (
    CheckStatus,
    Correction,
    CorrectionStatus,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
    StandingPermission,
    StandingStatus,
)
from roles.models import Unit

H = HandlingStatus
Decided = HandlingRequest | StandingPermission | Correction
T = TypeVar("T", HandlingRequest, StandingPermission, Correction)


@dataclass(frozen=True)
class Waiting:
    """Who has it now, and since when; `note` explains why it is not the usual seat."""

    seat: str
    since: datetime
    note: str = ""
    unit: Unit | None = None


def hands(subject: Decided) -> frozenset[int]:
    """Those who asked for it, and so never decide: the applicant, and who prepared it for the applicant (第12条).

    An error may be ordered to be corrected by whoever found it: nothing is asked for there (第13条).
    """
    if isinstance(subject, Correction):
        return frozenset()
    if isinstance(subject, StandingPermission):
        return frozenset({subject.applicant_id})
    return frozenset({subject.applicant_id, subject.prepared_by_id})


def seating(subject: Decided) -> Seating:
    """Who sits where now; within a page that keeps it, as it was when the page began."""
    known: Seating | None = subject.__dict__.get("_seating")
    if known is None:
        known = Seating([subject.unit])
        if "_seating" in subject.__dict__:
            subject.__dict__["_seating"] = known
    return known


def keep_seating(subject: T) -> T:
    """Read the seats once for everything a page asks of `subject`; verbs lock an instance of their own."""
    subject.__dict__["_seating"] = None
    return subject


def seat_all(subjects: Iterable[Decided], seated: Seating | None = None) -> None:
    """Read the seats once for a list, unless they are known."""
    waiting = list(subjects)
    if waiting:
        seated = seated or Seating(subject.unit for subject in waiting)
        for subject in waiting:
            subject.__dict__["_seating"] = seated


def deciding_turn(subject: Decided) -> Turn:
    """保護責任者 of the file's unit; where that seat asked or is vacant, the next one up (第12条・第13条)."""
    return manager_turn(subject.unit, hands(subject), seating(subject))


def checking_turn(correction: Correction) -> Turn:
    """Who checks what was corrected where the unit has nobody else: 保護責任者, or the next seat up (第13条)."""
    return manager_turn(correction.unit, frozenset({correction.done_by_id or 0}), seating(correction))


def who_has_it(request: HandlingRequest) -> Waiting | None:
    """Whose turn a request is, for pages; None once it has ended."""
    status = H(request.status)
    if status in {H.REFUSED, H.WITHDRAWN, H.CLOSED}:
        return None
    second = getattr(request, "second_name", "")  # annotated by `turn_queries.with_second`
    if status == H.ALLOWED and second:
        return Waiting(f"二人目の確認　{second}", request.status_since)
    if status in {H.DRAFT, H.ASKED, H.ALLOWED, H.DONE}:
        who = request.prepared_by if status == H.DRAFT else request.applicant
        return Waiting(f"{request.applicant_unit.name}　{who.name}", request.status_since)
    turn = deciding_turn(request)
    return Waiting(turn.label, request.status_since, turn.note, turn.unit)


def standing_waits(permission: StandingPermission) -> Waiting | None:
    """Whose turn a standing permission is, while it waits to be decided."""
    if permission.status != StandingStatus.ASKED:
        return None
    turn = deciding_turn(permission)
    return Waiting(turn.label, permission.status_since, turn.note, turn.unit)


def check_waits(check: SendingCheck) -> Waiting | None:
    """Whose turn a check is: who is asked to look second, then who sends."""
    if check.status == CheckStatus.FILLED:
        return Waiting(f"二人目の確認　{check.asked_of.name}", check.status_since)
    if check.status == CheckStatus.CONFIRMED and (check.request is None or check.request.status == H.ALLOWED):
        return Waiting(f"{check.sender_unit.name}　{check.filled_by.name}", check.status_since)
    return None


def correction_waits(correction: Correction) -> Waiting | None:
    """Whose turn a correction is."""
    status = CorrectionStatus(correction.status)
    if status == CorrectionStatus.FOUND:
        turn = deciding_turn(correction)
        return Waiting(turn.label, correction.status_since, turn.note, turn.unit)
    if status in {CorrectionStatus.INSTRUCTED, CorrectionStatus.DONE}:
        who = "職員等" if status == CorrectionStatus.INSTRUCTED else "保護責任者・保護担当者（訂正した人を除きます）"
        return Waiting(f"{correction.unit.name}　{who}", correction.status_since)
    return None
