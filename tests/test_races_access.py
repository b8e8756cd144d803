"""Two people decide on a right at once: the second waits, then is told, and nothing is done twice (第11条)."""

from datetime import date

import pytest
import time_machine

from files_registry.access import daily, ending, moves, reviewing, workflow
from files_registry.access.models import FileUserRight, Grant
from files_registry.access.reconciling import differences
from files_registry.access.rounds import round_on
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import MoveRefused
from roles.models import Person
from roles.people import system_actor
from tests import every_verb, races
from tests.files_registry.access import steps
from tests.files_registry.access.test_every_verb import EXAMPLES
from tests.files_registry.access.test_reviewing import THEN, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("11-1")]
race = races.at_the_record_of(moves, workflow, reviewing)


def doing(cast, name, subject):
    return EXAMPLES[name].doing(cast, subject)


@pytest.mark.parametrize("name", ["request", "grant", "refuse", "withdraw", "narrow", "revoke", "restore"])
def test_the_same_verb_twice_at_once_is_done_once(cast, monkeypatch, name):
    every_verb.twice_at_once_is_done_once(cast, EXAMPLES[name], race, monkeypatch)
    assert not list(differences())


def test_one_allows_while_the_other_refuses(cast, monkeypatch):
    grant = steps.requested(cast)
    first, second = race(monkeypatch, doing(cast, "grant", grant), doing(cast, "refuse", grant))
    assert first.status == "granted"
    assert isinstance(second, MoveRefused)
    assert FileUserRight.objects.filter(grant=grant).count() == 1


def test_a_right_is_taken_away_while_it_is_being_kept(cast, monkeypatch):
    grant = steps.granted(cast)
    first, second = race(monkeypatch, doing(cast, "revoke", grant), doing(cast, "review", grant))
    assert first.status == "revoked"
    assert isinstance(second, MoveRefused)
    assert not FileUserRight.objects.exists()


@pytest.fixture
def gone(cast):
    """Two rights of people who left: the night finds both over."""
    file = steps.held_file(cast)
    grants = [steps.granted(cast, file, who) for who in ("clerk", "second_clerk")]
    Person.objects.filter(pk__in=[cast.clerk.pk, cast.second_clerk.pk]).update(is_active=False)
    system_actor()
    return grants


def night():
    return daily.end_what_ran_out(today(), system_actor())


def test_a_right_is_taken_away_while_the_night_closes_it_among_others(cast, monkeypatch, gone):
    first, second = races.race(monkeypatch, [(moves, "record")], doing(cast, "revoke", gone[0]), night)
    assert first.status == "revoked"
    assert second == 1, "the other one was closed all the same"
    assert [grant.status for grant in Grant.objects.order_by("pk")] == ["revoked", "ended"]
    assert not list(differences())


def test_the_night_closes_a_right_while_it_is_being_taken_away(cast, monkeypatch, gone):
    first, second = races.race(monkeypatch, [(ending, "record_each")], night, doing(cast, "revoke", gone[0]))
    assert first == 2
    assert isinstance(second, MoveRefused)
    assert {grant.status for grant in Grant.objects.all()} == {"ended"}
    assert not list(differences())


def test_two_nights_at_once_close_each_right_once(cast, monkeypatch, gone):
    assert races.race(monkeypatch, [(ending, "record_each")], night, night) == (2, 0)
    assert Entry.objects.filter(verb="access.ended").count() == 2


def test_a_right_is_kept_while_the_night_would_stop_it(cast, monkeypatch):
    with time_machine.travel(THEN, tick=False):
        grant = steps.granted(cast, ends_on=date(2027, 12, 31))
    day = round_on(date(2026, 5, 1)).suspends_on
    system_actor()
    with at(day):
        first, second = races.race(
            monkeypatch,
            [(reviewing, "record")],
            doing(cast, "review", grant),
            lambda: daily.suspend_unanswered(day, system_actor()),
        )
    assert not isinstance(first, Exception), first
    assert second == 0
    assert Grant.objects.get().status == "granted"
    assert not list(differences())


def test_the_file_ceases_while_a_right_over_it_is_allowed(cast, monkeypatch):
    """The one who receives the ceasing holds the file; the decision waits, and is told."""
    from files_registry.filings import moves as filing_moves
    from files_registry.filings import workflow as filings
    from tests.files_registry import steps as filing_steps

    held = filing_steps.held(cast)
    grant = steps.requested(cast, held.file)
    ceasing = filing_steps.cease(cast, "filed", base=held)
    first, second = races.race(
        monkeypatch,
        [(filing_moves, "record")],
        lambda: filings.receive(ceasing.pk, actor=cast.disclosure_manager),
        doing(cast, "grant", grant),
    )
    assert not isinstance(first, Exception), first
    assert isinstance(second, MoveRefused), second
    assert Grant.objects.get().status == "requested"
