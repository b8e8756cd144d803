"""Fixtures every test may use."""

import hypothesis
import pytest
from django.core.cache import cache

from tests.cast import Cast, build
from tests.emptying import Emptying

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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database, and how a test with `transaction=True` leaves it."""
    with django_db_blocker.unblock():
        emptying = Emptying()
    emptying.install()
    yield
    emptying.remove()
