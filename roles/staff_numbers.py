"""What a staff number is, and when two of them are one: whoever types it must not become somebody else.

Kept as written, in half-width and without blanks; compared without case. Nothing but letters, digits and hyphens.
"""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

SHAPE = RegexValidator(
    r"\A[A-Za-z0-9-]+\Z", "職員番号に使えるのは、英字、数字、ハイフンだけです。空白や記号を消してください。"
)
TAKEN = "この職員番号の人は、もう登録されています。大文字と小文字、全角と半角は区別しません。"
# What a Japanese keyboard makes of the key of the hyphen, beside the full-width one.
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))


def written(number: str) -> str:
    """The number as it is kept: 「Ｔ０００１　」 → T0001."""
    return unicodedata.normalize("NFKC", number).strip().translate(_HYPHENS)


def folded(number: str) -> str:
    """What tells people apart: t0001 for T0001 and Ｔ０００１."""
    return written(number).lower()


def staff_number(value: str) -> str:
    """The number of a cell of a table; ValueError with a sentence where it is none."""
    number = written(value)
    if len(number) > 20:
        raise ValueError(f"職員番号は20字までです（いま{len(number)}字）。")
    try:
        SHAPE(number)
    except ValidationError as wrong:
        raise ValueError(wrong.message) from None
    return number


def locked_number(request: Any, credentials: dict[str, Any] | None = None) -> str:
    """Whose failed logins axes counts (AXES_USERNAME_CALLABLE): spelling a number otherwise gives no more guesses."""
    given = credentials if credentials is not None else request.POST
    return folded(given.get("username") or "")
