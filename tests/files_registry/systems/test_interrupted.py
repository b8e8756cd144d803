"""A process killed between any two statements of a verb on systems leaves the whole verb or none of it."""

import pytest

from nerima_privacy.activity.models import Entry
from tests.files_registry.systems.verbs import EXAMPLES
from tests.interruption import assert_all_or_nothing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("5-4")]


@pytest.mark.parametrize(
    "name", ["retire_system", "name_administrator", "withdraw_administrator", "link_file", "agree"]
)
def test_a_killed_process_leaves_all_of_a_verb_or_nothing(cast, name):
    example = EXAMPLES[name]
    subject = example.before(cast)
    before = Entry.objects.count()
    assert assert_all_or_nothing(lambda: example.verb(cast, subject, cast.people[min(example.may)])) > 2
    assert Entry.objects.count() == before + 1
