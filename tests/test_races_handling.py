"""Two people decide at once: the second waits for the first transaction, then is told, and nothing is done twice."""

import pytest

from files_registry.access.models import FileUserRight
from files_registry.handling import checking, correcting, moves, ruling, standing, workflow
from files_registry.handling.models import Extension, HandlingRequest, SendingCheck, StandingPermission, UnitRules
from files_registry.handling.ruling import mark
from files_registry.ledgers.models import LedgerEntry
from nerima_privacy.refusals import Invalid, MoveRefused
from tests import every_verb, races
from tests.files_registry.handling import making
from tests.files_registry.handling.verbs import EXAMPLES, MOVING

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("12-1")]
race = races.at_the_record_of(moves, ruling)


def doing(cast, name, subject, who=None):
    return EXAMPLES[name].doing(cast, subject, who)


@pytest.mark.parametrize("name", MOVING)
def test_the_same_verb_twice_at_once_is_done_once(cast, monkeypatch, name):
    every_verb.twice_at_once_is_done_once(cast, EXAMPLES[name], race, monkeypatch)


@pytest.mark.parametrize(
    ("state", "one", "other"),
    [
        ("submitted", "refuse", "withdraw"),
        ("submitted", "withdraw", "allow"),
        ("submitted", "refuse", "allow"),
        ("submitted", "ask_back", "allow"),
        ("allowed", "withdraw", "record_done"),
        ("extension_asked", "refuse_extension", "grant_extension"),
        ("extension_asked", "withdraw_extension", "grant_extension"),
        ("standing_asked", "standing_allow", "standing_withdraw"),
        ("filled", "check_send_back", "confirm"),
        ("posted", "call_off", "confirm"),
        ("posted_twice", "call_off", "mark_sent"),
        ("posted_twice", "mark_sent", "call_off"),
        ("found", "instruct", "dismiss"),
        ("corrected", "correction_send_back", "check_done"),
    ],
)
def test_two_different_verbs_at_once_leave_the_first_alone(cast, monkeypatch, state, one, other):
    subject = getattr(making, state)(cast)
    every_verb.at_once_the_first_alone_stands(race, monkeypatch, doing(cast, one, subject), doing(cast, other, subject))


def test_allowed_twice_at_once_opens_one_right(cast, monkeypatch):
    request = making.submitted(cast)
    race(monkeypatch, doing(cast, "allow", request), doing(cast, "allow", request))
    assert FileUserRight.objects.count() == 2, "閲覧 and 出力, once"


def test_a_longer_time_allowed_twice_at_once_moves_the_day_and_the_right_once(cast, monkeypatch):
    request = making.extension_asked(cast, making.done(cast, ends_on=making.days(5)))
    first, second = race(monkeypatch, doing(cast, "grant_extension", request), doing(cast, "grant_extension", request))
    assert first.return_due_on == making.days(15)
    assert isinstance(second, MoveRefused), second
    assert FileUserRight.objects.count() == 2, "閲覧 and 出力, once"


def test_what_is_returned_at_that_moment_is_not_prolonged(cast, monkeypatch):
    request = making.extension_asked(cast)
    first, second = race(monkeypatch, doing(cast, "record_return", request), doing(cast, "grant_extension", request))
    assert first.status == "returned"
    assert isinstance(second, MoveRefused), second
    assert Extension.objects.get().status == "settled"


def test_two_longer_times_asked_at_once_are_one(cast, monkeypatch):
    request = making.done(cast)
    race(monkeypatch, doing(cast, "ask_extension", request), doing(cast, "ask_extension", request))
    assert Extension.objects.count() == 1


def test_a_standing_permission_ended_at_that_moment_allows_nothing(cast, monkeypatch):
    permission = making.standing_allowed(cast)
    request = making.draft(cast, "copy", "second_clerk", standing=permission)
    first, second = race(
        monkeypatch,
        lambda: standing.end(permission.pk, reason="やめた。", actor=cast.manager),
        lambda: workflow.submit(request.pk, actor=cast.second_clerk),
    )
    assert first.status == "ended"
    assert isinstance(second, Invalid), second
    assert HandlingRequest.objects.get(pk=request.pk).status == "draft"


def test_two_first_checks_at_once_are_one(cast, monkeypatch):
    request = making.allowed(cast, "send")

    def fill():
        return making.filled(cast, request)

    first, second = race(monkeypatch, fill, fill)
    assert isinstance(second, MoveRefused), second
    assert SendingCheck.objects.get() == first


def test_withdrawn_at_that_moment_is_not_checked(cast, monkeypatch):
    request = making.allowed(cast, "send")
    first, second = race(
        monkeypatch,
        lambda: workflow.withdraw(request.pk, actor=cast.clerk),
        lambda: checking.fill(
            request.pk, ticked=making.points(request), asked_of=cast.second_clerk.pk, actor=cast.clerk
        ),
    )
    assert first.status == "withdrawn"
    assert isinstance(second, MoveRefused), second


def test_one_page_of_a_sending_without_a_request_begins_one_check(cast, monkeypatch):
    permission = making.posting_allowed(cast)

    def begin():
        return making.posted(cast, permission, token="a page")

    first, second = race(monkeypatch, begin, begin)
    assert isinstance(second, MoveRefused), second
    assert SendingCheck.objects.get() == first


def test_a_standing_permission_ended_at_that_moment_lets_nothing_be_sent(cast, monkeypatch):
    permission = making.posting_allowed(cast)
    first, second = race(
        monkeypatch,
        lambda: standing.end(permission.pk, reason="やめた。", actor=cast.manager),
        lambda: making.posted(cast, permission),
    )
    assert first.status == "ended"
    assert isinstance(second, Invalid), second
    assert not SendingCheck.objects.exists()


def test_what_is_marked_sent_twice_at_once_leaves_one_line_in_the_ledger(cast, monkeypatch):
    check = making.posted_twice(cast)
    before = LedgerEntry.objects.count()
    race(monkeypatch, doing(cast, "mark_sent", check, "clerk"), doing(cast, "mark_sent", check, "second_clerk"))
    assert LedgerEntry.objects.count() == before + 1


def test_rules_set_twice_at_once_from_one_page_are_set_once(cast, monkeypatch):
    seen = mark(None)

    def rule():
        return making.rules(cast, seen=seen)

    first, second = race(monkeypatch, rule, rule)
    assert isinstance(second, MoveRefused), second
    assert UnitRules.objects.get() == first


def test_one_page_sent_twice_at_once_begins_one_record(cast, monkeypatch):
    file = making.file(cast)

    def begin():
        return workflow.draft(file.pk, act="copy", token="a page", actor=cast.clerk)

    first, second = race(monkeypatch, begin, begin)
    assert isinstance(second, MoveRefused), second
    assert HandlingRequest.objects.get() == first

    def ask():
        return standing.ask(file.pk, making.scope(), token="a page", actor=cast.clerk)

    race(monkeypatch, ask, ask)
    assert StandingPermission.objects.count() == 1


def test_two_who_correct_at_once_leave_one_account(cast, monkeypatch):
    correction = making.instructed(cast)
    first, second = race(
        monkeypatch,
        doing(cast, "correct", correction, "clerk"),
        lambda: correcting.correct(correction.pk, done_on=making.days(0), done_note="別の記録。", actor=cast.officer),
    )
    assert first.done_by == cast.clerk
    assert isinstance(second, MoveRefused), second
