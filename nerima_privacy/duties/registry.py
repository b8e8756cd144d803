"""What a duty is, and the list of all of them. Each area's `duties.py` declares its own with `@duty(...)`.

A duty says what it wants to read and words what it gets; the registry asks for all duties at once (`outcomes`), so that
what a desk or a board asks of the database does not grow with the number of duties. Where only numbers are wanted, it
counts instead of wording (`lacking.py`).
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from nerima_privacy.law.parameters import values_on
from nerima_privacy.web.together import Asking, Known, together
from roles.seats import Seat

ARTICLE = re.compile(r"([2-9]|1\d|2[0-6])-([1-9]\d*)")
T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """What is asked about: a day, and the units (ids) or None for the whole ward.

    `counting` asks for numbers only: a duty may then answer with a Tally of each unit instead of its findings.
    """

    on: date
    units: frozenset[int] | None = None
    counting: bool = False
    _read: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    _rows: Known = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: Hashable, read: Callable[[], T]) -> T:
        """What `read` answers, once for all duties asked with this scope; a reading they share is one reading so."""
        if name not in self._read:
            self._read[name] = read()
        answer: T = self._read[name]
        return answer

    def parameter(self, key: str) -> Any:
        """The legal parameter in force on the day; all of them are read at once. LookupError when there is none."""
        values = self.once("legal parameters", lambda: values_on(self.on))
        if key not in values:
            raise LookupError(f"no legal parameter {key} on {self.on}")
        return values[key]


@dataclass(frozen=True)
class Finding:
    """One subject for which a duty is not met. `clears` says in words what makes it go away, and who can do it.

    `key` tells the finding apart from the others of its duty and stays the same from day to day. `seat` says whose
    turn it is where that is not the duty's seat, as when what is late already waits for somebody else. `draft`: the
    subject is called as in a draft, which nobody reads who only examines the unit.
    """

    subject: str
    url: str
    unit_id: int | None
    since: date
    due_on: date | None
    clears: str
    key: str = ""
    seat: Seat | None = None
    draft: bool = False

    def late(self, on: date) -> bool:
        """Whether it is overdue on a day: past its last day, or without one."""
        return self.due_on is None or self.due_on < on

    @property
    def late_since(self) -> date:
        """The day its lateness is counted from."""
        return self.due_on or self.since

    @property
    def many(self) -> int:
        """How many subjects it stands for."""
        return 1


class Tally(NamedTuple):
    """How many subjects of a unit (None: of the ward) fall short of a duty, where nobody asks which.

    `soon` are those whose last day has not passed and comes within the days the ward calls soon; `first` is the
    earliest day any of them is counted from, as `Finding.late_since` says it.
    """

    unit_id: int | None
    late: int
    soon: int
    later: int
    first: date

    @property
    def many(self) -> int:
        """How many subjects it stands for."""
        return self.late + self.soon + self.later


@dataclass(frozen=True)
class Outcome:
    """How a duty stands: how many subjects it concerns, and which of them fall short.

    `by_unit` counts the subjects of each unit (None: the ward), so that a board can tell 「✓」 from 「なし」.
    """

    subjects: int
    findings: list[Finding] = field(default_factory=list)
    by_unit: Mapping[int | None, int] | None = None
    tallies: list[Tally] = field(default_factory=list)

    @classmethod
    def counted(cls, by_unit: Mapping[int | None, int], found: Sequence[Finding | Tally]) -> "Outcome":
        """An outcome whose subjects are counted for each unit, and what falls short: worded, or only counted."""
        findings = [one for one in found if isinstance(one, Finding)]
        return cls(sum(by_unit.values()), findings, by_unit, [one for one in found if isinstance(one, Tally)])

    @property
    def met(self) -> int:
        """How many subjects do not fall short."""
        return max(self.subjects - len(self.findings) - sum(tally.many for tally in self.tallies), 0)

    def overdue(self, on: date) -> list[Finding]:
        """The findings that are late on a day."""
        return [finding for finding in self.findings if finding.late(on)]

    def due_soon(self, on: date) -> list[Finding]:
        """The findings whose last day has not passed."""
        return [finding for finding in self.findings if not finding.late(on)]


Asked = Asking[Outcome]
Check = Callable[[Scope], Outcome]


@dataclass(frozen=True)
class Duty:
    """One duty of the guideline; `article` is written article-paragraph, `seat` is whose turn a finding is."""

    id: str
    article: str
    title: str
    seat: Seat
    ask: Callable[[Scope], Outcome | Asked]

    def check(self, scope: Scope) -> Outcome:
        """How it stands, asked alone."""
        return outcomes([self], scope)[0]

    @property
    def article_number(self) -> int:
        """The article without its paragraph: 10 of 「10-2」."""
        return int(self.article.split("-")[0])

    def turn(self, finding: Finding) -> Seat:
        """Whose turn a finding of this duty is."""
        return finding.seat or self.seat


_duties: dict[str, Duty] = {}


def duty(id: str, *, article: str, title: str, seat: str) -> Callable[[Callable[[Scope], Outcome | Asked]], Check]:
    """Declare a duty. The function takes a Scope; it yields the readings it wants and returns an Outcome.

    One that needs nothing from the database may simply return. What is declared answers an Outcome when it is called.
    Raises ValueError when the id is taken or not `area.words`, the article is none of 第2条–第26条 written
    article-paragraph, the title is empty, or the seat is none of `roles.seats.Seat`.
    """
    if not re.fullmatch(r"[a-z_]+\.[a-z_]+", id):
        raise ValueError(f"duty {id!r}: an id is written area.words")
    if not ARTICLE.fullmatch(article):
        raise ValueError(f"duty {id}: article {article!r} is not written article-paragraph")
    if not title:
        raise ValueError(f"duty {id}: a title is missing")
    whose = Seat(seat)

    def declare(ask: Callable[[Scope], Outcome | Asked]) -> Check:
        if id in _duties:
            raise ValueError(f"duty {id} is declared twice")
        declared = _duties[id] = Duty(id, article, title, whose, ask)
        return declared.check

    return declare


def outcomes(duties: Sequence[Duty], scope: Scope) -> list[Outcome]:
    """How each duty stands: one query for all of them, and one for the legal parameters."""
    return together([_asked(duty, scope) for duty in duties], scope._rows)


def _asked(duty: Duty, scope: Scope) -> Asked:
    answer = duty.ask(scope)
    return answer if isinstance(answer, Outcome) else (yield from answer)


def all_duties() -> list[Duty]:
    """Every duty, in the order of articles."""
    return sorted(_duties.values(), key=lambda d: ([int(n) for n in d.article.split("-")], d.id))


def duty_named(id: str) -> Duty:
    """The duty of that id; LookupError when there is none."""
    try:
        return _duties[id]
    except KeyError:
        raise LookupError(f"duty {id} is not declared in any duties.py") from None
