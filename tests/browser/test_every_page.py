"""Every kind of page people are led to: what axe finds, on a phone, at twice the size, one heading, no script error."""

from collections import Counter

import pytest

from tests.browser.pages import Walk

WALKERS = [None, "zeimu-kacho", "joho-kacho"]


@pytest.fixture(scope="module")
def seen():
    """How many people have read each kind of page."""
    return Counter()


@pytest.mark.parametrize("username", WALKERS)
def test_every_page_somebody_is_led_to_is_in_order(visit, seen, username):
    walk = Walk(visit(username), seen)
    if username is None:
        walk.queue = ["/register/", "/login/"]
    assert walk.walk() == []
