"""Import of an existing 個人情報ファイル簿, one row a file, by 情報公開課 (第10条).

Files that were notified before this system existed come in as held, with that day in 「届出日」. A row without
one comes in as held too, because it is, and stands as a finding until its section notifies it late, with the
reason.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile, ProcessingKind
from files_registry.catalogue.numbers import take_file_numbers
from files_registry.catalogue.official_form import ALL_CELLS, NONE, Cell
from files_registry.catalogue.searching import search_text
from nerima_privacy.activity.history import create_many, update_many
from nerima_privacy.calendars.periods import today
from nerima_privacy.imports.kinds import Column, Counts, ImportKind, Plan, Problem, Progress, Row, Sheet, register
from nerima_privacy.imports.parsing import choice, day, flag, folded, number, suggestion, text
from nerima_privacy.law import choices
from roles.holdings import holdings_of
from roles.models import Appointment, Organ, Person, Unit
from roles.seats import Seat

LEADING_NUMBER = re.compile(r"^\s*[(（]?\d{1,3}[)）.．、]?\s*|^\s*[①-⑳]\s*")
KINDS = {
    ProcessingKind.COMPUTERISED.label: ProcessingKind.COMPUTERISED,
    ProcessingKind.MANUAL.label: ProcessingKind.MANUAL,
    "電算処理ファイル": ProcessingKind.COMPUTERISED,
    "マニュアル処理ファイル": ProcessingKind.MANUAL,
    "1号": ProcessingKind.COMPUTERISED,
    "2号": ProcessingKind.MANUAL,
}
FLAGS = {"sensitive", "ordinance_sensitive", "manual_twin", "open_to_proposals", "my_number", "outsourced", "abroad"}
OWN = {"organ", "unit", "parent_file"}


def listed(value: str) -> str:
    """「1氏名、2住所」 or one a line, as one a line without the numbers; commas inside brackets stay."""
    parts, depth, current = [], 0, ""
    for character in text(8000)(value):
        depth += (character in "（(「") - (character in "）)」")
        if character == "\n" or (character in "、，," and depth <= 0):
            parts.append(current)
            current = ""
        else:
            current += character
    cleaned = [LEADING_NUMBER.sub("", part).strip() for part in [*parts, current]]
    return "\n".join(part for part in cleaned if part and part != NONE)


def dash_is_empty(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """「―」 on the form means nothing."""
    return lambda value: parse("" if value in {NONE, "-", "－", "ー", "—"} else value)


def maybe(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """Nothing said stays unknown."""
    return lambda value: parse(value) if value else None


def parser(cell: Cell, field: str) -> Callable[[str], Any]:
    """How a cell of the form is read."""
    if field in FLAGS:
        return maybe(flag)
    if cell.is_list:
        return dash_is_empty(listed)
    if field == "processing":
        return lambda value: choice(KINDS)(value) if value else ""
    if field == "persons":
        return number
    if field == "persons_as_of":
        return day
    return dash_is_empty(text(getattr(FileVersion._meta.get_field(field), "max_length", None) or 4000))


def columns() -> tuple[Column, ...]:
    """A column for each cell, after those that say which section and since when."""
    found = [
        Column("unit", "組織", text(130), required=True, aliases=("組織コード", "所管", "所管課"), example="0310"),
        Column("organ", "行政機関等の名称", text(60), aliases=("実施機関等",), example="練馬区長"),
        Column("held_from", "保有開始日", day, example="平成25年4月1日"),
        Column("filed_on", "届出日", day, aliases=("届出年月日",), example="令和5年4月20日"),
    ]
    for cell in ALL_CELLS:
        for field in cell.fields:
            if field not in OWN:
                header = "開示請求等を受理する組織の所在地" if field == "desk_address" else cell.label
                short = str(getattr(FileVersion._meta.get_field(field), "verbose_name", header))
                aliases = (short,) if short != header else ()
                required = field in {"name", "purpose", "items"}
                found.append(Column(field, header, parser(cell, field), required=required, aliases=aliases))
    return tuple(found)


FILES = Sheet("file", "個人情報ファイル", columns())


def importing_post(person: Person) -> Appointment | None:
    """情報公開課長 or its staff, by an appointment valid now."""
    return holdings_of(person).post(Seat.DISCLOSURE_MANAGER, Seat.DISCLOSURE_STAFF)


class Planner:
    """Works out what the rows would make; reads the ward and its files in three queries."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        units = [u for u in Unit.objects.select_related("parent", "organ") if u.is_section or u.is_school]
        self.by_code = {folded(unit.code): unit for unit in units}
        self.by_name: dict[str, list[Unit]] = {}
        for unit in units:
            for name in {unit.name, unit.full_name}:
                self.by_name.setdefault(folded(name), []).append(unit)
        self.organs = {folded(organ.name): organ for organ in Organ.objects.all()}
        known = PersonalInformationFile.objects.exclude(status=FileStatus.ABANDONED)
        self.known = {(unit, folded(name)) for unit, name in known.values_list("unit_id", "name")}
        self.confidentiality = {label: key for key, label in choices.confidentiality()}
        self.retention = {label: key for key, label in choices.retention()}

    def run(self, rows: list[Row]) -> Plan:
        """Files to create; what is there already is left as it is."""
        counts, made = Counts("個人情報ファイル"), []
        for row in rows:
            before = len(self.problems)
            version = self.one(row)
            if any(not problem.warning for problem in self.problems[before:]) or version is None:
                continue
            key = (version.unit_id, folded(version.name))
            if key in self.known:
                counts.unchanged += 1
                self.say(row, "name", "この組織の同じ名称のファイルがすでにあります。そのままにします。", warning=True)
                continue
            self.known.add(key)
            counts.create += 1
            made.append((version, row.values.get("held_from"), row.values.get("filed_on")))
        prints = [{k: str(v) for k, v in row.values.items()} for row in rows]
        return Plan(counts=[counts], problems=self.problems, operations=made, digest_of=prints)

    def say(self, row: Row, key: str, message: str, *, warning: bool = False) -> None:
        """Something about a cell."""
        header = next((c.header for c in row.sheet.columns if c.key == key), "")
        self.problems.append(Problem(row.cell(key), header, message, warning))

    def one(self, row: Row) -> FileVersion | None:
        """The version a row describes."""
        unit = self.unit(row)
        if unit is None:
            return None
        organ = self.organ(row) or unit.organ
        own = {"unit", "organ", "held_from", "filed_on", "confidentiality", "retention"}
        values = {k: v for k, v in row.values.items() if k not in own and v is not None}
        self.check_dates(row)
        return FileVersion(
            number=1,
            unit=unit,
            organ=organ,
            unit_label=unit.full_name,
            confidentiality=self.coded(row, "confidentiality", self.confidentiality),
            retention=self.coded(row, "retention", self.retention),
            **values,
        )

    def unit(self, row: Row) -> Unit | None:
        """By code or by name; names are not keys, so one that several share needs the code."""
        value = row.values["unit"]
        if folded(value) in self.by_code:
            return self.by_code[folded(value)]
        named = self.by_name.get(folded(value), [])
        if len(named) == 1:
            return named[0]
        if named:
            several = "、".join(f"{unit.code}（{unit.full_name}）" for unit in named)
            self.say(row, "unit", f"「{value}」は{several}のどれか分かりません。コードで書いてください。")
        else:
            names = [name for u in self.by_code.values() for name in (u.full_name, u.name)]
            self.say(row, "unit", f"「{value[:40]}」という課・学校はありません。{suggestion(value, names)}")
        return None

    def organ(self, row: Row) -> Organ | None:
        """The organ named, if any."""
        value = row.values.get("organ")
        if value and folded(value) not in self.organs:
            names = [organ.name for organ in self.organs.values()]
            self.say(row, "organ", f"「{value}」という実施機関等はありません。{suggestion(value, names)}")
        return self.organs.get(folded(value)) if value else None

    def coded(self, row: Row, key: str, labels: dict[str, str]) -> str:
        """A class by its code or its label."""
        value = row.values.get(key) or ""
        if not value or value in labels.values():
            return value
        try:
            return str(choice(labels)(value))
        except ValueError as error:
            self.say(row, key, str(error))
            return ""

    def check_dates(self, row: Row) -> None:
        """Held since when, and notified when; neither may lie ahead."""
        held, filed = row.values.get("held_from"), row.values.get("filed_on")
        if held is None and filed is None:
            self.say(row, "held_from", "「保有開始日」か「届出日」のどちらかを書いてください。")
        for key, value in (("held_from", held), ("filed_on", filed)):
            if value and value > today():
                self.say(row, key, "先の日付です。すでに保有しているファイルだけを取り込めます。")
        if filed is None:
            message = "届出日がありません。保有中として取り込み、届出のないファイルとして所管に知らせます。"
            self.say(row, "filed_on", message, warning=True)


