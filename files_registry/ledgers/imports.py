"""Import of ledger lines from Excel or CSV, one row a line, by 保護責任者 or 保護担当者 of the unit (第15条).

Rows may be of several files; each is asked for the right and for the columns its class needs, as on the form. Rows that
stand in the ledger already, told by all they say, are left out, so that a table can be sent twice. Who writes into a
ledger opens its file, here as on a page: the reason of the import is the purpose (第11条第3項).
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from files_registry.catalogue.gates import open_together
from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.rights import Right, files_for
from files_registry.ledgers.checks import entry_errors, for_kind, limit_of
from files_registry.ledgers.models import EntryKind, LedgerEntry, Medium, Origin
from files_registry.ledgers.policies import post_of
from files_registry.ledgers.rules import COLUMNS, label_of, rule_of, rules
from files_registry.ledgers.writing import build
from nerima_privacy.imports.kinds import Column, Counts, ImportKind, Plan, Problem, Progress, Row, Sheet, register
from nerima_privacy.imports.parsing import choice, day, folded, number, suggestion, text
from roles.holdings import holdings_of
from roles.models import Appointment, Person

CHUNK = 1_000
KINDS = {str(label): value for value, label in EntryKind.choices} | {"廃棄": "erased", "消去": "erased"}
MEDIA = {str(label): value for value, label in Medium.choices}


def _column(name: str) -> Column:
    limit, header = limit_of(LedgerEntry, name) or 400, label_of(name)
    if name == "medium":
        return Column(name, header, lambda value: choice(MEDIA)(value) if value else "", example="紙")
    if name == "persons":
        return Column(name, header, number, aliases=("人数", "本人の数"), example="120")
    return Column(name, header, text(limit))


LINES = Sheet(
    "entry",
    "取扱台帳",
    (
        Column(
            "file", "ファイル", text(200), required=True, aliases=("ファイル番号", "ファイルの名称"), example="F-00012"
        ),
        Column("on", "行った日", day, required=True, aliases=("日付", "年月日"), example="令和8年11月20日"),
        Column("kind", "取扱い", choice(KINDS), required=True, aliases=("種類", "区分"), example="複製"),
        *(_column(name) for name in COLUMNS),
        Column("done_by", "行った人", text(60), required=True, aliases=("取扱者", "担当者"), example="税務課 例田"),
    ),
)


def importing_post(person: Person) -> Appointment | None:
    """保護責任者 or 保護担当者 of any unit, by an appointment valid now; which files, each row is asked."""
    return holdings_of(person).post(*UNIT_SEATS)


class Planner:
    """Works out which lines the rows would write; reads files, classes and what stands already in a few queries."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.problems: list[Problem] = []
        self.rules = rules()
        files = files_for(person, Right.ENTER).select_related("current", "unit__parent").defer("search_text")
        self.by_number: dict[str, PersonalInformationFile] = {}
        self.by_name: dict[str, list[PersonalInformationFile]] = {}
        for file in files:
            self.by_number[folded(file.number)] = file
            self.by_name.setdefault(folded(file.name), []).append(file)

    def run(self, rows: list[Row]) -> Plan:
        """Lines to write; those that stand already are left."""
        wanted = [(row, data) for row in rows if (data := self.one(row)) is not None]
        known, counts, made = self.known(data for _, data in wanted), Counts("取扱台帳の記録"), []
        for row, data in wanted:
            if known[key(data)] > 0:
                known[key(data)] -= 1
                counts.unchanged += 1
                self.say(
                    row,
                    "file",
                    "同じ内容の記録がすでにあります（訂正・取消しをしたものを含む）。取り込みません。",
                    warning=True,
                )
            else:
                counts.create += 1
                made.append(data)
        digest = [{name: str(value) for name, value in data.items()} for data in made]
        return Plan(counts=[counts], problems=self.problems, operations=made, digest_of=digest)

    def one(self, row: Row) -> dict[str, Any] | None:
        """The facts of a row, or None when something is wrong with it."""
        file = self.file(row)
        if file is None:
            return None
        data = {"file": file, **{name: row.values.get(name) for name in ("on", "kind", "done_by", *COLUMNS)}}
        errors = entry_errors(data, rule_of(file, self.rules), file)
        for name, sentence in errors.items():
            self.say(row, name, sentence)
        return None if errors else data | for_kind(data)

    def file(self, row: Row) -> PersonalInformationFile | None:
        """By number or by name, among those the person may write of."""
        value = row.values["file"]
        found = self.by_number.get(folded(value))
        named = self.by_name.get(folded(value), [])
        if found is None and len(named) > 1:
            several = "、".join(f"{file.number}（{file.unit.full_name}）" for file in named[:5])
            self.say(row, "file", f"「{value[:40]}」は{several}のどれか分かりません。ファイル番号で書いてください。")
            return None
        found = found or (named[0] if named else None)
        if found is None:
            names = [file.name for files in self.by_name.values() for file in files]
            self.say(row, "file", f"「{value[:40]}」という、入力できるファイルはありません。{suggestion(value, names)}")
        elif found.status not in (FileStatus.HELD, FileStatus.CEASED):
            self.say(row, "file", f"「{found.name[:40]}」は「{found.get_status_display()}」なので、記録できません。")
            return None
        return found

    def known(self, wanted: Iterable[dict[str, Any]]) -> Counter[tuple[Any, ...]]:
        """How often each line was written already, of the files and days the rows speak of.

        One that was corrected or taken back since counts as well: sent again, the table would bring the mistake back.
        """
        lines = list(wanted)
        if not lines:
            return Counter()
        days = [line["on"] for line in lines]
        there = LedgerEntry.objects.filter(voids=False, file__in={line["file"].pk for line in lines})
        there = there.filter(on__gte=min(days), on__lte=max(days))
        return Counter(there.values_list("file", "on", "kind", "done_by", *COLUMNS))

    def say(self, row: Row, name: str, message: str, *, warning: bool = False) -> None:
        """Something about a cell."""
        header = next((column.header for column in row.sheet.columns if column.key == name), "")
        self.problems.append(Problem(row.cell(name), header, message, warning))


