"""Where only numbers are wanted a duty is counted in the database, and its numbers are those of its findings."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType

from files_registry.access.models import Grant
from files_registry.handling.models import HandlingRequest
from nerima_privacy.calendars.periods import midnight, today
from nerima_privacy.duties.board import OLDEST, board_of, everything, first_of, oldest
from nerima_privacy.duties.lacking import last_soon, tallies_of
from nerima_privacy.duties.policies import Oversight
from nerima_privacy.duties.registry import Scope, all_duties, duty_named
from roles.models import Unit
from tests.bench.build import build
from tests.nerima_privacy.duties.ward_of_duties import ON, declare, finding

HEAVY = [
    *("access.rights_confirmed", "access.rights_used", "systems.agreed", "systems.file_linked"),
    *("handling.decided", "handling.returned", "sending.checked_by_two", "ledgers.media_answered_for"),
]


@pytest.fixture(scope="module")
def ward(django_db_setup, django_db_blocker):
    """A small measured ward in which every duty that can be counted falls short somewhere."""
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            build(0.06)
            ContentType.objects.clear_cache()
            lately = Grant.objects.filter(status="granted").order_by("pk").values_list("pk", flat=True)[:40]
            Grant.objects.filter(pk__in=list(lately)).update(decided_at=midnight(today() - timedelta(days=190)))
            yield
            transaction.set_rollback(True)


def numbers(name, scope, on):
    duty, last = duty_named(name), last_soon(scope)
    outcome = duty.check(scope)
    return sorted(tallies_of(outcome, on, last), key=str), outcome.by_unit, outcome.subjects, outcome.met


@pytest.mark.parametrize("ago", [0, 1, 100, 200])
@pytest.mark.parametrize("name", [duty.id for duty in all_duties()])
def test_what_is_counted_is_what_is_found(ward, django_db_blocker, name, ago):
    on = today() - timedelta(days=ago)
    with django_db_blocker.unblock():
        assert numbers(name, Scope(on, counting=True), on) == numbers(name, Scope(on), on)


@pytest.mark.parametrize("name", [duty.id for duty in all_duties()])
def test_of_some_units_is_found_what_the_ward_has_there(ward, django_db_blocker, name):
    with django_db_blocker.unblock():
        units = frozenset(Unit.objects.order_by("pk").values_list("pk", flat=True)[3:9])
        whole = [f for f in duty_named(name).check(Scope(today())).findings if f.unit_id in units]
        asked = duty_named(name).check(Scope(today(), units)).findings
    assert sorted(asked, key=str) == sorted(whole, key=str)


@pytest.mark.parametrize("name", HEAVY)
def test_the_measured_ward_falls_short_of_what_is_counted(ward, django_db_blocker, name):
    with django_db_blocker.unblock():
        outcome = duty_named(name).check(Scope(today(), counting=True))
    assert sum(tally.many for tally in outcome.tallies) > 0
    assert outcome.findings == []


@pytest.mark.parametrize("many", [1, 10, 57, 10_000])
def test_the_first_of_a_ward_are_read_without_the_others(ward, django_db_blocker, many):
    with django_db_blocker.unblock():
        board = board_of(Oversight(ward=True, units=frozenset()), today())
        found = everything(board)
        assert [lack.finding for lack in first_of(board, board.pairs, many)] == [f.finding for f in found[:many]]
        late = [lack for lack in found if lack.finding.late(today())]
        assert [lack.finding for lack in oldest(board)] == [lack.finding for lack in late[:OLDEST]]
    assert board.counts.lacking == len(found)
    assert board.counts.late == len(late)


def test_the_first_of_several_duties_and_units_follow_the_day_they_are_counted_from(no_duties, cast):
    days = [(cast.tax, -9), (cast.school, -8), (None, -7), (cast.tax, -6), (cast.collection, 3), (cast.school, None)]
    declare("a.first", [finding(unit, day, key=str(n)) for n, (unit, day) in enumerate(days[:3])])
    declare("a.second", [finding(unit, day, key=str(n)) for n, (unit, day) in enumerate(days[3:])], article="11-1")
    board = board_of(Oversight(ward=True, units=frozenset()), ON)
    since = [lack.finding.late_since for lack in first_of(board, board.pairs, 4)]
    assert since == [ON - timedelta(days=n) for n in (60, 9, 8, 7)]
    assert (board.counts.late, board.counts.soon, board.counts.lacking) == (5, 1, 6)


def test_a_right_that_is_due_today_is_not_late_until_tomorrow(ward, django_db_blocker):
    with django_db_blocker.unblock():
        days = int(Scope(today()).parameter("handling.decide_days"))
        request = HandlingRequest.objects.filter(status="submitted").order_by("submitted_at").first()
        own, asked = frozenset({request.unit_id}), duty_named("handling.decided")
        (before,) = asked.check(Scope(today(), own, counting=True)).tallies
        noon = midnight(today() - timedelta(days=days)) + timedelta(hours=12)
        HandlingRequest.objects.filter(pk=request.pk).update(submitted_at=noon, status_since=noon)
        dates = (today(), today() + timedelta(days=1))
        (now,), (then,) = (asked.check(Scope(day, own, counting=True)).tallies for day in dates)
    assert (now.late, now.soon) == (before.late - 1, before.soon + 1)
    assert then.late > now.late