def plan(rows: list[Row], person: Person) -> Plan:
    """The plan of one table; the same whoever imports it."""
    return Planner().run(rows)


def apply(plan: Plan, actor: Any, reason: str, told: Progress) -> None:
    """Write the files, their versions, and the link between them, with history."""
    made: list[tuple[FileVersion, date | None, date | None]] = plan.operations
    if not made:
        return
    who = {"actor": actor, "reason": reason}
    numbers = take_file_numbers(len(made))
    files = [
        PersonalInformationFile(
            number=taken,
            unit=version.unit,
            name=version.name,
            search_text=search_text(version, taken),
            held_from=held or filed,
            first_filed_on=filed,
            created_by=actor,
        )
        for taken, (version, held, filed) in zip(numbers, made, strict=True)
    ]
    told(3, 4, f"ファイルを書いています（{len(files):,}件）")
    create_many(PersonalInformationFile, files, **who)
    for file, (version, held, filed) in zip(files, made, strict=True):
        version.file, version.status, version.in_force_from = file, "in_force", held or filed
    versions = create_many(FileVersion, [version for version, _, _ in made], **who)
    for file, version in zip(files, versions, strict=True):
        file.current, file.status = version, FileStatus.HELD
    update_many(PersonalInformationFile, files, ["current", "status"], **who)


register(
    ImportKind(
        key="register",
        title="いまの個人情報ファイル簿",
        article="第10条・法第75条",
        lead=(
            "これまでの個人情報ファイル簿を、1行に1ファイルの表で取り込みます。見出しは単票の欄の名前です。"
            "このシステムより前に届け出たものは「届出日」を書いてください。"
        ),
        sheets=(FILES,),
        post_for=importing_post,
        plan=plan,
        apply=apply,
        reason="これまでの個人情報ファイル簿の移し替え",
        shown_at="files:list",
    )
)