def key(data: dict[str, Any]) -> tuple[Any, ...]:
    """All a line says."""
    return (data["file"].pk, data["on"], str(data["kind"]), data["done_by"], *(data[name] for name in COLUMNS))


def plan(rows: list[Row], person: Person) -> Plan:
    """The plan of one table, for who imports it."""
    return Planner(person).run(rows)


def apply(plan: Plan, actor: Person, reason: str, told: Progress) -> None:
    """Open the files and write the lines. They are written once, and have no history."""
    lines: list[dict[str, Any]] = plan.operations
    files = PersonalInformationFile.objects.filter(pk__in={data["file"].pk for data in lines})
    open_together(actor, files, reason)
    posts: dict[int, Appointment | None] = {}
    for first in range(0, len(lines), CHUNK):
        told(3, 4, f"台帳に書いています（{first:,}／{len(lines):,}件）")
        entries = []
        for data in lines[first : first + CHUNK]:
            file = data["file"]
            if file.unit_id not in posts:
                posts[file.unit_id] = post_of(actor, file)
            entry = build(
                file,
                kind=data["kind"],
                on=data["on"],
                done_by=data["done_by"],
                data=data,
                actor=actor,
                post=posts[file.unit_id],
            )
            entry.origin = Origin.IMPORT
            entries.append(entry)
        LedgerEntry.objects.bulk_create(entries)


register(
    ImportKind(
        key="ledger",
        title="取扱台帳",
        article="第15条",
        lead=(
            "Excel などで付けていた台帳を、1行に1件の表で取り込みます。必ず書く欄は、ファイルの秘匿性の区分によります。"
            "取り込んだ記録は、あとから変えることも消すこともできません。誤りは訂正の記録を加えて正します。"
            "住民の氏名など、個人が分かることは書かないでください。"
            "理由には、業務のどのような目的で台帳に書くかを書いてください。"
            "取り込むと、それぞれのファイルを開いた目的として残ります（第11条第3項）。"
        ),
        sheets=(LINES,),
        post_for=importing_post,
        plan=plan,
        apply=apply,
        reason="令和8年度上半期に Excel で付けた台帳の移し替え",
        shown_at="ledgers:list",
        own=True,
    )
)
