"""A picker: one of thousands, chosen by typing. The page works without its script: what is typed is read here.

An area gives a field its rows (`candidates`, `near`), their numbers and names, and an address that suggests them.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import islice, product
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.urls import reverse

from nerima_privacy.web.fields import CleanTextField
from nerima_privacy.web.text import FORBIDDEN, OLD_FORMS

SHOWN = 20
NAMED = 3
LONGEST = 100
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_WRITTEN_AS: dict[str, str] = {}
for _old, _new in OLD_FORMS.items():
    _WRITTEN_AS[chr(_new)] = _WRITTEN_AS.get(chr(_new), "") + chr(_old)
_TO_HIRAGANA = {code + 0x60: code for code in range(0x3041, 0x3097)}


def folded(text: str) -> str:
    """Without the differences of width, case, kana, old forms and blanks: for comparing, never for keeping."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(plain.translate(_TO_KATAKANA).translate(OLD_FORMS).split())


def spellings(word: str) -> list[str]:
    """The ways a word may stand in the database: as typed, its width folded, in either kana, with 髙 for 高 or 高."""
    plain = unicodedata.normalize("NFKC", word)
    written = [[character, *_WRITTEN_AS.get(character, "")] for character in plain.translate(OLD_FORMS)]
    forms = ("".join(choice) for choice in islice(product(*written), 12))
    return list(dict.fromkeys([word, plain, plain.translate(_TO_KATAKANA), plain.translate(_TO_HIRAGANA), *forms]))


def words(text: str) -> list[str]:
    """The words of a question, each to be found; what no eye can see is left out."""
    return FORBIDDEN.sub("", text)[:LONGEST].split()[:8]


@dataclass(frozen=True)
class Suggestion:
    """One line of the list: `value` is put into the field, `text` and `detail` are shown."""

    value: str
    text: str
    detail: str = ""


def suggested(found: Iterable[Suggestion]) -> JsonResponse:
    """The answer of an address that suggests: SHOWN lines, and whether there are more."""
    lines = list(found)
    return JsonResponse({"rows": [asdict(line) for line in lines[:SHOWN]], "more": len(lines) > SHOWN})


class PickerInput(forms.TextInput):
    """A text field with suggestions. `method` is POST where what is typed must not stand in an address."""

    template_name = "components/picker.html"

    def __init__(self, address: str, *, query: str = "", method: str = "GET", nothing: str = "", attrs: Any = None):
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.address, self.query, self.method, self.nothing = address, query, method, nothing

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Where to ask, and what to say when nothing is found."""
        url = reverse(self.address) + (f"?{self.query}" if self.query else "")
        picker = {"url": url, "method": self.method, "nothing": self.nothing}
        return {**super().get_context(name, value, attrs), "picker": picker}


class PickerField(CleanTextField):
    """A row by its number, by its whole name where only one has it, or as the picker writes it: number, blank, name."""

    unknown = "「%(typed)s」にあてはまるものはありません。"
    choose = "候補から選ぶか、番号を書いてください。"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST, **kwargs})

    def candidates(self, text: str) -> list[Any]:
        """The rows the text may mean, the exact ones first; one query."""
        raise NotImplementedError

    def near(self, text: str) -> list[Any]:
        """Rows to name when there are no candidates; one query."""
        return []

    def number_of(self, row: Any) -> str:
        """The number, or code, of a row."""
        raise NotImplementedError

    def names_of(self, row: Any) -> list[str]:
        """The names of a row, the one it is shown by first."""
        raise NotImplementedError

    def written(self, row: Any) -> str:
        """What stands in the field once the row is chosen."""
        return f"{self.number_of(row)}　{self.names_of(row)[0]}"

    def clean(self, value: Any) -> Any:
        """The row that is meant, or None for an empty field."""
        text = super().clean(value)
        if not text:
            return None
        rows = self.candidates(text)
        meant = self.meant(text, rows)
        if len(meant) != 1:
            raise self.refusal(text, meant, rows)
        self.chosen = (text, meant[0])
        return meant[0]

    def meant(self, text: str, rows: list[Any]) -> list[Any]:
        """The rows named exactly: by number, by number and name, else by name."""
        whole, parts = folded(text), text.split(maxsplit=1)
        head, rest = folded(parts[0]), folded(parts[1]) if len(parts) > 1 else ""

        def numbered(row: Any) -> bool:
            number = folded(self.number_of(row))
            return number == whole or (number == head and rest in map(folded, self.names_of(row)))

        return list(filter(numbered, rows)) or [row for row in rows if whole in map(folded, self.names_of(row))]

    def refusal(self, text: str, meant: list[Any], rows: list[Any]) -> ValidationError:
        """Why it is not clear what was meant, with the nearest that could be."""
        if meant:
            first, others = f"「{text}」は1つに決まりません。", meant
        elif rows:
            first, others = f"「{text}」だけでは決まりません。", rows
        else:
            first, others = self.unknown % {"typed": text}, self.near(text)
            others = sorted(others, key=lambda row: -self.likeness(text, row))
        named = "、".join(self.written(row) for row in others[:NAMED])
        named += "など" if len(others) > NAMED else ""
        return ValidationError(first + (f"近いもの：{named}。" if named else "") + self.choose, code="unclear")

    def likeness(self, text: str, row: Any) -> float:
        """How much the text looks like a row: 0 to 1."""
        said = [self.number_of(row), *self.names_of(row)]
        return max(SequenceMatcher(None, folded(text), folded(each)).ratio() for each in said)

    def prepare_value(self, value: Any) -> Any:
        """Number and name of what was understood; else what was typed."""
        chosen = self.__dict__.get("chosen")
        return self.written(chosen[1]) if chosen and isinstance(value, str) and value.strip() == chosen[0] else value
