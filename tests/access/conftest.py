"""One world for the whole table."""

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.access.asking import session_of
from tests.access.world import World
from tests.cast import build


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Not forgotten between two addresses: one world stands behind all of them, and a menu is counted for each page."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for the whole table: every request of it is undone, and so is the world at the end."""
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        built = World(build())
        built.sessions = {name: session_of(person) for name, person in built.cast.people.items()}
        yield built
        transaction.set_rollback(True)
