"""Whose turn a notification is: the seat, whether somebody sits there, and where it steps up to when nobody does."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from files_registry.filings.models import Filing, FilingStatus, Result
from roles.holdings import holders, holdings_of
from roles.models import Appointment, Person, Unit
from roles.seats import Seat

S = FilingStatus
UNIT_WRITES = {S.DRAFT, S.RETURNED, S.CORRECTING, S.NOTIFIED}
ENDED = {S.EFFECTED, S.RECEIVED, S.WITHDRAWN}


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


@dataclass(frozen=True)
class Waiting:
    """Who has a notification now, and since when; `note` explains a vacant or barred seat."""

    seat: str
    unit: Unit | None
    since: datetime
    note: str = ""


def _first_taken(turns: list[Turn]) -> Turn:
    """The first turn somebody can take; the last one, marked vacant, when nobody can."""
    for turn in turns:
        if turn.people:
            return turn
    last = turns[-1]
    return Turn(last.seat, last.unit, last.note, last.barred, vacant=True)


def filing_turn(filing: Filing) -> Turn:
    """Who files for the unit: 保護責任者; vacant, it steps up to 保護管理責任者 of the 部, then 総括保護管理者."""
    unit = filing.unit
    turns = [Turn(Seat.PROTECTION_MANAGER, unit)]
    note = f"{unit.name}の保護責任者が空席のため"
    if unit.department:
        turns.append(Turn(Seat.DEPARTMENT_PROTECTION_MANAGER, unit.department, note))
    turns.append(Turn(Seat.GENERAL_PROTECTION_MANAGER, None, note))
    return _first_taken(turns)


def considering_turn(filing: Filing) -> Turn:
    """Who decides on a filed notification (第10条第2項), never anybody who had a hand in filing it.

    情報公開課長; where that person filed or holds a seat of the filing unit, 保護管理責任者 of the unit's 部, else
    総括保護管理者. A vacant 情報公開課長 steps up to 総括保護管理者.
    """
    barred = frozenset(
        pk for pk in (filing.filed_by_id, filing.submitted_by_id, filing.drafted_by_id) if pk is not None
    )
    chief = holders(Seat.DISCLOSURE_MANAGER).first()
    if chief is None:
        note = "情報公開課長が空席のため"
        return _first_taken([Turn(Seat.GENERAL_PROTECTION_MANAGER, None, note, barred)])
    own = chief.pk in barred or holdings_of(chief).post(
        Seat.PROTECTION_MANAGER, Seat.PROTECTION_OFFICER, unit_id=filing.unit_id
    )
    if not own:
        return Turn(Seat.DISCLOSURE_MANAGER, None, barred=barred)
    note = "届け出た人と検討する人を分けるため"
    above = [Turn(Seat.GENERAL_PROTECTION_MANAGER, None, note, barred)]
    if filing.unit.department:
        above.insert(0, Turn(Seat.DEPARTMENT_PROTECTION_MANAGER, filing.unit.department, note, barred))
    return _first_taken(above)


def who_has_it(filing: Filing) -> Waiting | None:
    """Whose turn it is, for pages; None once the notification has ended."""
    status = FilingStatus(filing.status)
    if status in ENDED:
        return None
    if status in UNIT_WRITES:
        seat = Seat.PROTECTION_OFFICER
        reconsider = status == S.NOTIFIED and filing.result == Result.RECONSIDER
        if reconsider or not holders(seat, filing.unit).exists():
            seat = Seat.PROTECTION_MANAGER
        return Waiting(f"{filing.unit.name}　{seat.label}", filing.unit, filing.status_since)
    turn = filing_turn(filing) if status == S.SUBMITTED else considering_turn(filing)
    return Waiting(turn.label, turn.unit, filing.status_since, turn.note)
