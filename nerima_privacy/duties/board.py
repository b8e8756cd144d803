"""The board: every duty on a day, by article and by 部, and the findings behind each number.

A board of the whole ward counts in the database and words only the findings it shows. Which those are follows from the
counts: of each duty and unit the day of its first is known, and the `many` findings longest late are among the `many`
pairs of duty and unit whose first come first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from nerima_privacy.duties.lacking import last_soon, tallies_of
from nerima_privacy.duties.memory import Memory
from nerima_privacy.duties.policies import Oversight
from nerima_privacy.duties.registry import Duty, Finding, Outcome, Scope, Tally, all_duties, outcomes
from nerima_privacy.duties.territory import Territory, territory

WARD = "ward"
SCHOOLS = "schools"
FEW_UNITS = 200
OLDEST = 10


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
    """One finding with its duty; `place` is the duty's among all, in the order of articles."""

    duty: Duty
    finding: Finding
    place: int

    @property
    def rank(self) -> tuple[date, int, int, str, str]:
        """What is counted from an earlier day comes first."""
        finding = self.finding
        return finding.late_since, self.place, finding.unit_id or 0, finding.subject, finding.key


Pair = tuple[int, Tally]  # the place of a duty among all, and what falls short of it in a unit


@dataclass
class Counts:
    """The numbers of a board; `late_first` are the pairs with something late whose first come first."""

    cells: dict[tuple[int, str], Cell] = field(default_factory=lambda: defaultdict(Cell))
    subjects: int = 0
    late: int = 0
    soon: int = 0
    lacking: int = 0
    late_first: list[Pair] = field(default_factory=list)


