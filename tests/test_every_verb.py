"""The checks every area runs over its verbs fail where a verb is wrong."""

import pytest
from django.core.exceptions import PermissionDenied

from nerima_privacy.activity.recording import record
from nerima_privacy.refusals import MoveRefused
from roles.models import Unit
from tests import every_verb
from tests.every_verb import Example

pytestmark = pytest.mark.django_db
DONE = "済"
RED = (AssertionError, ValueError, pytest.fail.Exception)  # ValueError: not one entry, but none or two


def right(cast, unit, actor):
    """A verb as it should be: by the manager, once, on record."""
    if actor != cast.manager:
        raise PermissionDenied
    if Unit.objects.get(pk=unit.pk).address == DONE:
        raise MoveRefused("もう済んでいるのでできません。")
    Unit.objects.filter(pk=unit.pk).update(address=DONE)
    record("admin.changed", actor=actor, subject=unit)


def lets_everybody(cast, unit, actor):
    if actor == cast.manager:
        right(cast, unit, actor)


def writes_what_it_refuses(cast, unit, actor):
    try:
        right(cast, unit, actor)
    except (PermissionDenied, MoveRefused):
        Unit.objects.filter(pk=unit.pk).update(name="別の名")
        raise


def does_it_again(cast, unit, actor):
    Unit.objects.filter(pk=unit.pk).update(address="")
    right(cast, unit, actor)


def records_nothing(cast, unit, actor):
    Unit.objects.filter(pk=unit.pk).update(address=DONE)


def records_twice(cast, unit, actor):
    right(cast, unit, actor)
    record("admin.changed", actor=actor, subject=unit)


def records_somebody_else(cast, unit, actor):
    record("admin.changed", actor=cast.chief, subject=unit)


def of(verb):
    return Example(lambda cast: cast.tax, verb, {"manager"})


def refused(cast, verb):
    every_verb.everybody_else_is_refused(cast, of(verb))


def recorded(cast, verb):
    every_verb.leaves_one_entry(cast, of(verb), "manager")


def once(cast, verb):
    every_verb.is_done_once(cast, of(verb))


@pytest.mark.parametrize("check", [refused, recorded, once])
def test_a_verb_as_it_should_be_passes(cast, check):
    check(cast, right)


@pytest.mark.parametrize(
    ("check", "verb"),
    [
        (refused, lets_everybody),
        (refused, writes_what_it_refuses),
        (recorded, records_nothing),
        (recorded, records_twice),
        (recorded, records_somebody_else),
        (once, does_it_again),
        (once, writes_what_it_refuses),
    ],
)
def test_a_wrong_verb_is_seen(cast, check, verb):
    with pytest.raises(RED):
        check(cast, verb)


def test_a_verb_that_goes_on_where_nobody_can_be_told_is_seen(cast, monkeypatch):
    with pytest.raises(RED):
        every_verb.keeps_nothing_where_nobody_can_be_told(cast, of(right), monkeypatch, "roles.seating")
