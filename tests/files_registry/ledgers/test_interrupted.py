"""A process killed between any two statements of a verb on ledgers leaves the whole verb or none of it."""

import pytest

from tests.every_verb import stands_whole_or_not_at_all
from tests.files_registry.ledger_verbs import EXAMPLES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("15-1")]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_killed_process_leaves_all_of_a_verb_or_nothing(cast, name):
    stands_whole_or_not_at_all(cast, EXAMPLES[name])