@dataclass
class Board:
    """What those who oversee see on a day. `known` holds all findings where they are few enough to be read."""

    on: date
    ward: Territory
    oversight: Oversight
    duties: list[Duty]
    soon_days: int
    memory: Memory = field(default_factory=Memory)
    columns: list[Column] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    known: list[Lack] | None = None
    placed: dict[int | None, str] = field(default_factory=dict)

    @property
    def articles(self) -> list[int]:
        """The articles with duties."""
        return sorted({duty.article_number for duty in self.duties})

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every duty and unit that falls short; of a ward they are many, and asked for only where they are shown."""
        return _pairs(self)

    @property
    def named(self) -> list[Pair]:
        """The pairs whose findings the reader may be told of."""
        if self.oversight.ward and self.oversight.named is None:
            return self.pairs
        return [pair for pair in self.pairs if self.oversight.names(pair[1].unit_id)]


@dataclass(frozen=True)
class Selection:
    """The findings of some pairs, the longest late first; a page of them is read when it is asked for."""

    board: Board
    pairs: list[Pair]

    def __len__(self) -> int:
        return sum(tally.many for _, tally in self.pairs)

    def __getitem__(self, part: slice) -> list[Lack]:
        return first_of(self.board, self.pairs, part.stop)[part.start :]


def board_of(oversight: Oversight, on: date) -> Board:
    """Ask every duty for what is overseen, and count by article and column."""
    last = last_soon(Scope(on))
    duties = [duty for duty in all_duties() if oversight.seats is None or duty.seat in oversight.seats]
    board = Board(on, territory(on), oversight, duties, soon_days=(last - on).days)
    if oversight.ward:
        board.counts = board.memory.once(_named("counts", board), lambda: _counted(board, _asked_for(board)), ward=True)
    else:
        standing = [outcome for _, outcome in board.memory.outcomes(board.duties, on, oversight.units)]
        board.known = _lacks(board.duties, (outcome.findings for outcome in standing))
        board.counts = _counted(board, standing)
    board.columns = list(_columns(board))
    return board


def _named(what: str, board: Board) -> tuple[str, str, list[str]]:
    return what, board.on.isoformat(), [duty.id for duty in board.duties]


def _asked_for(board: Board) -> list[Outcome]:
    return outcomes(board.duties, Scope(board.on, counting=True))


def _pairs(board: Board, found: list[Outcome] | None = None) -> list[Pair]:
    """The pairs that fall short; those of a ward are remembered beside the counts made of the same answers."""

    def read() -> list[Pair]:
        last = board.on + timedelta(days=board.soon_days)
        answers = found if found is not None else _asked_for(board)
        of = [(place, tally) for place, one in enumerate(answers) for tally in tallies_of(one, board.on, last)]
        return sorted(of, key=_rank)

    return board.memory.once(_named("pairs", board), read, ward=True) if board.oversight.ward else read()


def _counted(board: Board, found: list[Outcome]) -> Counts:
    board.pairs = _pairs(board, found)
    counts = Counts(subjects=sum(outcome.subjects for outcome in found))
    for duty, outcome in zip(board.duties, found, strict=True):
        for unit_id, subjects in (outcome.by_unit or {}).items():
            counts.cells[duty.article_number, column_of(board, unit_id)].subjects += subjects
    for place, tally in board.pairs:
        cell = counts.cells[board.duties[place].article_number, column_of(board, tally.unit_id)]
        cell.subjects += tally.many if found[place].by_unit is None else 0
        cell.late += tally.late
        cell.in_time += tally.soon + tally.later
        counts.late += tally.late
        counts.soon += tally.soon
        counts.lacking += tally.many
    counts.late_first = [pair for pair in board.pairs if pair[1].late][:OLDEST]
    counts.cells = dict(counts.cells)
    return counts


def _rank(pair: Pair) -> tuple[date, int, int]:
    return pair[1].first, pair[0], pair[1].unit_id or 0


def first_of(board: Board, pairs: list[Pair], many: int) -> list[Lack]:
    """So many findings of the pairs, the longest late first."""
    chosen = sorted(pairs, key=_rank)[:many]
    wanted = {(place, tally.unit_id) for place, tally in chosen}
    found = board.known if board.known is not None else _asked(board, chosen)
    own = [lack for lack in found if (lack.place, lack.finding.unit_id) in wanted]
    return sorted(own, key=lambda lack: lack.rank)[:many]


def _asked(board: Board, pairs: list[Pair]) -> list[Lack]:
    """The findings of the duties and units of some pairs, and such as stand beside them."""
    units = frozenset(tally.unit_id for _, tally in pairs if tally.unit_id is not None)
    of_ward = {place for place, tally in pairs if tally.unit_id is None or len(units) > FEW_UNITS}
    of_units = {place for place, _ in pairs} - of_ward
    found: list[Lack] = []
    for places, scope in ((of_ward, Scope(board.on)), (of_units, Scope(board.on, units))):
        duties = [board.duties[place] for place in sorted(places)]
        asked = outcomes(duties, scope)
        found += _lacks(board.duties, (outcome.findings for outcome in asked), sorted(places))
    return found


def everything(board: Board) -> list[Lack]:
    """Every finding the reader may be told of, asked of the duties themselves."""
    scope = Scope(board.on, board.oversight.named if board.oversight.ward else board.oversight.units)
    found = _lacks(board.duties, (outcome.findings for outcome in outcomes(board.duties, scope)))
    return sorted(found, key=lambda lack: lack.rank)


def _lacks(duties: list[Duty], found: Iterable[list[Finding]], places: list[int] | None = None) -> list[Lack]:
    return [
        Lack(duties[place], finding, place)
        for place, findings in zip(range(len(duties)) if places is None else places, found, strict=True)
        for finding in findings
    ]


def oldest(board: Board) -> list[Lack]:
    """What is late the longest."""
    if board.oversight.named is None:
        late = board.counts.late_first
    else:
        late = [pair for pair in board.named if pair[1].late][:OLDEST]

    def read() -> list[tuple[int, Finding]]:
        return [(lack.place, lack.finding) for lack in first_of(board, late, OLDEST) if lack.finding.late(board.on)]

    asked = ("oldest", board.on.isoformat(), [(board.duties[place].id, *tally) for place, tally in late])
    found = board.memory.once(asked, read, ward=True) if board.known is None else read()
    return [Lack(board.duties[place], finding, place) for place, finding in found]


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


def lacks_in(board: Board, article: int | None, code: str | None, duty: str = "") -> Selection:
    """The findings of an article and a column, or of one unit, or of one duty; what is late first.

    LookupError when the code names nothing the person oversees, or nothing of which more than numbers may be read.
    """
    asked = {
        place for place, of in enumerate(board.duties) if article in {None, of.article_number} and duty in {"", of.id}
    }
    chosen = [pair for pair in board.named if pair[0] in asked]
    if code:
        wanted = _units_named(board, code)
        if not any(board.oversight.names(unit_id) for unit_id in wanted):
            raise LookupError(code)
        chosen = [pair for pair in chosen if pair[1].unit_id in wanted]
    return Selection(board, chosen)


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


def _columns(board: Board) -> Iterator[Column]:
    used = {code for _, code in board.counts.cells}
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
