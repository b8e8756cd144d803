"""What is asked of every verb of every area: by whom, from which state, all of it or nothing, one entry.

An area keeps a table of its verbs, name -> Example, and runs the checks below over it in its test_every_verb.py,
test_interrupted.py and tests/test_races_*.py. A check makes the subject, does the verb and asserts; what is refused
must leave every row of every table as it was.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from nerima_privacy.activity.models import Entry
from nerima_privacy.refusals import Invalid, MoveRefused
from tests.interruption import assert_all_or_nothing, every_row

Race = Callable[..., tuple[Any, Any]]


@dataclass(frozen=True)
class Example:
    """`before(cast)` answers what `verb(cast, subject, actor)` is done to; `may` are the people allowed to.

    `starts`: the only states of the subject it goes on from; empty, where no state is asked for. `quiet`: nobody is
    told. `unfit`: people whom no policy refuses but of whom something is missing (Invalid).
    """

    before: Callable[[Any], Any]
    verb: Callable[[Any, Any, Any], Any]
    may: Collection[str]
    starts: Collection[Any] = field(default_factory=set)
    quiet: bool = False
    unfit: Collection[str] = ()

    def actor(self, cast: Any, who: str | None = None) -> Any:
        """Somebody who may: always the same one, unless named."""
        return cast.people[who or min(self.may)]

    def doing(self, cast: Any, subject: Any, who: str | None = None) -> Callable[[], Any]:
        """The verb, ready to be done."""
        return lambda: self.verb(cast, subject, self.actor(cast, who))


def each_who_may(examples: dict[str, Example]) -> list[tuple[str, str]]:
    """(name of a verb, name of somebody who may), for parametrize."""
    return [(name, who) for name, example in examples.items() for who in sorted(example.may)]


def with_starts(examples: dict[str, Example]) -> list[str]:
    """The verbs that go on from some states and from no other."""
    return [name for name, example in examples.items() if example.starts]


def everybody_else_is_refused(cast: Any, example: Example) -> None:
    subject = example.before(cast)
    before = every_row()
    for who in sorted(set(cast.people) - set(example.may)):
        with pytest.raises(Invalid if who in example.unfit else PermissionDenied):
            example.verb(cast, subject, cast.people[who])
    assert every_row() == before


def leaves_one_entry(cast: Any, example: Example, who: str) -> Entry:
    """Whoever may does it, and it is on record once, under the own name."""
    subject = example.before(cast)
    before = Entry.objects.count()
    example.verb(cast, subject, cast.people[who])
    (entry,) = Entry.objects.order_by("pk")[before:]
    assert entry.actor == cast.people[who]
    return entry


def is_refused_from_every_other_state(
    cast: Any, example: Example, put: Callable[[Any, Any, str], object], match: str = "できません"
) -> None:
    """`put(cast, subject, status)` brings it there past the verbs, with what the database asks of that state."""
    subject = example.before(cast)
    others = {value for value, _ in type(subject)._meta.get_field("status").choices} - set(map(str, example.starts))
    assert others, "it starts from every state: nothing is shown"
    for status in sorted(others):
        put(cast, subject, status)
        is_refused_and_writes_nothing(example.doing(cast, subject), match)


def is_done_once(cast: Any, example: Example, match: str | None = None) -> None:
    """A double press."""
    subject = example.before(cast)
    example.doing(cast, subject)()
    is_refused_and_writes_nothing(example.doing(cast, subject), match)


def is_refused_and_writes_nothing(act: Callable[[], object], match: str | None = None) -> None:
    before = every_row()
    with pytest.raises(MoveRefused, match=match):
        act()
    assert every_row() == before


def keeps_nothing_where_nobody_can_be_told(cast: Any, example: Example, monkeypatch: Any, *modules: str) -> None:
    """`modules`: those through whose `queue` the area tells people."""
    subject = example.before(cast)
    before = every_row()

    def broken(*args: Any, **kwargs: Any) -> None:
        raise OSError("no room")

    for module in modules:
        monkeypatch.setattr(f"{module}.queue", broken)
    with pytest.raises(OSError, match="no room"):
        example.doing(cast, subject)()
    assert every_row() == before


def stands_whole_or_not_at_all(cast: Any, example: Example, points: int = 3) -> None:
    """Killed at each of its `points` or more; this and the two below need django_db(transaction=True)."""
    subject = example.before(cast)
    before = Entry.objects.count()
    assert assert_all_or_nothing(example.doing(cast, subject)) >= points
    assert Entry.objects.count() == before + 1


def twice_at_once_is_done_once(
    cast: Any, example: Example, race: Race, monkeypatch: Any, who: str | None = None, also: str | None = None
) -> None:
    """`who` and `also` do it: the second waits for the first transaction, then is told."""
    subject = example.before(cast)
    before = Entry.objects.count()
    first, second = race(monkeypatch, example.doing(cast, subject, who), example.doing(cast, subject, also))
    assert not isinstance(first, Exception), first
    assert isinstance(second, MoveRefused), second
    assert Entry.objects.count() == before + 1


def at_once_the_first_alone_stands(
    race: Race, monkeypatch: Any, one: Callable[[], Any], other: Callable[[], Any]
) -> None:
    """Two different verbs on one thing: the second is told, and the state is the one the first came to."""
    first, second = race(monkeypatch, one, other)
    assert not isinstance(first, Exception), first
    assert isinstance(second, MoveRefused), second
    assert type(first).objects.get(pk=first.pk).status == first.status
