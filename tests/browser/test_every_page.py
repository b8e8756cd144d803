"""Every kind of page people are led to: what axe finds, on a phone, at twice the size, one heading, no script error.

Everybody of the demonstration walks, システム管理者 through the administration too. A kind of page is read once, and
once for each post where it looks different.
"""

from collections import Counter

import pytest

from roles.demo.accounts import ACCOUNTS
from tests.browser.pages import Walk


@pytest.fixture(scope="module")
def seen():
    """How often each kind of page has been read."""
    return Counter()


def test_every_page_a_visitor_is_led_to_is_in_order(visit, seen):
    walk = Walk(visit(None), seen)
    walk.queue = ["/register/", "/login/"]
    assert walk.walk() == []


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.username)
def test_every_page_somebody_is_led_to_is_in_order(visit, seen, account):
    assert Walk(visit(account.username), seen, account.post).walk() == []


def test_the_walks_reached_the_desk_of_every_post_and_the_administration(seen):
    posts = {account.post for account in ACCOUNTS}
    assert posts <= {post for kind, post in seen if kind == "/"}
    assert {"/admin/", "/admin/roles/appointment/", "/admin/roles/appointment/#/change/"} <= {kind for kind, _ in seen}
