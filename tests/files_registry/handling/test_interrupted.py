"""A process killed between any two statements of a verb leaves the whole verb or none of it."""

import pytest

from tests.files_registry.handling.verbs import EXAMPLES
from tests.interruption import assert_all_or_nothing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("12-1")]


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_or_nothing(cast, name):
    example = EXAMPLES[name]
    subject = example.before(cast)
    actor = cast.people[sorted(example.may)[0]]
    assert assert_all_or_nothing(lambda: example.verb(cast, subject, actor)) > 2
