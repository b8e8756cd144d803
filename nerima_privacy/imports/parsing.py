"""How the text of a cell becomes a value; every refusal is a sentence that says what to write."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from nerima_privacy.calendars.eras import parse_date

YES = {"○", "〇", "◯", "1", "はい", "有", "あり", "true", "yes", "する", "該当", "含む", "■", "☑"}
NO = {"", "×", "0", "いいえ", "無", "なし", "false", "no", "しない", "非該当", "含まない", "□", "☐", "-", "―"}


def folded(text: str) -> str:
    """Full-width letters and digits as half-width ones, case and spaces aside: for comparing, never for keeping."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(plain.casefold().split())


def text(maximum: int) -> Callable[[str], str]:
    """Kept as typed (𠮷, 髙, half-width kana); control characters are refused."""

    def parse(value: str) -> str:
        value = unicodedata.normalize("NFC", value).replace("\r\n", "\n")
        if not value.isprintable() and any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in value):
            raise ValueError("目に見えない制御文字が入っています。消してください。")
        if len(value) > maximum:
            raise ValueError(f"{maximum:,}字までにしてください（いま{len(value):,}字）。")
        return value

    return parse


def code(maximum: int = 20) -> Callable[[str], str]:
    """An identifier: full-width letters and digits are read as half-width."""

    def parse(value: str) -> str:
        return text(maximum)(unicodedata.normalize("NFKC", value).strip())

    return parse


def codes(value: str) -> list[str]:
    """Identifiers separated by 、 or spaces."""
    for mark in "、，,;；\n\t　":
        value = value.replace(mark, " ")
    return [code()(part) for part in value.split()]


def day(value: str) -> date | None:
    """A date in any form the forms take, or nothing."""
    return parse_date(value) if value else None


def flag(value: str) -> bool:
    """○ or nothing."""
    known = folded(value)
    if known in {folded(y) for y in YES}:
        return True
    if known in {folded(n) for n in NO}:
        return False
    raise ValueError("○ または空欄にしてください。")


def number(value: str) -> int | None:
    """A whole number, commas and full-width digits allowed."""
    if not value:
        return None
    plain = folded(value).replace(",", "").removesuffix("人").removesuffix("件")
    if not plain.isdecimal():
        raise ValueError("数字で書いてください。例　12,000")
    return int(plain)


def email(value: str) -> str:
    """A mail address, or nothing."""
    value = unicodedata.normalize("NFKC", value)
    if value:
        try:
            validate_email(value)
        except ValidationError as error:
            raise ValueError("メールアドレスの形ではありません。例　taro@example.lg.jp") from error
    return value


def choice(options: Mapping[str, Any], default: Any = None) -> Callable[[str], Any]:
    """One of the labels; a near miss is named."""
    known = {folded(label): value for label, value in options.items()}

    def parse(value: str) -> Any:
        if not value and default is not None:
            return default
        if folded(value) in known:
            return known[folded(value)]
        raise ValueError(f"「{value[:30]}」はありません。{suggestion(value, list(options))}")

    return parse


def suggestion(value: str, options: list[str]) -> str:
    """「○○」ではありませんか, or the list when it is short."""
    near = get_close_matches(value, options, n=1, cutoff=0.5)
    if near:
        return f"「{near[0]}」ではありませんか。"
    if len(options) <= 8:
        return f"{'、'.join(options)}のどれかにしてください。"
    return ""
