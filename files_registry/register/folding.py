"""Text as the public search compares it: pure functions, the same for what is stored and for what is typed."""

import re
import unicodedata

from nerima_privacy.web.text import OLD_FORMS

_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def fold(text: str) -> str:
    """Without the differences of width, case, kana and old character forms: 「ﾎｲｸ」 becomes ほいく."""
    text = unicodedata.normalize("NFKC", text).lower().translate(OLD_FORMS).translate(_KATAKANA)
    return re.sub(r"\s+", " ", text).strip()


def words(query: str, most: int = 8) -> list[str]:
    """The words of a query, each to be found (AND); repeated ones once."""
    return list(dict.fromkeys(fold(query[:200]).split()))[:most]
