"""和暦: how dates are written (令和8年11月23日) and the many ways people type them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from nerima_privacy.calendars.periods import today as tokyo_today

WEEKDAYS = "月火水木金土日"
YEARS_AHEAD = 50
HOW = "令和8年11月23日、R8.11.23、2026-11-23 のように書いてください。"


@dataclass(frozen=True)
class Era:
    """An era, its first day and its last. 明治 and 大正 share their last day with the first of the next."""

    name: str
    letter: str
    first: date
    last: date

    @property
    def last_year(self) -> int:
        return self.last.year - self.first.year + 1


ERAS = (
    Era("令和", "R", date(2019, 5, 1), date.max),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    Era("明治", "M", date(1868, 1, 25), date(1912, 7, 30)),
)
_BY_WORD = {word: era for era in ERAS for word in (era.name, era.letter)}


def era_of(day: date) -> Era | None:
    """The era `day` lies in; on a day of change the new one. None before 明治."""
    return next((era for era in ERAS if era.first <= day), None)


def wareki(day: date, *, weekday: bool = False) -> str:
    """「令和8年11月23日」, with `weekday` 「令和8年11月23日（月）」. Western years before 明治."""
    day = _local(day)
    suffix = f"（{WEEKDAYS[day.weekday()]}）" if weekday else ""
    return f"{wareki_year(day)}{day.month}月{day.day}日{suffix}"


def wareki_year(day: date) -> str:
    """「令和8年」 of the day."""
    era = era_of(day)
    if era is None:
        return f"{day.year}年"
    year = day.year - era.first.year + 1
    return f"{era.name}{'元' if year == 1 else year}年"


def wareki_short(day: date) -> str:
    """「R8.11.23」, for narrow columns."""
    day = _local(day)
    era = era_of(day)
    if era is None:
        return f"{day.year}.{day.month}.{day.day}"
    return f"{era.letter}{day.year - era.first.year + 1}.{day.month}.{day.day}"


def wareki_time(moment: datetime) -> str:
    """「令和8年11月23日 14時05分」 in Tokyo."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{wareki(local)} {local.hour}時{local.minute:02d}分"


def _local(day: date) -> date:
    if isinstance(day, datetime):
        return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−ー", "-") | {"。": ".", "･": ".", "・": "."})
_MIDNIGHT = re.compile(r"[T ]+0?0:00(:00(\.0+)?)?$")
_WEEKDAY = re.compile(rf"\(([{WEEKDAYS}])(?:曜日?)?\)$")
_ERA = "|".join(_BY_WORD)
_NUMBER = "([0-9]{1,4})"
_WITH_ERA = re.compile(
    rf"({_ERA})(元|[0-9]{{1,4}})(?:年{_NUMBER}月{_NUMBER}日|([./-]){_NUMBER}\5{_NUMBER})$", re.IGNORECASE
)
_COMPACT_ERA = re.compile(rf"({_ERA})([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})$", re.IGNORECASE)
_WESTERN = re.compile(rf"(?:西暦)?([0-9]{{4}})(?:年{_NUMBER}月{_NUMBER}日|([./-]){_NUMBER}\4{_NUMBER})$")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})$")
_NO_DAY = re.compile(
    rf"(?:(?:{_ERA})(?:元|[0-9]{{1,2}})|(?:西暦)?[0-9]{{4}})(?:年(?:[0-9]{{1,2}}月?)?|[./-][0-9]{{1,2}})?$",
    re.IGNORECASE,
)


def parse_date(text: str, *, today: date | None = None) -> date:
    """The day `text` names, by era or by Western year, in full-width or half-width.

    Raises ValueError with a sentence in Japanese fit to be shown at the field. Years later than fifty after `today`
    are refused, and so are years an era never had: the sentence then names the day probably meant.
    """
    typed = unicodedata.normalize("NFKC", text[:100]).translate(_DASHES)
    typed = _MIDNIGHT.sub("", " ".join(typed.split()))
    typed = "".join(typed.split())
    if not typed:
        raise ValueError("日付を書いてください。")
    named_weekday = _WEEKDAY.search(typed)
    typed = _WEEKDAY.sub("", typed)
    day = _read(typed, (today or tokyo_today()).year + YEARS_AHEAD)
    if named_weekday and WEEKDAYS[day.weekday()] != named_weekday[1]:
        raise ValueError(f"{wareki(day)}は{WEEKDAYS[day.weekday()]}曜日です。日付か曜日を確かめてください。")
    return day


def _read(typed: str, last_year: int) -> date:
    if found := _WITH_ERA.match(typed):
        word, year, month, day, _, month_, day_ = found.groups()
        return _in_era(_BY_WORD[word.upper()], year, int(month or month_), int(day or day_), last_year)
    if found := _COMPACT_ERA.match(typed):
        word, year, month, day = found.groups()
        return _in_era(_BY_WORD[word.upper()], year, int(month), int(day), last_year)
    if found := _WESTERN.match(typed):
        western, month, day, _, month_, day_ = found.groups()
        return _western(int(western), int(month or month_), int(day or day_), last_year)
    if found := _COMPACT.match(typed):
        western, month, day = found.groups()
        return _western(int(western), int(month), int(day), last_year)
    if _NO_DAY.match(typed):
        raise ValueError(f"年月日をすべて書いてください。{HOW}")
    raise ValueError(f"日付として読めません。{HOW}")


def _western(year: int, month: int, day: int, last_year: int) -> date:
    if year > last_year:
        raise ValueError(f"{year}年は先の年すぎます。年を確かめてください。")
    if year < ERAS[-1].first.year:
        raise ValueError(f"{year}年は古すぎます。明治より前の日付は入力できません。")
    return _date(year, month, day, f"{year}年{month}月{day}日")


def _in_era(era: Era, year_text: str, month: int, day: int, last_year: int) -> date:
    year = 1 if year_text == "元" else int(year_text)
    said = f"{era.name}{'元' if year == 1 else year}年{month}月{day}日"
    if year < 1:
        raise ValueError(f"{era.name}0年という年はありません。最初の年は元年です。")
    western = era.first.year + year - 1
    if western > last_year:
        raise ValueError(f"{era.name}{year}年は先の年すぎます（西暦{western}年）。年を確かめてください。")
    found = _date(western, month, day, said)
    if found > era.last:
        end = f"{era.last_year}年{era.last.month}月{era.last.day}日"
        raise ValueError(f"{era.name}は{end}までです。{wareki(found)}ではありませんか。")
    if found < era.first:
        start = f"元年{era.first.month}月{era.first.day}日"
        raise ValueError(f"{era.name}は{start}からです。{wareki(found)}ではありませんか。")
    return found


def _date(year: int, month: int, day: int, said: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{said}という日付はありません。") from None
