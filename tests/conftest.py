"""Fixtures every test may use."""

import hypothesis
import pytest
from django.core.cache import cache
from django.test import TransactionTestCase

from nerima_privacy.activity import triggers
from tests.cast import Cast, build

# A machine that is busy with something else is no reason to fail.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


@pytest.fixture
def cast(db) -> Cast:
    """The people of the suite, with their units and seats."""
    return build()


@pytest.fixture(autouse=True)
def anchor(tmp_path, settings):
    """Each test anchors its activity in a folder of its own."""
    settings.ACTIVITY_ANCHOR = str(tmp_path / "anchor.jsonl")


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Each test starts with an empty cache: rows of another may have had the same numbers."""
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def flush_past_triggers():
    """A test with `transaction=True` empties the database after itself; the post_migrate it sends restores triggers."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self):
        for alias in self._databases_names(include_mirrors=False):
            triggers.drop(alias)
        flush(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush
