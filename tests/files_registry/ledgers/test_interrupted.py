"""A process killed between any two statements of a verb on ledgers leaves the whole verb or none of it."""

import pytest

from nerima_privacy.activity.models import Entry
from tests.files_registry.ledger_verbs import EXAMPLES
from tests.interruption import assert_all_or_nothing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("15-1")]


VERBS = [
    "write_entry",
    "write_entries",
    "correct_entry",
    "verify",
    "dispose_medium",
    "hand_over_media",
    "dispose_media",
    "output_unit",
]


@pytest.mark.parametrize("name", VERBS)
def test_a_killed_process_leaves_all_of_a_verb_or_nothing(cast, name):
    example = EXAMPLES[name]
    subject = example.before(cast)
    before = Entry.objects.count()
    assert assert_all_or_nothing(lambda: example.verb(cast, subject, cast.officer)) > 2
    assert Entry.objects.count() == before + 1
