"""From the rows of an account list to accounts; every wrong cell is named, and none of its content repeated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from files_registry.accounts.columns import LABELS, NONE, Headed, parts
from files_registry.accounts.rights_then import bits_of
from nerima_privacy.calendars.eras import parse_date
from nerima_privacy.imports.analysis import TableReader
from nerima_privacy.imports.kinds import Column, Counts, ImportKind, Plan, Problem, Row, Sheet
from nerima_privacy.imports.parsing import code, folded, text

PROBLEMS_SHOWN = 200
LONGEST = 200


@dataclass
class Account:
    """One account of the list: its rights as bits, and where it stands. Rows of one account are one."""

    account: str
    staff: str
    name: str
    rights: int
    words: str
    last_login: date | None
    stopped: bool
    cell: str


@dataclass
class Reading:
    """What was read: accounts by their id, and what is wrong."""

    accounts: dict[str, Account] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0

    @property
    def errors(self) -> list[Problem]:
        """What has to be put right before anything can be recorded."""
        return [problem for problem in self.problems if not problem.warning]


@dataclass(frozen=True)
class Meaning:
    """What the columns and words of a list mean."""

    columns: Mapping[str, str]
    words: Mapping[str, list[str]]
    stopped: Mapping[str, bool]


def login_day(value: str) -> date | None:
    """The day of 「2026/11/20 9:05:33」; nothing for an account never used."""
    if not value or value in {"-", "―", "なし", "未使用", "0"}:
        return None
    return _day(value.replace("T", " ").replace("　", " ").split(" ")[0])


@lru_cache(maxsize=1_000)
def _day(text: str) -> date:
    """Of twenty thousand accounts most were used on one of the same few days."""
    return parse_date(text)


PARSERS = {"account": code(100), "staff": code(40), "name": text(120), "rights": text(200), "last_login": login_day}


def _sheet(meaning: Meaning) -> Sheet:
    """The chosen columns, under the headers the file has; one column may be account and staff number at once."""
    chosen = {key: header for key, header in meaning.columns.items() if header}
    if folded(chosen.get("staff", "")) == folded(chosen["account"]):
        chosen.pop("staff", None)
    return Sheet(
        "account",
        "アカウント一覧",
        tuple(
            Column(key, chosen[key], PARSERS.get(key, text(LONGEST)), required=key == "account")
            for key in LABELS
            if key in chosen
        ),
    )


def read_accounts(found: Headed, meaning: Meaning) -> Reading:
    """The accounts of a table. Two rows of one account are merged; they must be of one staff number."""
    sheet = _sheet(meaning)
    reader = TableReader(_kind(sheet), [sheet], found.table, found.at, found.headers)
    reader.kind_column = None  # a column that is called 「種別」 is one like any other here
    result = Reading()
    words = {folded(word): given for word, given in meaning.words.items()}
    stops = {folded(word): stopped for word, stopped in meaning.stopped.items()}
    for row in reader.rows():
        result.rows += 1
        account = _account(row, words, stops, result.problems)
        if account is not None:
            _merge(result, account, row)
    chosen = {folded(column.header) for column in sheet.columns}
    result.problems = [
        problem for problem in [*reader.problems, *result.problems]
        if not problem.warning or folded(problem.header) in chosen
    ]  # fmt: skip
    return result


def _account(
    row: Row, words: Mapping[str, list[str]], stops: Mapping[str, bool], problems: list[Problem]
) -> Account | None:
    values = row.values
    said = values.get("rights") or ""
    unknown = [word for word in parts(said) if folded(word) not in words] if "rights" in row.columns else []
    mark = values.get("stopped") or ""
    if mark and folded(mark) not in stops:
        problems.append(Problem(row.cell("stopped"), LABELS["stopped"], "意味を決めていないことばです。"))
        return None
    if unknown:
        problems.append(Problem(row.cell("rights"), LABELS["rights"], "意味を決めていないことばです。"))
        return None
    given = [right for word in parts(said) for right in words[folded(word)]]
    without = bool(given) and all(right == NONE for right in given)
    return Account(
        account=values["account"],
        staff=values.get("staff", "") if "staff" in row.columns else values["account"],
        name=values.get("name") or "",
        rights=bits_of(right for right in given if right != NONE),
        words=said,
        last_login=values.get("last_login"),
        stopped=without or bool(mark and stops[folded(mark)]),
        cell=row.cell("account"),
    )


def _merge(result: Reading, account: Account, row: Row) -> None:
    """Add the account, or what another row of it says: its rights add up, and it is stopped where every row says so."""
    key = folded(account.account)
    first = result.accounts.setdefault(key, account)
    if first is account:
        return
    if folded(first.staff) != folded(account.staff):
        cell = row.cell("staff") if "staff" in row.columns else account.cell
        result.problems.append(
            Problem(cell, LABELS["staff"], f"{first.cell} と同じアカウントですが、職員番号がちがいます。")
        )
        return
    first.rights |= account.rights if not account.stopped else 0
    if first.stopped and not account.stopped:
        first.rights = account.rights
    elif account.stopped and not first.stopped:
        return
    first.stopped = first.stopped and account.stopped
    if account.words and account.words not in first.words:
        first.words = f"{first.words}、{account.words}".strip("、")[:200]
    first.last_login = max(filter(None, (first.last_login, account.last_login)), default=None)


def _kind(sheet: Sheet) -> ImportKind:
    """The list in the words of the table reader. It is none of the imports people choose from: never registered."""

    def nothing(*given: Any) -> Any:
        return Plan(counts=[Counts(sheet.name)])

    return ImportKind("accounts", sheet.name, "11-1", "", (sheet,), nothing, nothing, nothing)
