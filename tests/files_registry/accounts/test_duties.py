"""When a comparison is due, when answers are late, and on whose desk that lies (第11条第1項)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from files_registry.accounts.desk import work
from files_registry.accounts.duties import answered, compared
from files_registry.accounts.models import AccountComparison
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.registry import Scope
from nerima_privacy.law.parameters import parameter
from roles.holdings import load_holdings
from tests.files_registry.accounts import making
from tests.files_registry.accounts.making import line
from tests.files_registry.accounts.test_every_verb import answered as answer
from tests.files_registry.accounts.test_every_verb import recorded

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1")]


def on(days=0, units=None):
    return Scope(today() + timedelta(days=days), units)


def desk(cast, who, days=0):
    person = cast.people[who]
    return [(item.title, item.detail) for item in work(person, load_holdings(person), today() + timedelta(days=days))]


def test_a_system_never_compared_is_late_after_the_interval_since_its_first_file(cast):
    made = making.system(cast)
    finding = compared(on()).findings[0]
    assert (finding.subject, finding.unit_id) == (made.name, cast.tax.pk)
    assert finding.due_on == making.BEGIN + timedelta(days=parameter("accounts.interval_days"))
    assert finding.late(today())


def test_a_comparison_clears_it_until_the_next_is_near(cast):
    recorded(cast)
    interval, ahead = parameter("accounts.interval_days"), parameter("accounts.ahead_days")
    assert compared(on()).findings == []
    assert compared(on()).met == 1
    assert compared(on(interval - ahead - 1)).findings == []
    assert not compared(on(interval)).findings[0].late(today() + timedelta(days=interval))
    assert compared(on(interval + 1)).findings[0].late(today() + timedelta(days=interval + 1))


def test_a_list_that_is_only_uploaded_or_given_up_clears_nothing(cast):
    made = making.system(cast)
    row = making.checked(cast, made, line("A1", cast.clerk))
    assert len(compared(on()).findings) == 1
    making.workflow.discard(row.pk, actor=cast.officer)
    assert len(compared(on()).findings) == 1


def test_a_system_without_files_and_one_out_of_use_owe_nothing(cast):
    made = making.system(cast)
    made.system_files.update(valid_to=today() - timedelta(days=1))
    assert compared(on()).subjects == 0
    other = making.system(cast, name="旧システム", files=[made.system_files.get().file])
    type(other).objects.filter(pk=other.pk).update(valid_to=today() - timedelta(days=1))
    assert compared(on()).subjects == 0


def test_only_the_units_asked_for_are_counted(cast):
    making.system(cast)
    assert compared(on(units=frozenset({cast.collection.pk}))).subjects == 0
    assert compared(on(units=frozenset({cast.tax.pk}))).subjects == 1


def test_findings_without_an_answer_are_late_after_their_days(cast):
    row = recorded(cast)
    days = parameter("accounts.answer_days")
    finding = answered(on()).findings[0]
    assert finding.subject == "税務システム（2件）"
    assert finding.due_on == today() + timedelta(days=days)
    assert not finding.late(today())
    assert answered(on(days + 1)).findings[0].late(today() + timedelta(days=days + 1))
    answer(row, cast.officer)
    assert answered(on()).findings == []


def test_what_was_kept_until_a_day_is_due_again_after_it(cast):
    row = recorded(cast)
    until = today() + timedelta(days=10)
    answer(row, cast.officer, code="kept", reason="夜間処理", until=until)
    assert answered(on(10)).findings == []
    finding = answered(on(11)).findings[0]
    assert (finding.due_on, finding.late(today() + timedelta(days=11))) == (until, True)


def test_only_the_latest_comparison_asks_for_answers(cast):
    row = recorded(cast)
    making.recorded(cast, row.system, line("A1", cast.clerk))
    assert [f.subject for f in answered(on()).findings] == ["税務システム（1件）"]


@pytest.mark.parametrize("who", ["manager", "officer", "dispatched"])
def test_it_lies_on_the_desk_of_those_who_answer(cast, who):
    row = recorded(cast)
    assert desk(cast, who) == [("アカウントの突き合わせ　税務システム", "答えの要る指摘が2件あります")]
    answer(row, cast.second_officer)
    assert desk(cast, who) == []


@pytest.mark.parametrize("who", ["chief", "clerk", "neighbour", "administrator", "audit_officer"])
def test_it_lies_on_nobody_elses(cast, who):
    recorded(cast)
    assert desk(cast, who) == []


def test_an_account_of_ones_own_waits_for_others(cast):
    making.recorded(cast, making.system(cast), line("A1", cast.dispatched))
    assert desk(cast, "dispatched") == []
    assert len(desk(cast, "officer")) == 1


def test_a_list_that_was_begun_waits_for_whoever_began_it(cast):
    row = making.uploaded(cast, making.system(cast), line("A1", ""))
    assert len(desk(cast, "officer")) == 1
    assert desk(cast, "manager") == []
    AccountComparison.objects.filter(pk=row.pk).update(status="discarded", payload=None)
    assert desk(cast, "officer") == []


def test_the_desk_asks_no_more_for_many_systems(cast):
    counts = []
    for names in (["一"], ["二", "三", "四"]):
        for name in names:
            making.recorded(cast, making.system(cast, name=name), line("A1", cast.clerk))
        holdings = load_holdings(cast.officer)
        with CaptureQueriesContext(connection) as queries:
            work(cast.officer, holdings, today())
        counts.append(len(queries))
    assert counts[0] == counts[1]
