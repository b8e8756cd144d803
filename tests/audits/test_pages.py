"""The pages of audits: planned, approved, followed to the files, ended; as each of those concerned sees them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits.examinations import workflow
from audits.examinations.models import Audit, AuditStatus
from files_registry.access.models import Opening
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import end_of
from nerima_privacy.notices.models import Notice
from roles.models import Appointment
from roles.seats import Seat
from tests.audits import steps
from tests.files_registry import ledger_steps
from tests.files_registry.access import steps as rights

pytestmark = [pytest.mark.django_db, pytest.mark.article("7-3", "24-1")]
MOST = 12


@pytest.fixture
def enter(client):
    def as_(person):
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return as_


def typed(cast, **changed):
    return {
        **steps.TEXTS,
        "officers": [cast.audit_officer.pk],
        "units": [cast.tax.pk, cast.school.pk],
        "begins_on": wareki(steps.days(0)),
        "ends_on": wareki(steps.days(30)),
        "token": "one",
        **changed,
    }


def test_from_the_plan_to_the_files_and_to_its_end(cast, enter):
    file = rights.held_file(cast, confidentiality="2")
    officer = enter(cast.audit_officer)
    assert "監査を計画する" in officer.get("/audits/").text
    page = officer.post("/audits/new/", typed(cast), follow=True)
    audit = Audit.objects.get()
    assert "まだ承認は求めていません" in page.text
    page = officer.post(f"/audits/{audit.pk}/submit/", {"stamp": audit.stamp}, follow=True)
    assert "総括保護管理者 の番です" in page.text
    assert officer.get(f"/audits/{audit.pk}/files/").status_code == 403
    chief = enter(cast.chief)
    assert audit.get_absolute_url() in chief.get("/").text
    page = chief.post(f"/audits/{audit.pk}/approve/", {"note": "閉庁後に行うこと"}, follow=True)
    assert "承認しました" in page.text
    officer = enter(cast.audit_officer)
    assert f"/audits/{audit.pk}/files/" in officer.get("/").text
    listed = officer.get(f"/audits/{audit.pk}/files/").text
    for way in (file.get_absolute_url(), f"/ledgers/{file.pk}/", f"/access/files/{file.pk}/", "/handling/?tab=all"):
        assert way in listed
    assert officer.get(f"/ledgers/{file.pk}/").status_code == 200
    assert Opening.objects.get(person=cast.audit_officer).ground == f"監査{audit.pk}　窓口の監査"
    assert cast.audit_officer.name in enter(cast.manager).get(f"/access/files/{file.pk}/").text
    page = enter(cast.audit_officer).post(f"/audits/{audit.pk}/end/", {"note": "確かめ終えた"}, follow=True)
    assert "監査を終えました" in page.text
    assert officer.get(file.get_absolute_url()).status_code == 404
    assert officer.get(f"/ledgers/{file.pk}/").status_code == 404


def test_the_examined_see_by_whom_and_until_when_and_press_nothing(cast, enter):
    audit = steps.submitted(cast)
    assert enter(cast.manager).get(audit.get_absolute_url()).status_code == 404
    workflow.approve(audit.pk, actor=cast.chief)
    for who in (cast.manager, cast.officer, cast.department_manager):
        page = enter(who).get(audit.get_absolute_url())
        assert cast.audit_officer.name in page.text
        assert wareki(audit.ends_on) in page.text
        assert "<button" not in page.text.partition("<main")[2].partition("</main>")[0]
        assert audit.title in enter(who).get("/audits/").text
    for who in (cast.neighbour, cast.clerk, cast.administrator, cast.superuser, cast.disclosure_manager):
        assert audit.title not in enter(who).get("/audits/").text


def test_a_notice_leads_the_examined_to_the_audit(cast):
    audit = steps.approved(cast)
    assert Notice.objects.get(to=cast.manager, kind="audit.approved").url == audit.get_absolute_url()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "件名を書いてください"),
        ({"officers": []}, "監査責任者を選んでください"),
        ({"units": []}, "監査する組織を選んでください"),
        ({"units": ["999999"]}, "999999"),
        ({"ends_on": "令和8年2月30日"}, "令和8年2月30日"),
        ({"ends_on": (steps.days(400)).isoformat()}, "までです"),
        ({"begins_on": "昨日"}, "昨日"),
        ({"matters": "あ" * 4001}, "4000文字まで"),
    ],
)
def test_a_plan_that_does_not_hold_keeps_what_was_typed_and_writes_nothing(cast, enter, changed, said):
    before = steps.everything()
    page = enter(cast.audit_officer).post("/audits/new/", typed(cast, **changed))
    assert page.status_code == 422
    assert said in page.text
    assert steps.TEXTS["purpose"] in page.text
    assert steps.everything() == before


def test_the_own_unit_is_refused_at_the_field_and_the_boxes_stay_ticked(cast, enter):
    units = [cast.welfare_admin.pk, cast.tax.pk]
    page = enter(cast.audit_officer).post("/audits/new/", typed(cast, units=units))
    assert page.status_code == 422
    assert "管理課を監査できません" in page.text
    assert not Audit.objects.exists()
    assert all(f'value="{pk}"' in box for pk in units for box in [_ticked(page.text, pk)])


def _ticked(text, pk):
    return next(part for part in text.split("<input") if f'value="{pk}"' in part and "checked" in part)


def test_who_is_tied_to_what_is_shown_at_the_field_and_saved_as_chosen_with_nothing_typed_lost(cast, enter):
    steps.appoint(cast, "neighbour")
    data = typed(cast, officers=[cast.audit_officer.pk, cast.neighbour.pk], units=[cast.collection.pk, cast.school.pk])
    officer = enter(cast.audit_officer)
    page = officer.post("/audits/new/", data)
    assert page.status_code == 422
    assert not Audit.objects.exists()
    for words in (cast.neighbour.name, "区民部 収納課", "所属または役割のある組織のため", data["title"]):
        assert words in page.text
    assert 'name="tied" value="keep"' in page.text
    assert 'name="tied" value="drop"' in page.text
    answer = officer.post("/audits/new/", {**data, "tied": "keep"}, follow=True)
    assert "本人が監査しない組織" in answer.text
    assert set(Audit.objects.get().units.all()) == {cast.collection, cast.school}


def test_a_unit_nobody_else_examines_can_only_be_dropped(cast, enter):
    steps.appoint(cast, "neighbour")
    data = typed(cast, officers=[cast.neighbour.pk], units=[cast.collection.pk, cast.school.pk])
    officer = enter(cast.audit_officer)
    page = officer.post("/audits/new/", data)
    assert 'name="tied" value="keep"' not in page.text
    officer.post("/audits/new/", {**data, "tied": "drop"})
    assert list(Audit.objects.get().units.all()) == [cast.school]


def test_a_form_sent_twice_makes_one_plan(cast, enter):
    officer = enter(cast.audit_officer)
    for _ in range(2):
        page = officer.post("/audits/new/", typed(cast), follow=True)
    assert Audit.objects.count() == 1
    assert "すでに保存されています" in page.text


def test_a_plan_changed_by_another_officer_is_not_written_over(cast, enter):
    steps.appoint(cast, "dual")
    both = {"officers": ("audit_officer", "dual")}
    audit = steps.planned(cast, **both)
    officer = enter(cast.audit_officer)
    stale = officer.get(f"/audits/{audit.pk}/edit/").context["form"]["stamp"].value()
    workflow.revise(audit.pk, steps.plan(cast, title="書庫の監査", **both), stamp=audit.stamp, actor=cast.dual)
    before = steps.everything()
    page = officer.post(f"/audits/{audit.pk}/edit/", typed(cast, stamp=stale, title="わたしの案"))
    assert page.status_code == 409
    assert "書き直しました" in page.text
    assert "わたしの案" in page.text
    assert "書庫の監査" in page.text
    assert steps.everything() == before
    again = page.context["form"]["stamp"].value()
    officer.post(f"/audits/{audit.pk}/edit/", typed(cast, stamp=again, title="わたしの案"))
    assert Audit.objects.get().title == "わたしの案"


def test_a_plan_submitted_meanwhile_is_not_rewritten(cast, enter):
    audit = steps.planned(cast)
    officer = enter(cast.audit_officer)
    workflow.submit(audit.pk, actor=cast.audit_officer)
    before = steps.everything()
    page = officer.post(f"/audits/{audit.pk}/edit/", typed(cast, stamp=audit.stamp, title="わたしの案"))
    assert page.status_code == 409
    assert "案は書き直せません" in page.text
    assert "わたしの案" in page.text
    assert steps.everything() == before


def test_a_decision_somebody_took_before_is_told_and_changes_nothing(cast, enter):
    audit = steps.submitted(cast)
    chief = enter(cast.chief)
    workflow.withdraw(audit.pk, actor=cast.audit_officer)
    before = steps.everything()
    page = chief.post(f"/audits/{audit.pk}/approve/", {"note": ""}, follow=True)
    assert "「取下げ」" in page.text
    assert steps.everything() == before


def test_an_approval_that_does_not_hold_any_more_says_why_on_the_page(cast, enter):
    audit = steps.submitted(cast)
    steps.transfer(cast.audit_officer, cast.tax)
    page = enter(cast.chief).post(f"/audits/{audit.pk}/approve/", {"note": "条件"})
    assert page.status_code == 422
    assert "監査できません" in page.text
    assert Audit.objects.get().status == AuditStatus.SUBMITTED


def test_a_reason_is_asked_for_at_its_field(cast, enter):
    audit = steps.approved(cast)
    page = enter(cast.chief).post(f"/audits/{audit.pk}/end/", {"note": ""})
    assert page.status_code == 422
    assert "理由を書いてください" in page.text
    assert Audit.objects.get().status == AuditStatus.UNDER_WAY


def test_going_on_from_one_begins_with_its_officers_and_units_and_asks_for_the_days(cast, enter):
    audit = steps.approved(cast, units=("tax", "school"))
    officer = enter(cast.audit_officer)
    assert f"/audits/new/?from={audit.pk}" in officer.get(audit.get_absolute_url()).text
    page = officer.get(f"/audits/new/?from={audit.pk}")
    assert page.context["form"]["begins_on"].value() is None
    assert _ticked(page.text, cast.school.pk)
    officer.post(f"/audits/new/?from={audit.pk}", typed(cast, begins_on=wareki(steps.days(31)),
                                                        ends_on=wareki(steps.days(60))))  # fmt: skip
    assert Audit.objects.get(status="draft").continues == audit


@pytest.mark.parametrize("key", ["x", "", "99999", "²", "9" * 40])
def test_an_address_that_names_no_audit_to_go_on_from_is_an_empty_form(cast, enter, key):
    page = enter(cast.audit_officer).get(f"/audits/new/?from={key}")
    assert page.status_code == 200
    assert page.context["before"] is None


def test_between_page_and_press_the_period_ended(cast, enter):
    file, audit = rights.held_file(cast), steps.approved(cast)
    enter(cast.audit_officer)
    with time_machine.travel(end_of(audit.ends_on) + timedelta(seconds=1), tick=False):
        officer = enter(cast.audit_officer)
        assert officer.get(f"/audits/{audit.pk}/files/").status_code == 403
        assert officer.get(f"/ledgers/{file.pk}/").status_code == 404
        assert "終了" in officer.get(audit.get_absolute_url()).text
        page = officer.post(f"/audits/{audit.pk}/end/", {"note": "確かめ終えた"}, follow=True)
        assert "終わっている" in page.text


def test_the_list_of_files_is_filtered_by_word_and_unit(cast, enter):
    rights.held_file(cast)
    rights.held_file(cast, cast.school, "T-2")
    rights.held_file(cast, cast.collection, "T-3")
    audit = steps.approved(cast, units=("tax", "school"))
    officer = enter(cast.audit_officer)
    page = f"/audits/{audit.pk}/files/"
    assert [row["file"].number for row in officer.get(page).context["rows"]] == ["T-1", "T-2"]
    assert [row["file"].number for row in officer.get(page, {"unit": "9001"}).context["rows"]] == ["T-2"]
    assert len(officer.get(page, {"unit": "0320"}).context["rows"]) == 2  # none of those examined: filters nothing
    assert "条件にあうファイルはありません" in officer.get(page, {"q": "存在しない"}).text


def test_an_audit_of_units_without_files_says_so(cast, enter):
    audit = steps.approved(cast, units=("personnel",))
    assert "ファイルはありません" in enter(cast.audit_officer).get(f"/audits/{audit.pk}/files/").text


def test_the_file_shows_an_officer_what_is_read_and_offers_nothing_to_do(cast, enter):
    file = rights.held_file(cast)
    steps.approved(cast)
    page = enter(cast.audit_officer).get(file.get_absolute_url()).text
    assert "区の内部で管理する項目" in page
    assert f"/ledgers/{file.pk}/" in page
    assert f"/access/files/{file.pk}/" in page
    assert f"/handling/?tab=all&amp;file={file.pk}" in page
    for verb in ("/request/", "/handling/new/", "correction", "/filings/"):
        assert verb not in page.partition("<aside")[2] or verb == "/filings/"
    who = enter(cast.audit_officer).get(f"/access/files/{file.pk}/").text
    assert "アクセス権を出す" not in who
    assert "棚卸しをする" not in who


def test_who_holds_the_seat_no_more_finds_the_audit_gone(cast, enter):
    audit = steps.approved(cast)
    Appointment.objects.filter(seat=Seat.AUDIT_OFFICER).update(valid_to=steps.days(-1))
    assert enter(cast.audit_officer).get(audit.get_absolute_url()).status_code == 404


def test_the_menu_leads_those_concerned_to_audits_and_nobody_else(cast, enter):
    for who in (cast.audit_officer, cast.chief, cast.manager, cast.officer, cast.department_manager):
        assert 'href="/audits/"' in enter(who).get("/").text
    for who in (cast.clerk, cast.administrator, cast.disclosure_staff):
        assert 'href="/audits/"' not in enter(who).get("/").text


def test_no_page_takes_an_officer_more_than_twelve_queries(cast, enter):
    """As 監査責任者 who is 保護責任者 of a unit too, the first time after a change."""
    steps.seat(cast.audit_officer, Seat.PROTECTION_MANAGER, cast.welfare_admin)
    files = [rights.held_file(cast, number=f"N-{n}", confidentiality="2") for n in range(5)]
    ledger_steps.wrote(cast, files[0], "officer")
    audit = steps.approved(cast, units=("tax", "school"))
    steps.approved(cast, units=("other_school",))
    officer = enter(cast.audit_officer)
    file = files[0].pk
    pages = [
        "/", "/audits/", "/audits/?tab=ended", "/audits/new/", f"/audits/{audit.pk}/", f"/audits/{audit.pk}/files/",
        "/files/", f"/files/{file}/", f"/ledgers/{file}/", "/ledgers/?tab=open", f"/ledgers/{file}/media/",
        f"/access/files/{file}/", f"/access/files/{file}/openings/", f"/handling/?tab=all&file={file}", "/access/",
    ]  # fmt: skip
    found = {}
    for page in pages:
        officer.get(page)  # the opening is recorded by then, content types and parameters are known
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(page).status_code == 200
        found[page] = len(queries)
    assert max(found.values()) <= MOST, found


def test_what_others_pay_for_it_on_their_pages(cast, enter):
    """The list of rights takes one query more for all; those who look at audits no more than twelve."""
    file = rights.held_file(cast)
    audit = steps.approved(cast)
    for who, page in [
        (cast.manager, f"/access/files/{file.pk}/"),
        (cast.manager, audit.get_absolute_url()),
        (cast.manager, "/audits/"),
        (cast.chief, audit.get_absolute_url()),
        (cast.chief, steps.submitted(cast, units=("school",)).get_absolute_url()),
        (cast.chief, "/audits/"),
    ]:
        browser = enter(who)
        browser.get(page)
        with CaptureQueriesContext(connection) as queries:
            browser.get(page)
        assert len(queries) <= MOST, (page, who, len(queries))
