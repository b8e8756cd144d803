"""What waits for whom, and what falls short of 第10条."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from files_registry.catalogue import desk as files_desk
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.filings import desk, workflow
from files_registry.filings.desk import work
from files_registry.filings.models import Filing, FilingStatus
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.registry import Scope, duty_named
from nerima_privacy.law.models import LegalParameter
from roles.holdings import holdings_of
from roles.models import Appointment
from roles.seats import Seat
from tests.files_registry import steps

pytestmark = pytest.mark.article("10-2")


def turns(person):
    return {item.url for item in work(person, holdings_of(person), today()) if item.kind == "turn"}


def sent(person):
    return {item.url: item.now_with for item in work(person, holdings_of(person), today()) if item.kind == "sent"}


def findings(id, **scope):
    return duty_named(id).check(Scope(scope.pop("on", today()), **scope)).findings


def test_a_submitted_one_waits_for_the_manager_and_the_officer_sees_who_has_it(cast):
    url = steps.submitted(cast).get_absolute_url()
    assert turns(cast.manager) == {url}
    assert turns(cast.neighbour) == set()
    assert sent(cast.officer) == {url: "税務課　保護責任者"}


def test_a_vacant_seat_steps_up_to_the_department(cast):
    url = steps.submitted(cast).get_absolute_url()
    Appointment.objects.filter(person=cast.manager).update(valid_to=today() - timedelta(days=1))
    assert turns(cast.department_manager) == {url}
    assert turns(cast.chief) == set()
    Appointment.objects.filter(person=cast.department_manager).update(valid_to=today() - timedelta(days=1))
    assert turns(cast.chief) == {url}


def test_a_filed_one_waits_for_disclosure_and_a_decided_one_for_its_manager(cast):
    filing = steps.filed(cast)
    url = filing.get_absolute_url()
    assert turns(cast.disclosure_manager) == turns(cast.disclosure_staff) == {url}
    workflow.consider(filing.pk, propose=True, reason="新しい事務", actor=cast.disclosure_manager)
    assert (turns(cast.disclosure_manager), turns(cast.disclosure_staff)) == (set(), {url})


def test_what_disclosure_itself_filed_waits_for_its_department(cast):
    draft = workflow.draft_new(cast.disclosure.pk, actor=cast.disclosure_officer, data={**steps.CELLS, **steps.plan()})
    filing = workflow.file(draft.pk, actor=cast.disclosure_manager)
    assert turns(cast.disclosure_manager) == set()
    assert turns(cast.two_seats) == {filing.get_absolute_url()}


def test_the_officer_carries_out_what_was_notified(cast):
    url = steps.notified(cast).get_absolute_url()
    assert url in turns(cast.officer)


def test_a_result_is_due_after_the_days_of_the_parameter(cast):
    filing = steps.filed(cast)
    (finding,) = findings("filings.result_notified")
    assert finding.due_on == today() + timedelta(days=30)
    assert findings("filings.result_notified", units=frozenset([cast.collection.pk])) == []
    workflow.consider(filing.pk, propose=False, reason="定例", result="no_objection", actor=cast.disclosure_manager)
    assert findings("filings.result_notified")
    workflow.notify(filing.pk, actor=cast.disclosure_manager)
    assert findings("filings.result_notified") == []


@pytest.mark.article("10-1")
def test_a_late_one_is_a_finding_until_its_result(cast):
    data = {"already_done": True, "planned_on": today() - timedelta(days=40), "late_reason": "台帳の点検でわかった。"}
    filing = steps.filed(cast, **data)
    assert [f.subject for f in findings("filings.notified_beforehand")] == [str(filing)]
    steps.advance(cast, filing)
    assert findings("filings.notified_beforehand") == []


@pytest.mark.article("10-1")
def test_how_far_ahead_a_draft_is_told_of_is_a_legal_value(cast):
    filing = steps.submitted(cast, planned_on=today() + timedelta(days=20))
    assert findings("filings.notified_beforehand") == []
    LegalParameter.objects.filter(key="filing.look_ahead_days").update(value=20)
    assert [f.subject for f in findings("filings.notified_beforehand")] == [str(filing)]


@pytest.mark.article("10-1")
def test_a_file_held_without_a_notification_is_found_until_it_is_taken_in(cast):
    filing = steps.held(cast)
    assert findings("files.held_with_notice") == []
    Filing.objects.filter(pk=filing.pk).update(filed_at=None, notified_at=None)
    PersonalInformationFile.objects.update(first_filed_on=None)
    assert len(findings("files.held_with_notice")) == 1
    late = workflow.draft_take_in(filing.file_id, actor=cast.officer, data={"late_reason": "届出をしていなかった。"})
    workflow.file(late.pk, actor=cast.manager)
    assert findings("files.held_with_notice") == []


@pytest.mark.article("10-3")
def test_a_ceased_file_is_found_until_its_data_are_accounted_for(cast):
    filing = steps.cease(cast, FilingStatus.RECEIVED)
    assert len(findings("files.disposal_recorded")) == 1
    assert findings("files.ceased_with_notice") == []
    Filing.objects.filter(pk=filing.pk).update(filed_at=None)
    assert len(findings("files.ceased_with_notice")) == 1


@pytest.mark.article("10-1")
def test_a_file_whose_unit_has_ended_needs_a_new_home(cast):
    steps.held(cast)
    cast.tax.valid_to = today() - timedelta(days=1)
    cast.tax.save()
    assert len(findings("files.home_is_current")) == 1


@pytest.mark.parametrize(
    "id", ["filings.result_notified", "filings.notified_beforehand", "files.held_with_notice", "files.home_is_current"]
)
def test_a_duty_asks_the_same_number_of_queries_however_many_subjects(cast, id, django_assert_num_queries):
    steps.filed(cast)
    check = duty_named(id).check
    with CaptureQueriesContext(connection) as few:
        check(Scope(today()))
    for name in "甲乙丙":
        steps.filed(cast, name=f"{name}台帳")
    with django_assert_num_queries(len(few)):
        check(Scope(today()))


def test_the_desk_asks_the_same_number_of_queries_however_long_the_queue(cast, django_assert_max_num_queries):
    for name in "甲乙丙":
        steps.filed(cast, name=f"{name}台帳")
    person = cast.disclosure_manager
    with django_assert_max_num_queries(6):
        assert len(work(person, holdings_of(person), today())) == 3


def test_the_acting_holder_has_the_turn(cast):
    draft = workflow.draft_new(cast.welfare_admin.pk, actor=cast.acting, data={**steps.CELLS, **steps.plan()})
    workflow.submit(draft.pk, actor=cast.acting)
    assert turns(cast.acting) == {draft.get_absolute_url()}
    assert holdings_of(cast.acting).has(Seat.PROTECTION_MANAGER)


def test_of_a_long_queue_the_most_pressing_stand_first_and_one_line_leads_to_the_rest(cast, client, monkeypatch):
    monkeypatch.setattr(desk, "MOST", 2)
    for name, days in {"甲": 7, "乙": 9, "丙": 8, "丁": 6}.items():
        steps.filed(cast, name=f"{name}台帳", planned_on=today() + timedelta(days=days))
    person = cast.disclosure_manager
    client.force_login(person)
    shown = client.get(reverse("desk")).content.decode().partition("<aside>")[0]
    assert "あなたの番のものが4件あります。" in shown
    assert shown.index("丁台帳") < shown.index("甲台帳") < shown.index("ほか2件")
    assert "乙台帳" not in shown
    assert "丙台帳" not in shown
    (rest,) = [item for item in work(person, holdings_of(person), today()) if item.rest]
    everything = client.get(rest.url).content.decode()
    assert all(f"{name}台帳" in everything for name in "甲乙丙丁")


def test_of_much_that_was_sent_one_line_says_how_much_more_there_is(cast, client, monkeypatch):
    monkeypatch.setattr(desk, "MOST", 2)
    for name in "甲乙丙丁":
        steps.submitted(cast, name=f"{name}台帳")
    client.force_login(cast.officer)
    shown = client.get(reverse("desk")).content.decode()
    assert "ほか2件" in shown
    (rest,) = [item for item in work(cast.officer, holdings_of(cast.officer), today()) if item.rest]
    everything = client.get(rest.url).content.decode()
    assert all(f"{name}台帳" in everything for name in "甲乙丙丁")


@pytest.mark.article("10-3")
def test_of_many_ceased_files_without_a_record_none_is_hidden(cast, client, monkeypatch):
    monkeypatch.setattr(files_desk, "MOST", 1)
    for name in "甲乙丙":
        steps.cease(cast, FilingStatus.RECEIVED, base=steps.held(cast, name=f"{name}台帳"))
    client.force_login(cast.manager)
    shown = client.get(reverse("desk")).content.decode()
    assert "あなたの番のものが3件あります。" in shown
    assert "ほか2件" in shown
    (rest,) = [item for item in files_desk.work(cast.manager, holdings_of(cast.manager), today()) if item.rest]
    everything = client.get(rest.url).content.decode()
    assert all(f"{name}台帳" in everything for name in "甲乙丙")
