"""Walks the resolver: a URL nobody listed fails, and each listed one is asked by everybody."""

import pytest
from django.urls import get_resolver, reverse

from nerima_privacy.duties.management.commands.guideline import screens
from tests.access.asking import answer, undone
from tests.access.rules import EVERYONE, PUBLIC, RULES
from tests.access.world import everything

pytestmark = pytest.mark.django_db
REFUSAL_NOTED = {"files_registry_opening", "activity_entry", "activity_pending", "activity_block", "activity_seal"}
NAMES = sorted(name for _, name, _ in screens(get_resolver().url_patterns))


def test_every_address_is_listed():
    assert set(NAMES) == set(RULES)


@pytest.mark.parametrize("name", NAMES)
def test_who_may(world, name):
    rule = RULES[name]
    wrong = []
    for side in [world.own, world.other] if rule.sided else [world.own]:
        url = reverse(name, args=rule.arguments(world, side))
        expected = expectations(rule, world, side)
        for method in rule.methods:
            wrong += refusals(world, method, url, rule, expected)
            for who in [who for who, status in expected.items() if status == "ok"]:
                with undone():
                    status = answer(world, who, method, url, rule.form(world))
                if status in (403, 404, "login"):
                    wrong.append(f"{who} {method} {url}: {status}, expected to be let in")
    assert not wrong, "\n".join(wrong)


def refusals(world, method, url, rule, expected):
    """Everybody who must be refused, one after another; then a look at whether any of them wrote anything."""
    wrong = []
    with undone():
        before = everything()
        for who, status in expected.items():
            if status != "ok":
                found = answer(world, who, method, url, rule.form(world))
                if found != status:
                    wrong.append(f"{who} {method} {url}: {found}, expected {status}")
        after = everything()
    spared = REFUSAL_NOTED if rule.notes_refusals else set()
    changed = {table: (before[table], after[table]) for table in before if before[table] != after[table]}
    changed = {table: counts for table, counts in changed.items() if table not in spared}
    return [*wrong, f"refusals of {method} {url} wrote {changed}"] if changed else wrong


def expectations(rule, world, side):
    """Each person of the cast, and a visitor: ok, 403, 404 or login."""
    allowed, knows = rule.allowed(world, side), rule.knows(world, side)
    people = {"visitor": None, **world.cast.people}
    return {who: expect(rule, who, person, allowed, knows) for who, person in people.items()}


def expect(rule, who, person, allowed, knows):
    """What one person should meet."""
    if rule.may == PUBLIC:
        return 404 if rule.refused == 404 else "ok"
    if person is None or not person.is_active:
        return "login"
    if rule.may == EVERYONE or who in allowed:
        return "ok"
    return 403 if who in knows else rule.refused
