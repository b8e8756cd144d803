"""What an area puts beside the board of a post: records it answers for, and where each stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from roles.holdings import Holdings


@dataclass(frozen=True)
class Line:
    """One record: what, where, how it stands in words and colour, and what that means now."""

    title: str
    url: str
    where: str
    status: str
    kind: str
    now: str


@dataclass(frozen=True)
class Part:
    """A table of records under a heading. `more` is where all of them are, `empty` is said when there are none."""

    heading: str
    article: str
    lines: list[Line]
    more: str
    more_words: str
    empty: str


Provider = Callable[[Holdings, date], Part | None]
_providers: list[Provider] = []


def register_part(provider: Provider) -> Provider:
    """Register `fn(holdings, today) -> Part, or None for those it does not concern`; usable as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def parts_of(holdings: Holdings, on: date) -> list[Part]:
    """Every part for this person."""
    return [part for provider in _providers if (part := provider(holdings, on)) is not None]
