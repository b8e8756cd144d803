"""Walks the resolver: a URL nobody listed fails, and each listed one is asked by everybody."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from nerima_privacy.duties.management.commands.guideline import screens
from tests.access.rules import EVERYONE, PUBLIC, RULES
from tests.access.world import World, everything
from tests.cast import build

BACKEND = "django.contrib.auth.backends.ModelBackend"
NAMES = sorted(name for _, name, _ in screens(get_resolver().url_patterns))


class _Undone(Exception):
    """Ends one request of the matrix: what it wrote is undone."""


def test_every_address_is_listed():
    assert set(NAMES) == set(RULES)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for the whole table: every request of it is undone, and so is the world at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        built = World(build())
        built.sessions = {name: session_of(person) for name, person in built.cast.people.items()}
        yield built
        transaction.set_rollback(True)


def session_of(person):
    """The cookie of somebody logged in."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(person, BACKEND)
    return client.cookies["sessionid"].value


def browser(world, who):
    """A fresh browser of a visitor or of somebody logged in."""
    client = Client(HTTP_HOST="localhost")
    if who in world.sessions:
        client.cookies["sessionid"] = world.sessions[who]
    return client


def answer(client, method, url, data):
    """The status of one request, and whether it wrote anything; undone afterwards."""
    before = everything()
    try:
        with transaction.atomic():
            response = getattr(client, method)(url, data)
            list(response) if response.streaming else None
            after = everything()
            raise _Undone
    except _Undone:
        pass
    login = response.status_code == 302 and response["Location"].startswith("/login/")
    return ("login" if login else response.status_code), before == after


@pytest.mark.parametrize("name", NAMES)
def test_who_may(world, name):
    rule = RULES[name]
    wrong = []
    for side in [world.own, world.other] if rule.sided else [world.own]:
        url = reverse(name, args=rule.arguments(world, side))
        allowed, knows = rule.allowed(world, side), rule.knows(world, side)
        for method in rule.methods:
            for who, person in [("visitor", None), *world.cast.people.items()]:
                status, untouched = answer(browser(world, who), method, url, rule.data)
                expected = expect(rule, who, person, allowed, knows)
                fits = status not in (403, 404, "login") if expected == "ok" else status == expected
                if not fits or (expected != "ok" and not untouched):
                    wrong.append(f"{who} {method} {url}: {status}, expected {expected}, untouched {untouched}")
    assert not wrong, "\n".join(wrong)


def expect(rule, who, person, allowed, knows):
    """ok, 403, 404 or login."""
    if rule.may == PUBLIC:
        return 404 if rule.refused == 404 else "ok"
    if person is None or not person.is_active:
        return "login"
    if rule.may == EVERYONE or who in allowed:
        return "ok"
    return 403 if who in knows else rule.refused
