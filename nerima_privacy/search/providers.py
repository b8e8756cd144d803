"""What can be searched: areas register a function each, from AppConfig.ready()."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

LONGEST = 100
SHOWN = 20


@dataclass(frozen=True)
class Hit:
    """One thing found. `detail` stands under the title; `chip` is its state."""

    title: str
    url: str
    detail: str = ""
    chip: str = ""
    chip_kind: str = "calm"


@dataclass(frozen=True)
class Group:
    """What one area found: at most SHOWN hits, whether there is more, and the list that shows all."""

    label: str
    hits: list[Hit] = field(default_factory=list)
    more: bool = False
    more_url: str = ""


Provider = Callable[[Any, Any, str], Group]
_providers: dict[str, tuple[int, Provider]] = {}


def register(fn: Provider, *, order: int = 50) -> Provider:
    """`fn(user, holdings, q)` looks for the normalised `q` in what the user may see, in three queries at most."""
    _providers[f"{fn.__module__}.{fn.__qualname__}"] = (order, fn)
    return fn


def normalised(text: str) -> str:
    """Width and case of letters do not matter; neither do blanks around and between."""
    return " ".join(unicodedata.normalize("NFKC", text.replace("\x00", "")).split())[:LONGEST]


def search(user: Any, holdings: Any, q: str) -> list[Group]:
    """Every group that found something, in order."""
    groups = [fn(user, holdings, q) for _, fn in sorted(_providers.values(), key=lambda entry: entry[0])]
    return [group for group in groups if group.hits]


def first_hits(rows: Any, hit: Callable[[Any], Hit], label: str, more_url: str = "") -> Group:
    """A group of the first SHOWN rows of a queryset, in one query."""
    found = list(rows[: SHOWN + 1])
    return Group(label, [hit(row) for row in found[:SHOWN]], len(found) > SHOWN, more_url)
