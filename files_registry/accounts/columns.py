"""Which column of an account list means what, and which words mean which right: guessed, chosen, remembered."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from files_registry.accounts.models import AccountColumns
from files_registry.catalogue.rights import Right
from nerima_privacy.imports.analysis import HEADER_ROWS
from nerima_privacy.imports.parsing import folded
from nerima_privacy.imports.tables import Table, Unreadable, as_text, read

NONE = "none"
MOST_WORDS = 60
LONGEST_WORD = 60
LABELS = {
    "account": "アカウントのID",
    "staff": "職員番号",
    "name": "氏名",
    "rights": "権限・役割",
    "last_login": "最後に使った日",
    "stopped": "停止・無効のしるし",
}
GUESSES = {
    "account": ("アカウントid", "アカウント", "ユーザid", "ユーザーid", "利用者id", "ログインid", "userid", "id"),
    "staff": ("職員番号", "職員コード", "社員番号", "個人番号（職員）", "staffnumber", "employeeid"),
    "name": ("氏名", "職員氏名", "利用者名", "ユーザ名", "ユーザー名", "名前", "name"),
    "rights": ("権限", "権限名", "ロール", "役割", "利用権限", "権限区分", "role"),
    "last_login": ("最終ログイン", "最終ログイン日", "最終ログイン日時", "最終利用日", "最終利用日時", "lastlogin"),
    "stopped": ("停止", "無効", "状態", "利用停止", "停止区分", "有効", "ステータス", "status", "disabled"),
}
STOPS = ("停止", "無効", "ロック", "失効", "廃止", "削除済", "disabled", "locked", "inactive")
RUNS = ("有効", "利用中", "使用中", "正常", "active", "enabled")
RIGHT_WORDS = {
    Right.OPEN: ("閲覧", "参照", "照会", "read", "view"),
    Right.ENTER: ("入力", "更新", "登録", "編集", "修正", "write", "update"),
    Right.ERASE: ("削除", "delete"),
    Right.OUTPUT: ("出力", "印刷", "帳票", "抽出", "export", "print"),
}
EVERYTHING = ("管理者", "全権限", "すべて", "全て", "admin")
NOTHING = ("なし", "停止", "無", "none", "-")


@dataclass(frozen=True)
class Headed:
    """One table of the file with its headers: at which row they stand, and what they are."""

    table: Table
    at: int
    headers: list[str]
    others: tuple[str, ...] = ()  # sheets that hold something too and are not read

    @property
    def rows(self) -> list[list[Any]]:
        """The rows under the headers."""
        return self.table.rows[self.at + 1 :]

    def place(self, header: str) -> int | None:
        """Where the column of that header stands."""
        wanted = folded(header)
        return next((n for n, own in enumerate(self.headers) if folded(own) == wanted), None) if wanted else None


def headed(file_name: str, content: bytes, remembered: Mapping[str, str] | None = None) -> Headed:
    """The first table that holds anything. Unreadable with a sentence when there is none, or no headers."""
    tables = [table for table in read(file_name, content) if any(any(as_text(c) for c in row) for row in table.rows)]
    if not tables:
        raise Unreadable("ファイルに行がありません。見出しとアカウントの行のあるファイルを選んでください。")
    table = tables[0]
    if len(table.rows) > settings.ACCOUNTS_MAX_ROWS:
        raise Unreadable(
            f"{len(table.rows):,}行あります。突き合わせられる一覧は{settings.ACCOUNTS_MAX_ROWS:,}行までです。"
            "分けて読み込ませると、ほかの人が「不足」になります。情報システムで停止・削除ずみのアカウントや、"
            "職員等でない利用者を除いて取り出してください。"
        )
    at = _header_row(table, set((remembered or {}).values()))
    headers = [as_text(cell)[:120] for cell in table.rows[at]]
    if sum(bool(header) for header in headers) < 2:
        raise Unreadable("見出しの行が見つかりません。アカウントのIDと職員番号などの見出しを1行に書いてください。")
    if not any(any(as_text(cell) for cell in row) for row in table.rows[at + 1 :]):
        raise Unreadable("見出しの下に、アカウントの行がありません。")
    return Headed(table, at, headers, tuple(other.name for other in tables[1:]))


def _header_row(table: Table, remembered: set[str]) -> int:
    """The upper row with the most headers that are known; else the first of those with the most cells filled."""
    known = {folded(word) for words in GUESSES.values() for word in words} | {folded(word) for word in remembered}
    upper = [[as_text(cell) for cell in row] for row in table.rows[:HEADER_ROWS]]
    fits = [sum(folded(cell) in known for cell in row) for row in upper]
    if fits and max(fits) >= 2:
        return fits.index(max(fits))
    filled = [sum(map(bool, row)) for row in upper]
    return filled.index(max(filled)) if filled else 0


@dataclass(frozen=True)
class Proposal:
    """What the form begins with, and what differs from the last time."""

    columns: dict[str, str]
    gone: dict[str, str]  # column → the header of the last time, which this file does not have


def propose(found: Headed, remembered: AccountColumns | None) -> Proposal:
    """The columns of the last time where the file still has them, else a guess from the headers."""
    last = dict(remembered.columns) if remembered else {}
    columns: dict[str, str] = {}
    gone: dict[str, str] = {}
    for key in LABELS:
        before = last.get(key, "")
        if before and found.place(before) is not None:
            columns[key] = before
        elif before or not remembered:
            columns[key] = _guess(key, found, taken=set(columns.values()))
            if before:
                gone[key] = before
    return Proposal(columns, gone)


def _guess(key: str, found: Headed, taken: set[str]) -> str:
    for word in GUESSES[key]:
        for header in found.headers:
            if folded(header) == folded(word) and header not in taken:
                return header
    return ""


def words_of(found: Headed, header: str, *, split: bool) -> list[str]:
    """The different words of a column, the most frequent first. Unreadable when there are too many to be answered.

    `split`: several rights may stand in one cell, with 、 or / between them.
    """
    place = found.place(header)
    if place is None:
        return []
    seen: Counter[str] = Counter()
    for row in found.rows:
        cell = as_text(row[place]) if place < len(row) else ""
        seen.update(parts(cell) if split else [cell] if cell else [])
        if len(seen) > MOST_WORDS:
            raise Unreadable(
                f"「{header}」の列に{MOST_WORDS}をこえる種類のことばがあります。べつの列を選んでいないか確かめてください。"
            )
    if any(len(word) > LONGEST_WORD for word in seen):
        raise Unreadable(f"「{header}」の列に{LONGEST_WORD}字をこえることばがあります。べつの列を選んでいませんか。")
    return [word for word, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))]


def parts(cell: str) -> list[str]:
    """The words of one cell."""
    for mark in "，,;；/／\n":
        cell = cell.replace(mark, "、")
    return [word for part in cell.split("、") if (word := part.strip())]


def guess_rights(word: str) -> list[str]:
    """What a word of the rights column probably means; nothing where nobody can tell."""
    plain = folded(word)
    if any(folded(known) == plain for known in NOTHING):
        return [NONE]
    if any(known in plain for known in EVERYTHING):
        return [right.value for right in Right]
    found = [right.value for right, known in RIGHT_WORDS.items() if any(one in plain for one in known)]
    return [Right.OPEN.value, *found] if found and Right.OPEN.value not in found else found


def guess_stopped(word: str, header: str) -> str:
    """Whether a word of the other column probably means a stopped account: "yes", "no", or "" unknown."""
    plain = folded(word)
    if any(known in plain for known in STOPS):
        return "yes"
    if any(known in plain for known in RUNS):
        return "no"
    if plain in {"1", "○", "true", "0", "×", "false"}:
        marked, runs = plain in {"1", "○", "true"}, any(known in folded(header) for known in RUNS)
        return "yes" if marked != runs else "no"
    return ""


def meanings(words: Iterable[str], remembered: Mapping[str, Any], guess: Any) -> dict[str, Any]:
    """Each word with what it meant the last time, else what it probably means."""
    known = {folded(word): value for word, value in remembered.items()}
    return {word: known.get(folded(word), guess(word)) for word in words}
