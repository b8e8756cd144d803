"""What can be imported: each area declares a kind, its sheets and columns, its plan and how to apply it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Column:
    """A column: the header people write, what it may also be called, and how a cell becomes a value.

    `parse` takes the text of a cell and answers the value; it raises ValueError with a sentence in Japanese.
    """

    key: str
    header: str
    parse: Callable[[str], Any] = str
    required: bool = False
    aliases: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table of rows of one sort; in a CSV several sorts are told apart by a column 「種別」."""

    key: str
    name: str
    columns: tuple[Column, ...]


@dataclass
class Row:
    """One row that was read: values by column key, and where each stood."""

    sheet: Sheet
    number: int
    place: str
    values: dict[str, Any]
    columns: dict[str, str]

    def cell(self, key: str) -> str:
        """「職員!C5」."""
        return f"{self.place}{self.columns.get(key, 'A')}{self.number}"


@dataclass(frozen=True)
class Problem:
    """Something about one cell. An error stops the import; a warning only tells."""

    cell: str
    header: str
    message: str
    warning: bool = False


@dataclass
class Counts:
    """How many rows of one sheet make, change or leave something."""

    title: str
    create: int = 0
    change: int = 0
    unchanged: int = 0


@dataclass
class Plan:
    """What a commit would do. `operations` is the kind's own; `digest_of` is what must stay the same until then."""

    counts: list[Counts] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    operations: Any = None
    digest_of: Any = None

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.warning]


Progress = Callable[[int, int, str], None]


class Post(Protocol):
    """The seat that gives the right to import."""

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class ImportKind:
    """A kind of import. `post_for(person)` answers the seat that allows it, or None.

    `plan(rows, person)` works out what the rows would do for who imports them. `own`: each unit's holders of the seat
    import their own, so a run is seen by who uploaded it and by nobody else. `reason`: why one would, as an example.
    `shown_at`: the name of the page where what came in can be seen.
    """

    key: str
    title: str
    article: str
    lead: str
    sheets: tuple[Sheet, ...]
    post_for: Callable[[Any], Post | None]
    plan: Callable[[list[Row], Any], Plan]
    apply: Callable[[Plan, Any, str, Progress], None]
    own: bool = False
    reason: str = ""
    shown_at: str = ""


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Declare a kind; called from an app's `imports.py`."""
    _kinds[kind.key] = kind


def kind(key: str) -> ImportKind:
    """The kind of that key; LookupError when there is none."""
    return _kinds[key]


def kinds_for(person: Any) -> list[ImportKind]:
    """The kinds a person may import."""
    return [kind for kind in _kinds.values() if kind.post_for(person)]
