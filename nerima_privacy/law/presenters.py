"""How a legal parameter is shown, and how a value nobody has confirmed yet says so."""

from collections.abc import Iterable
from datetime import date

from nerima_privacy.calendars.eras import wareki
from nerima_privacy.law.catalogue import KEYS, shown
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.law.parameters import rows
from nerima_privacy.law.seeds import UNKNOWN


def note(key: str, on: date | None = None) -> str:
    """「区の値が未確認のため、仮の値です（根拠…）。」; empty for an established value."""
    return notes([key], on)[key]


def notes(keys: Iterable[str], on: date | None = None) -> dict[str, str]:
    """The notes of several keys in one query."""
    return {key: note_of(row) for key, row in rows(keys, on).items()}


def note_of(row: LegalParameter) -> str:
    """The note of a row at hand: no query."""
    if row.established:
        return ""
    return f"区の値が未確認のため、仮の値です（根拠　{row.source}）。{row.note.removeprefix(UNKNOWN)}"


def title(key: str) -> str:
    """The Japanese name of a key."""
    return KEYS[key].title if key in KEYS else key


def value(row: LegalParameter) -> str:
    """The value in words: 「1,000人」."""
    return shown(row.key, row.value)


def period(row: LegalParameter) -> str:
    """「令和5年4月1日から」, 「令和5年4月1日から令和9年3月31日まで」."""
    end = f"{wareki(row.valid_to)}まで" if row.valid_to else ""
    return f"{wareki(row.valid_from)}から{end}"
