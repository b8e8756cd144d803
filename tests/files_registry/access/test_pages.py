"""The pages of rights: what is asked, decided, confirmed, and who may do what on any day (第11条)."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from files_registry.access import opening, pages, workflow
from files_registry.access.holders import Holders, holders_of
from files_registry.access.models import Grant, GrantStatus
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.desk import desk_of
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid
from roles.holdings import load_holdings
from roles.models import Appointment, Posting
from tests.files_registry.access import steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1")]
S = GrantStatus


@pytest.fixture
def enter(client):
    def as_(person):
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return as_


def typed(**changed):
    last = wareki(today() + timedelta(days=30))
    return {
        "rights": ["open_file", "output_file"],
        "purpose": "還付の確認",
        "begins_on": "",
        "ends_on": last,
        **changed,
    }


def as_asked(grant, **changed):
    """The form of a decision as the page shows it."""
    return {"rights": [right.value for right in grant.rights], "ends_on": wareki(grant.last_day), "note": "", **changed}


def printed(response):
    """What a PDF says."""
    assert response["Content-Type"] == "application/pdf"
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages).split())


def test_a_clerk_asks_from_the_page_of_the_file_and_the_manager_decides_there(cast, enter):
    file = steps.held_file(cast)
    clerk = enter(cast.clerk)
    assert f"/access/files/{file.pk}/request/" in clerk.get(file.get_absolute_url()).text
    assert "税務課　保護責任者" in clerk.get(f"/access/files/{file.pk}/request/").text
    answer = clerk.post(f"/access/files/{file.pk}/request/", typed(), follow=True)
    grant = Grant.objects.get()
    assert "申請しました" in answer.text
    assert grant.get_absolute_url() in answer.text
    manager = enter(cast.manager)
    page = manager.get(grant.get_absolute_url())
    assert "許可する" in page.text
    done = manager.post(f"/access/{grant.pk}/allow/", as_asked(grant, note="窓口の端末に限る"), follow=True)
    assert "許可しました" in done.text
    assert cast.clerk.has_perm("files_registry.output_file", file)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rights": []}, "どの権限が要るかを選んでください。"),
        ({"purpose": ""}, "利用の目的を書いてください。"),
        ({"purpose": "𠮷" * 401}, "400文字まで"),
        ({"ends_on": "令和99年1月1日"}, "令和99年"),
        ({"ends_on": "2035-01-01"}, "1,096日まで"),
        ({"ends_on": "令和8年2月30日"}, "令和8年2月30日"),
        ({"ends_on": "令和5年4月1日"}, "以後の日にしてください"),
        ({"begins_on": "昨日"}, "昨日"),
    ],
)
def test_a_request_that_does_not_hold_keeps_what_was_typed_and_writes_nothing(cast, enter, changed, said):
    file = steps.held_file(cast)
    before = steps.everything()
    page = enter(cast.clerk).post(f"/access/files/{file.pk}/request/", typed(**changed))
    assert page.status_code == 422
    assert said in page.text
    sent = typed(**changed)
    assert all(sent[field] in page.text for field in ("purpose", "begins_on", "ends_on"))
    assert steps.everything() == before


def test_a_double_click_on_asking_makes_one_request(cast, enter):
    file = steps.held_file(cast)
    clerk = enter(cast.clerk)
    for _ in range(2):
        clerk.post(f"/access/files/{file.pk}/request/", typed(token="one"))
    assert Grant.objects.count() == 1


def test_a_decision_without_its_reason_is_said_at_the_field(cast, enter):
    grant = steps.requested(cast)
    before = steps.everything()
    page = enter(cast.manager).post(f"/access/{grant.pk}/refuse/", {"note": ""})
    assert page.status_code == 422
    assert "理由を書いてください" in page.text
    assert steps.everything() == before


def test_a_decision_that_somebody_took_before_is_told_and_changes_nothing(cast, enter):
    grant = steps.requested(cast)
    manager = enter(cast.manager)
    workflow.refuse(grant.pk, note="要らない", actor=cast.manager)
    before = steps.everything()
    page = manager.post(f"/access/{grant.pk}/allow/", as_asked(grant), follow=True)
    assert "許可することはできません" in page.text
    assert steps.everything() == before


def test_what_was_typed_is_kept_to_copy_where_somebody_was_first(cast, enter):
    grant = steps.granted(cast)
    workflow.revoke(grant.pk, note="担当を外れた", actor=cast.manager)
    before = steps.everything()
    facts = {"rights": ["open_file"], "ends_on": "令和8年12月1日", "note": "窓口だけに限るため"}
    page = enter(cast.manager).post(f"/access/{grant.pk}/narrow/", facts)
    assert page.status_code == 409
    assert "縮小することはできません" in page.text
    assert "窓口だけに限るため" in page.text
    assert steps.everything() == before


def test_a_double_click_on_a_decision_is_no_error_and_does_it_once(cast, enter):
    grant = steps.requested(cast)
    manager = enter(cast.manager)
    for _ in range(2):
        answer = manager.post(f"/access/{grant.pk}/allow/", as_asked(grant), follow=True)
        assert "許可しました" in answer.text
        assert "できません" not in answer.text
    assert Grant.objects.get().history.count() == 2


def test_the_manager_allows_less_than_was_asked_for_and_says_why(cast, enter):
    file = steps.held_file(cast)
    grant = steps.requested(cast, file, rights=["open_file", "output_file"])
    manager, before = enter(cast.manager), steps.everything()
    last = today() + timedelta(days=10)
    less = as_asked(grant, rights=["open_file"], ends_on=wareki(last))
    refused = manager.post(f"/access/{grant.pk}/allow/", less)
    assert refused.status_code == 422
    assert "少なく許可する理由を書いてください" in refused.text
    assert steps.everything() == before
    for _ in range(2):  # a double click does it once
        done = manager.post(f"/access/{grant.pk}/allow/", {**less, "note": "画面で足りるため"}, follow=True)
        assert "許可しました" in done.text
    grant.refresh_from_db()
    assert (grant.status, grant.last_day, [right.value for right in grant.rights]) == ("granted", last, ["open_file"])
    assert not cast.clerk.has_perm("files_registry.output_file", file)
    assert [row.may_output for row in grant.history.order_by("history_id")] == [True, False]
    assert cast.clerk.notices.filter(title__startswith="アクセス権が、申請より少なく許可されました").exists()


@pytest.mark.parametrize(
    "more", [{"rights": ["open_file", "enter_file"]}, {"rights": []}, {"ends_on": "令和20年1月1日"}, {"ends_on": ""}]
)
def test_nobody_allows_more_than_was_asked_for_or_nothing(cast, enter, more):
    grant = steps.requested(cast)
    before = steps.everything()
    page = enter(cast.manager).post(f"/access/{grant.pk}/allow/", as_asked(grant, note="広げる", **more))
    assert page.status_code == 422
    assert steps.everything() == before


def test_the_verb_itself_allows_no_more_than_was_asked_for(cast):
    grant = steps.requested(cast)
    before = steps.everything()
    for rights, days in ((["open_file", "erase_file"], 30), (["open_file"], 31)):
        with pytest.raises(Invalid, match="申請された権限と期間の範囲"):
            workflow.grant(grant.pk, rights=rights, ends_on=today() + timedelta(days=days), actor=cast.manager)
    assert steps.everything() == before


def test_the_manager_gives_several_people_rights_at_once(cast, enter):
    file = steps.held_file(cast)
    facts = typed(people=[str(cast.clerk.pk)], others=cast.teacher.staff_number, group_kind="")
    answer = enter(cast.manager).post(f"/access/files/{file.pk}/propose/", facts, follow=True)
    assert {grant.person for grant in Grant.objects.all()} == {cast.clerk, cast.teacher}
    assert cast.teacher.name in answer.text


def test_an_unknown_number_is_named_and_nobody_gets_anything(cast, enter):
    file = steps.held_file(cast)
    facts = typed(people=[str(cast.clerk.pk)], others="Z9999", group_kind="")
    page = enter(cast.manager).post(f"/access/files/{file.pk}/propose/", facts)
    assert page.status_code == 422
    assert "Z9999" in page.text
    assert not Grant.objects.exists()


def test_the_list_of_rights_shows_any_past_day(cast, enter):
    grant = steps.granted(cast)
    manager = enter(cast.manager)
    now = manager.get(f"/access/files/{grant.file_id}/").text
    assert cast.clerk.name in now
    past = manager.get(f"/access/files/{grant.file_id}/?on=令和8年4月1日").text
    assert cast.clerk.name not in past
    assert cast.manager.name in past
    workflow.revoke(grant.pk, note="担当を外れた", actor=cast.manager)
    assert cast.clerk.name not in manager.get(f"/access/files/{grant.file_id}/").text


def test_a_day_that_cannot_be_read_is_said_at_the_field(cast, enter):
    file = steps.held_file(cast)
    page = enter(cast.manager).get(f"/access/files/{file.pk}/?on=いつか")
    assert page.status_code == 400
    assert "いつか" in page.text


@pytest.mark.parametrize("typed", ["令和99年4月1日", "令和4年4月1日", "いつか"])
def test_a_day_that_cannot_be_asked_for_is_said_at_the_field_whatever_is_asked_for(cast, enter, typed):
    file = steps.held_file(cast)
    manager, url = enter(cast.manager), f"/access/files/{file.pk}/"
    page = manager.get(url, {"on": typed})
    assert page.status_code == 400
    assert page.context["form"].errors["on"]
    assert f'value="{typed}"' in page.text
    assert "いま効力のあるものです" in page.text
    for export in ("list.xlsx", "list.pdf"):
        answer = manager.get(url + export, {"on": typed}, follow=True)
        assert answer.redirect_chain == [(f"{url}?{urlencode({'on': typed})}", 302)]
        assert answer.context["form"].errors["on"] == page.context["form"].errors["on"]


def test_a_day_to_come_says_until_when_it_can_be_asked(cast, enter):
    file = steps.held_file(cast)
    page = enter(cast.manager).get(f"/access/files/{file.pk}/", {"on": wareki(today() + timedelta(days=1))})
    assert "きょうまでの日付にしてください" in page.context["form"].errors["on"][0]


def test_the_list_of_rights_is_a_table_too(cast, enter):
    grant = steps.granted(cast)
    answer = enter(cast.manager).get(f"/access/files/{grant.file_id}/list.xlsx")
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][0] == "氏名・職のまとまり"
    assert cast.clerk.name in {row[0] for row in rows}


def test_the_list_of_rights_is_printed_as_of_today_and_of_a_past_day(cast, enter, monkeypatch):
    grant = steps.granted(cast)
    manager, url = enter(cast.manager), f"/access/files/{grant.file_id}/list.pdf"
    assert "".join(cast.clerk.name.split()) in printed(manager.get(url))
    past = printed(manager.get(url, {"on": "令和8年4月1日"}))
    assert "".join(cast.clerk.name.split()) not in past
    assert "".join(cast.manager.name.split()) in past
    assert "令和8年4月1日の終わり" in past
    monkeypatch.setattr("files_registry.access.exporting.MOST_ON_PAPER", 1)
    assert "Excel で受け取ってください" in manager.get(url, follow=True).text


def test_the_review_is_answered_on_one_page(cast, enter):
    grant = steps.granted(cast)
    long_ago = grant.decided_at - timedelta(days=400)
    Grant.objects.filter(pk=grant.pk).update(decided_at=long_ago, begins_at=long_ago)
    manager = enter(cast.manager)
    page = manager.get(f"/access/files/{grant.file_id}/review/").text
    assert cast.clerk.name in page
    empty = manager.post(f"/access/files/{grant.file_id}/review/", {"note": ""})
    assert empty.status_code == 422
    assert "継続、縮小または終えるを選んでください" in empty.text
    manager.post(f"/access/files/{grant.file_id}/review/", {f"answer-{grant.pk}": "keep", "note": ""})
    grant.refresh_from_db()
    assert grant.kept_at is not None
    assert "済んでいます" in manager.get(f"/access/files/{grant.file_id}/review/").text


def test_a_right_is_narrowed_where_it_is_reviewed_and_what_makes_nothing_less_is_said_at_the_field(cast, enter):
    grant = steps.granted(cast, rights=["open_file", "output_file"])
    long_ago = grant.decided_at - timedelta(days=400)
    Grant.objects.filter(pk=grant.pk).update(decided_at=long_ago, begins_at=long_ago)
    manager, url = enter(cast.manager), f"/access/files/{grant.file_id}/review/"
    said = {f"answer-{grant.pk}": "narrow", f"ends_on-{grant.pk}": wareki(grant.last_day), "note": "出力は不要"}
    before = steps.everything()
    nothing_less = manager.post(url, said | {f"rights-{grant.pk}": ["open_file", "output_file"]})
    assert nothing_less.status_code == 422
    assert "少なくするものを選んでください" in nothing_less.text
    assert "出力は不要" in nothing_less.text
    assert steps.everything() == before
    manager.post(url, said | {f"rights-{grant.pk}": ["open_file"]})
    assert not cast.clerk.has_perm("files_registry.output_file", grant.file)
    assert cast.clerk.has_perm("files_registry.open_file", grant.file)
    assert "済んでいます" in manager.get(url).text


def test_a_review_without_the_reason_of_what_ends_is_shown_again_with_all_that_was_typed(cast, enter):
    file = steps.held_file(cast)
    ended, kept = (
        steps.granted(cast, file, who, rights=["open_file", "output_file"]) for who in ("clerk", "neighbour")
    )
    long_ago = ended.decided_at - timedelta(days=400)
    Grant.objects.update(decided_at=long_ago, begins_at=long_ago)
    manager, url = enter(cast.manager), f"/access/files/{file.pk}/review/"
    said = {f"answer-{ended.pk}": "end", f"answer-{kept.pk}": "keep", f"note-{kept.pk}": "この分は春まで"}
    before = steps.everything()
    page = manager.post(url, said | {"note": ""})
    assert page.status_code == 422
    assert "終えるもの（1件）の理由を書いてください" in page.context["form"].errors["note"][0]
    assert '<option value="end" selected>' in page.text
    assert 'value="この分は春まで"' in page.text
    assert steps.everything() == before
    too_long = manager.post(url, said | {f"note-{ended.pk}": "あ" * 1001})
    assert "いま1,001字" in too_long.context["form"].errors[f"note-{ended.pk}"][0]
    assert manager.post(url, said | {"note": "担当を外れたため"}).status_code == 302
    assert "担当を外れたため" in manager.get(ended.get_absolute_url()).text
    notice = Notice.objects.filter(to=cast.clerk).latest("pk")
    assert notice.body == "担当を外れたため"


def test_a_review_of_many_is_answered_in_parts(cast, enter, monkeypatch):
    monkeypatch.setattr("files_registry.access.pages.PER_PAGE", 2)
    file = steps.held_file(cast)
    grants = [steps.granted(cast, file, who=who) for who in ("clerk", "second_clerk", "neighbour")]
    long_ago = grants[0].decided_at - timedelta(days=400)
    Grant.objects.update(decided_at=long_ago, begins_at=long_ago)
    manager, url = enter(cast.manager), f"/access/files/{file.pk}/review/"
    first = manager.get(url)
    assert "3件のうち、はじめの2件です" in first.text
    shown = [grant for grant in grants if f"answer-{grant.pk}" in first.text]
    answer = manager.post(url, {f"answer-{grant.pk}": "keep" for grant in shown} | {"note": ""})
    assert answer.url == url
    (left,) = [grant for grant in grants if grant not in shown]
    assert f"answer-{left.pk}" in manager.get(url).text


def test_the_review_leaves_out_a_right_of_ones_own_so_that_the_others_can_be_answered(cast, enter):
    """A 部長 who stands in for a vacant 課長 and holds a right over the file."""
    file = steps.held_file(cast)
    own, other = (steps.granted(cast, file, who=who) for who in ("department_manager", "clerk"))
    long_ago = own.decided_at - timedelta(days=400)
    Grant.objects.update(decided_at=long_ago, begins_at=long_ago)
    Appointment.objects.filter(person=cast.manager).delete()
    head, url = enter(cast.department_manager), f"/access/files/{file.pk}/review/"
    page = head.get(url).text
    assert f"answer-{other.pk}" in page
    assert f"answer-{own.pk}" not in page
    assert head.post(url, {f"answer-{other.pk}": "keep", "note": ""}).status_code == 302
    other.refresh_from_db()
    assert other.kept_at is not None


def test_for_a_file_of_a_merged_unit_the_people_of_the_one_that_took_over_are_offered(cast, enter):
    file = steps.held_file(cast, cast.closed_school)
    Posting.objects.create(person=cast.teacher, unit=cast.other_school, valid_from=today(), is_main=False)
    principal, url = enter(cast.other_principal), f"/access/files/{file.pk}/propose/"
    assert cast.teacher.name in principal.get(url).text
    principal.post(url, typed(group_kind="staff", others=""))
    assert Grant.objects.get().group.unit == cast.other_school


def test_who_holds_a_right_is_shown_how_to_ask_for_more(cast, enter):
    file = steps.granted(cast).file
    page = enter(cast.clerk).get(file.get_absolute_url()).text
    assert f"/access/files/{file.pk}/request/" in page
    assert Grant.objects.get().get_absolute_url() in page


def test_what_waits_stands_on_the_desk_of_who_decides_and_of_who_asked(cast):
    grant = steps.requested(cast)

    def desk(person):
        holdings = load_holdings(person)
        acting = holdings.appointments[0] if holdings.appointments else None
        return desk_of(person, holdings, acting, today())

    assert grant.get_absolute_url() in {item.url for item in desk(cast.manager).turn}
    assert grant.get_absolute_url() in {item.url for item in desk(cast.clerk).sent}
    assert grant.get_absolute_url() not in {item.url for item in desk(cast.department_manager).turn}


def test_the_page_of_a_file_and_the_lists_stay_within_twelve_queries(cast, enter, django_assert_max_num_queries):
    grant = steps.requested(cast)
    for who, url in [
        (cast.manager, "/access/"),
        (cast.manager, grant.get_absolute_url()),
        (cast.manager, f"/access/files/{grant.file_id}/"),
        (cast.manager, f"/access/files/{grant.file_id}/review/"),
        (cast.manager, f"/access/files/{grant.file_id}/openings/"),
        (cast.clerk, f"/files/{grant.file_id}/"),
        (cast.manager, f"/files/{grant.file_id}/"),
        (cast.chief, "/access/?tab=files"),
    ]:
        client = enter(who)
        client.get(url)
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200


def test_a_long_list_of_rights_is_read_page_by_page_and_taken_out_whole(cast, enter, monkeypatch):
    file = steps.granted(cast).file
    steps.granted(cast, file, "second_clerk")
    holders = holders_of(file)
    names = [holder.name for holder in holders]
    assert len(names) > 3
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    manager, url = enter(cast.manager), f"/access/files/{file.pk}/"
    seen = []
    for number in range(1, len(names) // 2 + len(names) % 2 + 1):
        context = manager.get(url, {"page": number}).context
        assert context["page"].paginator.count == len(names)
        seen += [row["name"] for row in context["rows"]]
    assert seen == names
    sheet = load_workbook(BytesIO(b"".join(manager.get(f"{url}list.xlsx")))).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0] in names] == names


def test_a_page_of_rights_says_when_each_of_its_people_opened_the_file_last(cast):
    file = steps.granted(cast).file
    opening.open_file(file, purpose="確認", actor=cast.clerk)
    at = file.openings.get().at
    whole, part = holders_of(file), Holders(file)[len(holders_of(file)) - 1 : 50]
    assert {holder.name: holder.last_used for holder in whole}[cast.clerk.name] == at
    assert [(holder.name, holder.last_used) for holder in part] == [(cast.clerk.name, at)]


def test_under_the_files_in_charge_a_head_finds_what_waits_in_the_department_and_what_they_asked_for(cast, enter):
    waiting = steps.requested(cast)
    other = steps.requested(cast, steps.held_file(cast, cast.people["neighbour"].postings.get().unit, "T-2"))
    Grant.objects.filter(pk=other.pk).update(asked_by=cast.department_manager)
    rows = enter(cast.department_manager).get("/access/?tab=files").context["rows"]
    assert {row["grant"].pk for row in rows} == {waiting.pk, other.pk}
