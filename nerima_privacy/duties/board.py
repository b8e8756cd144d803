"""The board: every duty on a day, by article and by 部, and the findings behind each number."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from nerima_privacy.duties.memory import Memory
from nerima_privacy.duties.policies import Oversight
from nerima_privacy.duties.registry import Duty, Finding, Outcome, all_duties
from nerima_privacy.duties.territory import Territory, territory
from nerima_privacy.law.parameters import parameter

WARD = "ward"
SCHOOLS = "schools"


@dataclass(frozen=True)
class Column:
    """A 部, 「学校」 or 「区全体」; a 課 or 学校 for those who oversee a part. `code` stands in addresses."""

    code: str
    label: str


@dataclass
class Cell:
    """One article in one column."""

    subjects: int = 0
    late: int = 0
    in_time: int = 0


@dataclass(frozen=True)
class Lack:
    """One finding with its duty."""

    duty: Duty
    finding: Finding


@dataclass
class Board:
    """What those who oversee see on a day."""

    on: date
    ward: Territory
    oversight: Oversight
    columns: list[Column]
    articles: list[int]
    lacks: list[Lack]
    soon_days: int
    subjects: int = 0
    cells: dict[tuple[int, str], Cell] = field(default_factory=lambda: defaultdict(Cell))
    placed: dict[int | None, str] = field(default_factory=dict)

    @property
    def late(self) -> list[Lack]:
        """What is past its day, the oldest first."""
        late = [lack for lack in self.lacks if lack.finding.late(self.on)]
        return sorted(late, key=lambda lack: (lack.finding.late_since, lack.finding.subject))

    @property
    def soon(self) -> int:
        """How many have their last day within the days the ward calls soon."""
        last = self.on + timedelta(days=self.soon_days)
        return sum(not lack.finding.late(self.on) and lack.finding.late_since <= last for lack in self.lacks)


def board_of(oversight: Oversight, on: date) -> Board:
    """Ask every duty once for what is overseen, and count by article and column."""
    ward = territory(on)
    standing = Memory().outcomes(all_duties(), on, None if oversight.ward else oversight.units)
    board = Board(
        on=on,
        ward=ward,
        oversight=oversight,
        columns=[],
        articles=sorted({duty.article_number for duty, _ in standing}),
        lacks=[Lack(duty, finding) for duty, outcome in standing for finding in outcome.findings],
        soon_days=int(parameter("board.soon_days", on)),
        subjects=sum(outcome.subjects for _, outcome in standing),
    )
    for duty, outcome in standing:
        _count(board, duty, outcome)
    board.columns = list(_columns(board))
    return board


def column_of(board: Board, unit_id: int | None) -> str:
    """The column a unit's findings stand in; ended units stand where their successors do."""
    if unit_id not in board.placed:
        board.placed[unit_id] = _column_of(board, unit_id)
    return board.placed[unit_id]


def _column_of(board: Board, unit_id: int | None) -> str:
    if unit_id is None:
        return WARD
    living = board.ward.units[board.ward.living(unit_id)]
    if not board.oversight.ward:
        return living.code
    if living.is_school:
        return SCHOOLS
    department = board.ward.department(unit_id)
    return board.ward.units[department].code if department else living.code


def lacks_in(board: Board, article: int | None, code: str | None, duty: str = "") -> list[Lack]:
    """The findings of an article and a column, or of one unit, or of one duty; what is late first.

    LookupError when the code names nothing the person oversees.
    """
    chosen = [lack for lack in board.lacks if article is None or lack.duty.article_number == article]
    if duty:
        chosen = [lack for lack in chosen if lack.duty.id == duty]
    if code:
        wanted = _units_named(board, code)
        chosen = [lack for lack in chosen if lack.finding.unit_id in wanted]
    return sorted(chosen, key=lambda lack: (lack.finding.late_since, lack.finding.subject))


def name_of(board: Board, code: str) -> str:
    """The name of a column or unit code."""
    fixed = {WARD: "区全体", SCHOOLS: "学校"}
    if code in fixed:
        return fixed[code]
    unit = next(unit for unit in board.ward.units.values() if unit.code == code)
    return board.ward.full_name(unit.pk)


def _units_named(board: Board, code: str) -> frozenset[int | None]:
    if code == WARD and board.oversight.ward:
        return frozenset({None})
    if code == SCHOOLS and board.oversight.ward:
        return frozenset(unit.pk for unit in board.ward.units.values() if unit.is_school)
    unit = next((unit for unit in board.ward.units.values() if unit.code == code), None)
    if unit is None or not board.oversight.covers(unit.pk):
        raise LookupError(code)
    return frozenset(board.ward.within([unit.pk]))


def _count(board: Board, duty: Duty, outcome: Outcome) -> None:
    counted = outcome.by_unit if outcome.by_unit is not None else {}
    for unit_id, subjects in counted.items():
        board.cells[duty.article_number, column_of(board, unit_id)].subjects += subjects
    for finding in outcome.findings:
        cell = board.cells[duty.article_number, column_of(board, finding.unit_id)]
        if outcome.by_unit is None:
            cell.subjects += 1
        if finding.late(board.on):
            cell.late += 1
        else:
            cell.in_time += 1


def _columns(board: Board) -> Iterator[Column]:
    used = {code for _, code in board.cells}
    for unit in board.ward.units.values():
        lives = board.ward.lives(unit.pk)
        if board.oversight.ward:
            shown = unit.code in used or (unit.is_department and lives)
        else:
            shown = unit.code in used or (lives and unit.pk in board.oversight.units)
        if shown:
            yield Column(unit.code, unit.name)
    if board.oversight.ward:
        yield Column(SCHOOLS, "学校")
        if WARD in used:
            yield Column(WARD, "区全体")
