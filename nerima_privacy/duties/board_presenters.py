"""The wording of the board: cells, leads, whose turn."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import reverse

from nerima_privacy.calendars import eras, fiscal
from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.tables import Column as Table
from nerima_privacy.duties.board import Board, Cell, Column, Lack, Pair, column_of
from nerima_privacy.duties.paragraphs import label as article_label
from nerima_privacy.duties.presenters import SUBJECTS
from nerima_privacy.web import wording
from roles.seats import WARD_SEATS, Seat

FEW, MANY = 3, 10
NO_SUBJECTS = Cell()
NO_NAME = "届出の案（案の名称は出しません）"
LIMITED = "内訳は、承認された監査の期間のあいだ、監査する組織のものだけを示します（第7条第2項・第24条）。"
COLUMNS_UPRIGHT = 9


@dataclass(frozen=True)
class ShownCell:
    """A cell: what stands in it, how warm it is, what a screen reader is told, and where it leads if anywhere."""

    column: str
    text: str
    heat: str
    spoken: str
    url: str


def lead(board: Board) -> str:
    """「令和8年度　11月24日現在　…」."""
    year = fiscal.label(fiscal.fiscal_year(board.on))
    return (
        f"{year}　{board.on.month}月{board.on.day}日現在　数字は期限をすぎた件数です。✓はすべて満たしていること、"
        "△は期限が来ていないものの件数、「なし」は対象がないことを示します。"
        + ("" if board.oversight.named is None else LIMITED)
    )


def chips(board: Board) -> list[tuple[str, str]]:
    """The three figures over the table: (words, kind)."""
    counts = board.counts
    met = counts.subjects - counts.lacking
    share = f"{met * 100 / counts.subjects:.1f}%" if counts.subjects else "対象なし"
    return [
        (f"全体でおくれ {counts.late}件", "late" if counts.late else "calm"),
        (f"{board.soon_days}日以内に期限 {counts.soon}件", "soon" if counts.soon else "calm"),
        (f"満たしている義務 {share}", "done"),
    ]


def table(board: Board) -> list[tuple[str, list[ShownCell], str]]:
    """A row for each article: its name, its cells, and what a phone says instead of the cells that lack nothing."""
    rows, opened = [], _opened(board)
    for number in board.articles:
        place = findings_url(board, number)
        cells = [
            _cell(board, number, column, place if opened is None or (number, column.code) in opened else "")
            for column in board.columns
        ]
        calm = sum(cell.heat in {"met", "none"} for cell in cells)
        whose = "" if len(cells) == 1 else f"{'ほか' if calm < len(cells) else ''}{calm}の組織は、"
        rest = f"{whose}すべて満たしているか、対象がありません。"
        rows.append((f"第{number}条　{SUBJECTS[number]}", cells, rest if calm else ""))
    return rows


def _opened(board: Board) -> set[tuple[int, str]] | None:
    """The cells of which more than numbers may be read; None for all."""
    if board.oversight.named is None:
        return None
    return {(board.duties[place].article_number, column_of(board, tally.unit_id)) for place, tally in board.named}


def _cell(board: Board, number: int, column: Column, place: str) -> ShownCell:
    text, heat, spoken = words(board.counts.cells.get((number, column.code), NO_SUBJECTS))
    return ShownCell(column.label, text, heat, spoken, f"{place}&unit={quote(column.code)}" if place else "")


def words(cell: Cell) -> tuple[str, str, str]:
    """What a cell shows, its heat, and how it is read out."""
    if cell.late:
        heat = "few" if cell.late < FEW else "some" if cell.late < MANY else "many"
        return str(cell.late), heat, f"おくれ{cell.late}件"
    if cell.in_time:
        return f"△{cell.in_time}", "soon", f"おくれはなく、期限前が{cell.in_time}件"
    if cell.subjects:
        return "✓", "met", f"{cell.subjects}件すべて満たしています"
    return "なし", "none", "対象はありません"


def findings_url(board: Board, article: int | None = None, code: str = "") -> str:
    """The address of the findings behind a number."""
    return f"{reverse('board-findings')}{query(board.on, article=article, unit=code)}"


def query(on: date, **more: Any) -> str:
    """The query part that keeps the day, unless it is today."""
    kept = {key: value for key, value in more.items() if value}
    if on != today():
        kept["on"] = on.isoformat()
    return f"?{urlencode(kept)}" if kept else ""


def rows(board: Board, lacks: list[Lack]) -> list[dict[str, Any]]:
    """Findings worded for a table; who only examines a unit has other ways to its records than these links."""
    examining = board.oversight.named is not None
    return [
        {
            "duty": lack.duty.title,
            "article": article_label(lack.duty.article),
            "subject": subject(board, lack),
            "url": "" if examining else lack.finding.url,
            "turn": turn(board, lack),
            "since": eras.wareki(lack.finding.late_since if lack.finding.late(board.on) else lack.finding.since),
            "waited": f"{(board.on - lack.finding.late_since).days:,}日おくれ" if lack.finding.late(board.on) else "",
            "chip": "" if lack.finding.late(board.on) else wording.deadline_words(lack.finding.late_since, board.on),
            "kind": wording.deadline_kind(lack.finding.late_since, board.on),
            "due": eras.wareki(lack.finding.due_on) if lack.finding.due_on else "定めなし",
            "clears": lack.finding.clears,
        }
        for lack in lacks
    ]


def subject(board: Board, lack: Lack) -> str:
    """What falls short, without the name of a draft for those who only examine the unit."""
    return NO_NAME if lack.finding.draft and board.oversight.named is not None else lack.finding.subject


def turn(board: Board, lack: Lack) -> str:
    """Whose turn it is: 「福祉部 管理課　保護責任者」."""
    seat = lack.duty.turn(lack.finding)
    unit_id = lack.finding.unit_id
    if unit_id is None or seat in WARD_SEATS:
        return str(seat.label)
    unit = board.ward.units[board.ward.living(unit_id)]
    principal = "（校長等）" if unit.is_school and seat is Seat.PROTECTION_MANAGER else ""
    return f"{board.ward.full_name(unit.pk)}　{seat.label}{principal}"


def by_unit(board: Board, article: int | None, pairs: list[Pair]) -> list[tuple[str, int, int, str]]:
    """(unit, late, in time, address) for each unit that falls short; to go from a 部 to its 課."""
    all_of, late_of = Counter[int | None](), Counter[int | None]()
    for _, tally in pairs:
        all_of[tally.unit_id] += tally.many
        late_of[tally.unit_id] += tally.late
    place = findings_url(board, article)
    place += "&unit=" if "?" in place else "?unit="  # thousands of units: the rest of the address is written once
    return [
        (
            board.ward.full_name(unit_id),
            late_of[unit_id],
            count - late_of[unit_id],
            place + quote(board.ward.units[unit_id].code if unit_id else column_of(board, None)),
        )
        for unit_id, count in sorted(all_of.items(), key=lambda pair: (-late_of[pair[0]], -pair[1]))
    ]


def export_columns(board: Board) -> list[Table]:
    """What Excel shows of each finding, late first; dates in 和暦, lateness as a number to sort by."""

    def late_days(lack: Lack) -> int:
        return (board.on - lack.finding.late_since).days if lack.finding.late(board.on) else 0

    return [
        Table("条", lambda lack: article_label(lack.duty.article)),
        Table("義務", "duty.title", 30),
        Table("組織", lambda lack: board.ward.full_name(lack.finding.unit_id), 26),
        Table("対象", lambda lack: subject(board, lack), 40),
        Table("だれの番", lambda lack: turn(board, lack), 36),
        Table("いつから", "finding.since", 18),
        Table("期限", lambda lack: lack.finding.due_on or "定めなし", 18),
        Table("おくれ（日）", late_days, 12, "number"),
        Table("どうすれば満たせるか", "finding.clears", 60),
    ]
