"""A process killed between any two statements of a verb on rights leaves the whole verb or none of it (第11条)."""

from datetime import date, timedelta

import pytest
import time_machine

from files_registry.access import ending, opening
from files_registry.access.rounds import round_on
from roles.models import Person
from roles.people import system_actor
from tests.every_verb import Example, stands_whole_or_not_at_all
from tests.files_registry.access import steps
from tests.files_registry.access.test_every_verb import EXAMPLES
from tests.files_registry.access.test_reviewing import THEN, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("11-1")]


def _of_somebody_gone(cast):
    grant = steps.granted(cast)
    Person.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    return grant


def _unanswered(cast):
    with time_machine.travel(THEN, tick=False):
        return steps.granted(cast, ends_on=date(2027, 12, 31))


def _suspend(cast, grant, actor):
    with at(round_on(date(2026, 4, 1)).suspends_on + timedelta(days=1)):
        return ending.suspend([grant.pk], actor=system_actor())


# What the system does, and openings: nobody is asked there whether they may.
BESIDES = {
    "end": Example(
        _of_somebody_gone, lambda cast, grant, actor: ending.end([grant.pk], actor=system_actor()), {"manager"}
    ),
    "suspend": Example(_unanswered, _suspend, {"manager"}),
    "open_file": Example(
        lambda cast: steps.granted(cast).file,
        lambda cast, file, actor: opening.open_file(file, purpose="照会への回答", actor=actor),
        {"clerk"},
    ),
    "note_refusal": Example(
        steps.held_file, lambda cast, file, actor: opening.note_refusal(file, actor=actor), {"second_clerk"}
    ),
}
ALL = EXAMPLES | BESIDES


@pytest.mark.parametrize("name", ALL)
def test_all_or_nothing(cast, name):
    system_actor()
    stands_whole_or_not_at_all(cast, ALL[name], points=2)
