"""監査責任者 never examines what is the own (第7条第2項): to which units a person is tied on a day, and by what.

Tied are: the units where the person works or holds a seat; the 部 above each of them; the units under a 部 where the
person works or whose seat the person holds; and the ended units whose affairs any of these took over, with whose files
they answer for. The other 課 of the own 部 are not, unless the 部 itself is.
"""

from collections.abc import Collection, Iterable
from datetime import date
from enum import Enum
from typing import NamedTuple

from django.db.models import Q

from nerima_privacy.web.together import Reading, Rows, read, reading
from roles.holdings import Holdings
from roles.models import Appointment, Person, Posting, Unit


class Tie(Enum):
    """By what somebody is tied to a unit, in words that end a sentence."""

    OWN = "所属または役割のある組織のため"
    ABOVE = "所属または役割のある組織の上の部のため"
    BELOW = "受け持つ部の下の組織のため"
    TAKEN_OVER = "自分の組織が事務を引き継いだ組織のため"


def ties_readings(people: Collection[int], on: date) -> list[Reading]:
    """What `Ties` takes; `people` are the ids of persons."""
    posted = Posting.objects.on(on).filter(person__in=people)
    seated = Appointment.objects.on(on).filter(person__in=people, unit__isnull=False)
    own = Q(parent__in=posted.order_by().values("unit")) | Q(parent__in=seated.order_by().values("unit"))
    return [
        reading(posted, "person", "unit", "unit__parent"),
        reading(seated, "person", "unit", "unit__parent"),
        reading(Unit.objects.filter(own), "pk", "parent"),
        Holdings(Person(), [], on).successions(),
    ]


class Ties:
    """To which units each of some people is tied on a day."""

    def __init__(self, on: date, posted: Rows, seated: Rows, below: Rows, successions: Rows) -> None:
        self._links = Holdings(Person(), [], on)
        self._links.know(successions)
        self._own: dict[int, dict[int, int | None]] = {}
        for person, unit, above in (*posted, *seated):
            self._own.setdefault(person, {})[unit] = above
        self._below: dict[int, set[int]] = {}
        for unit, above in below:
            self._below.setdefault(above, set()).add(unit)

    def inherited(self, units: set[int]) -> set[int]:
        """The units, and the ended ones whose affairs they took over."""
        return self._links.with_predecessors(units)

    def of(self, person_id: int) -> dict[int, Tie]:
        """Unit → by what the person is tied to it."""
        own = self._own.get(person_id, {})
        below = set[int]().union(*(self._below.get(unit, set()) for unit in own))
        found = dict.fromkeys(self.inherited(set(own) | below), Tie.TAKEN_OVER)
        found |= dict.fromkeys(below, Tie.BELOW)
        found |= {above: Tie.ABOVE for above in own.values() if above is not None}
        return found | dict.fromkeys(own, Tie.OWN)


def ties_of(people: Iterable[Person], on: date) -> Ties:
    """The ties of a few people on a day; one query."""
    return Ties(on, *read(ties_readings({person.pk for person in people}, on)))


class Conflict(NamedTuple):
    """Somebody and a unit that do not go together, and why."""

    person: Person
    unit: Unit
    tie: Tie

    @property
    def sentence(self) -> str:
        """「試験さんは、区民部 税務課を監査できません（…）。」."""
        return f"{self.person.name}さんは、{self.unit.full_name}を監査できません（{self.tie.value}。第7条第2項）。"


def conflicts(people: Iterable[Person], units: Iterable[Unit], on: date) -> list[Conflict]:
    """Which of the people and units do not go together."""
    people, units = list(people), list(units)
    ties = ties_of(people, on)
    return [
        Conflict(person, unit, tie)
        for person in people
        for unit in units
        if (tie := ties.of(person.pk).get(unit.pk)) is not None
    ]
