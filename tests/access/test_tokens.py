"""Nothing is written by a form that does not carry the token of the site, whoever sends it."""

from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.asking import undone
from tests.access.rules import RULES
from tests.access.test_matrix import NAMES, expectations
from tests.access.world import everything

pytestmark = pytest.mark.django_db


def test_a_form_without_its_token_does_nothing_anywhere(world):
    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    sent = 0
    with undone():
        before = everything()
        for name in NAMES:
            rule = RULES[name]
            if "post" not in rule.methods:
                continue
            url = reverse(name, args=rule.arguments(world, world.own))
            who = next((who for who, met in expectations(rule, world, world.own).items() if met == "ok"), "manager")
            client.cookies = SimpleCookie()
            if who in world.sessions:
                client.cookies["sessionid"] = world.sessions[who]
            answer = client.post(url, rule.form(world))
            assert answer.status_code in {302, 403}, name
            sent += 1
        assert everything() == before
    assert sent > 90
