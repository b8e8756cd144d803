"""What a duty is, and the list of all of them. Each area's `duties.py` declares its own with `@duty(...)`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Scope:
    """What is asked about: a day, and the units (ids) or None for the whole ward."""

    on: date
    units: frozenset[int] | None = None


@dataclass(frozen=True)
class Finding:
    """One subject for which a duty is not met. `clears` says in words what makes it go away, and who can do it."""

    subject: str
    url: str
    unit_id: int | None
    since: date
    due_on: date | None
    clears: str
    key: str = ""


@dataclass(frozen=True)
class Outcome:
    """How a duty stands: how many subjects it concerns, and which of them fall short."""

    subjects: int
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Duty:
    """One duty of the guideline; `article` is written article-paragraph, `seat` is a roles.seats.Seat value."""

    id: str
    article: str
    title: str
    seat: str
    check: Callable[[Scope], Outcome]


_duties: dict[str, Duty] = {}


def duty(
    id: str, *, article: str, title: str, seat: str
) -> Callable[[Callable[[Scope], Outcome]], Callable[[Scope], Outcome]]:
    """Declare a duty. The function takes a Scope and answers an Outcome in a fixed number of queries."""

    def declare(check: Callable[[Scope], Outcome]) -> Callable[[Scope], Outcome]:
        if id in _duties:
            raise ValueError(f"duty {id} is declared twice")
        _duties[id] = Duty(id, article, title, seat, check)
        return check

    return declare


def all_duties() -> Iterable[Duty]:
    """Every duty, in the order of articles."""
    return sorted(_duties.values(), key=lambda d: ([int(n) for n in d.article.split("-")], d.id))
