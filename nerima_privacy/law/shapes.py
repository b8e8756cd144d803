"""What a value may look like: each shape refuses a wrong value in Japanese, shows a right one, and gives an example."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from nerima_privacy.calendars.eras import wareki


class Shape(Protocol):
    """`problem` answers None for a value that fits; `shown` is given only such values."""

    @property
    def example(self) -> str: ...

    def problem(self, value: Any) -> str | None: ...

    def shown(self, value: Any, unit: str) -> str: ...


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True)
class Number:
    """A whole number."""

    lowest: int = 1
    highest: int = 1_000_000
    example: str = "1000"

    def problem(self, value: Any) -> str | None:
        if not _is_number(value):
            return "整数を一つ書いてください。引用符は要りません。"
        if not self.lowest <= value <= self.highest:
            return f"{self.lowest}から{self.highest}までの整数にしてください。"
        return None

    def shown(self, value: Any, unit: str) -> str:
        return f"{value:,}{unit}"


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    yes: str = "はい"
    no: str = "いいえ"
    example: str = "true"

    def problem(self, value: Any) -> str | None:
        return None if isinstance(value, bool) else f"true（{self.yes}）または false（{self.no}）を書いてください。"

    def shown(self, value: Any, unit: str) -> str:
        return self.yes if value else self.no


@dataclass(frozen=True)
class Span:
    """From a number to a number."""

    example: str = "[3, 5]"

    def problem(self, value: Any) -> str | None:
        if not (isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))):
            return "二つの整数を [3, 5] のように書いてください。"
        if not 1 <= value[0] <= value[1]:
            return "1以上の整数を、小さい方から順に書いてください。"
        return None

    def shown(self, value: Any, unit: str) -> str:
        return f"{value[0]}～{value[1]}{unit}"


@dataclass(frozen=True)
class Offsets:
    """Days before (negative), on (0) and after a due date."""

    example: str = "[-7, -3, -1, 0]"

    def problem(self, value: Any) -> str | None:
        if not (isinstance(value, list) and value and all(map(_is_number, value))):
            return "整数の並びを [-7, -3, -1, 0] のように書いてください。"
        if value != sorted(set(value)):
            return "小さい順に、同じ数を繰り返さずに書いてください。"
        if not -366 <= value[0] <= value[-1] <= 366:
            return "期限の前後366日までにしてください。"
        return None

    def shown(self, value: Any, unit: str) -> str:
        return "、".join("当日" if n == 0 else f"{abs(n)}日{'前' if n < 0 else '後'}" for n in value)


def _problem_of_coded_rows(value: Any, problem_of_row: Callable[[dict[str, Any]], str | None]) -> str | None:
    """The first fault in a list of rows that each have a `code` of their own."""
    if not (isinstance(value, list) and value and all(isinstance(row, dict) for row in value)):
        return "{ } で囲んだ行を [ ] の中に一つ以上並べてください。"
    for number, row in enumerate(value, start=1):
        if wrong := problem_of_row(row):
            return f"{number}行目の{wrong}"
    codes = [row["code"] for row in value]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        return f"「code」の「{'」「'.join(twice)}」が二度あります。"
    return None


@dataclass(frozen=True)
class Rows:
    """A list of choices. `code` is what records keep and never changes meaning; `label` is shown."""

    required: tuple[str, ...] = ("code", "label")
    optional: tuple[str, ...] = ("note",)
    example: str = '[{"code": "3a", "label": "自治体機密性3A", "note": "…"}]'

    def problem(self, value: Any) -> str | None:
        return _problem_of_coded_rows(value, self._problem_of_row)

    def _problem_of_row(self, row: dict[str, Any]) -> str | None:
        if missing := [name for name in self.required if not row.get(name)]:
            return f"「{'」「'.join(missing)}」がありません。"
        if unknown := sorted(set(row) - {*self.required, *self.optional}):
            return f"「{'」「'.join(unknown)}」は使えない名前です。"
        if not all(isinstance(text, str) for text in row.values()):
            return "値は文字で、引用符で囲んで書いてください。"
        return "「code」は20字までにしてください。" if len(row["code"]) > 20 else None

    def shown(self, value: Any, unit: str) -> str:
        return "、".join(row["label"] for row in value)


@dataclass(frozen=True)
class Names:
    """A list of names. `known` (name → label) is filled by the area that owns them: `catalogue.offer()`."""

    known: dict[str, str] = field(default_factory=dict, hash=False)
    example: str = '["name", "purpose"]'

    def problem(self, value: Any) -> str | None:
        if not (isinstance(value, list) and value and all(isinstance(name, str) and name for name in value)):
            return '名前の並びを ["name", "purpose"] のように書いてください。'
        if len(set(value)) < len(value):
            return "同じ名前が二度あります。"
        if self.known and (unknown := [name for name in value if name not in self.known]):
            return f"「{'」「'.join(unknown)}」という欄はありません。使えるのは {', '.join(self.known)} です。"
        return None

    def shown(self, value: Any, unit: str) -> str:
        return "、".join(self.known.get(name, name) for name in value)


@dataclass(frozen=True)
class Levels:
    """For each class (code) and each act the level it needs; the area that owns the words fills `acts` and `levels`."""

    acts: dict[str, str] = field(default_factory=dict, hash=False)
    levels: dict[str, str] = field(default_factory=dict, hash=False)
    example: str = '{"3a": {"copy": "each", "send": "each"}}'

    def problem(self, value: Any) -> str | None:
        if not (isinstance(value, dict) and value and all(isinstance(row, dict) for row in value.values())):
            return "区分の code ごとに、行為と要るものを { } で囲んで書いてください。"
        for code, row in value.items():
            if self.acts and set(row) != set(self.acts):
                return f"「{code}」には {', '.join(self.acts)} のすべてを、ほかの名前なしで書いてください。"
            wrong = [str(level) for level in row.values() if self.levels and level not in self.levels]
            if wrong:
                return f"「{code}」の「{'」「'.join(wrong)}」は使えません。使えるのは {', '.join(self.levels)} です。"
        return None

    def shown(self, value: Any, unit: str) -> str:
        return "。".join(
            f"{code}　"
            + "、".join(f"{self.acts.get(act, act)}：{self.levels.get(level, level)}" for act, level in row.items())
            for code, row in value.items()
        )


@dataclass(frozen=True)
class MonthDays:
    """Days of every year, as "12-29"."""

    example: str = '["12-29", "12-30", "12-31", "01-01", "01-02", "01-03"]'

    def problem(self, value: Any) -> str | None:
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            return '月日の並びを ["12-29", "12-30"] のように書いてください。'
        for text in value:
            try:
                date.fromisoformat(f"2024-{text}")
            except ValueError:
                return f"「{text}」という月日はありません。12-29 のように書いてください。"
        return "同じ月日が二度あります。" if len(set(value)) < len(value) else None

    def shown(self, value: Any, unit: str) -> str:
        return "、".join(f"{int(text[:2])}月{int(text[3:])}日" for text in value) or "なし"


@dataclass(frozen=True)
class DayChanges:
    """Single days closed or opened against the holiday table: `[{"date", "name", "closed"}]`; may be empty."""

    example: str = '[{"date": "2030-05-10", "name": "臨時の祝日", "closed": true}]'

    def problem(self, value: Any) -> str | None:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return "{ } で囲んだ行を [ ] の中に並べてください。ないときは [] とします。"
        for number, row in enumerate(value, start=1):
            if set(row) != {"date", "name", "closed"}:
                return f"{number}行目には「date」「name」「closed」だけを書いてください。"
            try:
                date.fromisoformat(row["date"])
            except (TypeError, ValueError):
                return f"{number}行目の「date」は 2030-05-10 のように書いてください。"
            if not (isinstance(row["name"], str) and row["name"] and isinstance(row["closed"], bool)):
                return f"{number}行目の「name」は文字、「closed」は true か false にしてください。"
        return None

    def shown(self, value: Any, unit: str) -> str:
        return (
            "、".join(
                f"{wareki(date.fromisoformat(row['date']))} {row['name']}（{'閉庁' if row['closed'] else '開庁'}）"
                for row in value
            )
            or "なし"
        )


@dataclass(frozen=True)
class PerClass:
    """What each class of another list asks: rows of `code`, lists of names and numbers; a 0 stands for none.

    `known` (part → name → label) is filled by the area that owns the names: `catalogue.offer_parts()`.
    """

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict, hash=False)
    example: str = '[{"code": "3a", "years": 5}]'
    known: dict[str, dict[str, str]] = field(default_factory=dict, hash=False)

    def problem(self, value: Any) -> str | None:
        return _problem_of_coded_rows(value, self._problem_of_row)

    def _problem_of_row(self, row: dict[str, Any]) -> str | None:
        if set(row) != {"code", *self.names, *self.numbers}:
            return f"名前は「{'」「'.join(('code', *self.names, *self.numbers))}」のすべてを、これだけにしてください。"
        if not (isinstance(row["code"], str) and 0 < len(row["code"]) <= 20):
            return "「code」は20字までの文字にしてください。"
        for part in self.numbers:
            if not (_is_number(row[part]) and 0 <= row[part] <= 3660):
                return f"「{part}」は0から3660までの整数にしてください。"
        for part in self.names:
            if not (isinstance(row[part], list) and all(isinstance(name, str) for name in row[part])):
                return f'「{part}」は名前の並びを ["used", "moved"] のように書いてください。'
            known = self.known.get(part)
            if known and (unknown := [name for name in row[part] if name not in known]):
                return f"「{part}」に「{'」「'.join(unknown)}」は使えません。使えるのは {', '.join(known)} です。"
        return None

    def shown(self, value: Any, unit: str) -> str:
        return "、".join(f"{row['code']}（{self._row(row, unit)}）" for row in value)

    def _row(self, row: dict[str, Any], unit: str) -> str:
        parts = [
            f"{self.labels.get(part, part)}　"
            + ("・".join(self.known.get(part, {}).get(n, n) for n in row[part]) or "なし")
            for part in self.names
        ]
        parts += [f"{self.labels.get(part, part)}　{row[part]}{unit}" if row[part] else "なし" for part in self.numbers]
        return "　".join(parts)
