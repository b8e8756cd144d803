"""The demonstration says on every page that it is one."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("name", ["login", "register:list"])
def test_each_page_of_the_demonstration_says_what_it_is(client, db, settings, name):
    settings.DEMO = True
    assert "架空のもの" in client.get(reverse(name)).content.decode()
    settings.DEMO = False
    assert "見本の区です" not in client.get(reverse(name)).content.decode()
