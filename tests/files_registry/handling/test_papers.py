"""A request and a checklist as official pages: what they say, for whom (第12条・第14条)."""

from io import BytesIO
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader

from files_registry.handling import checking, workflow
from files_registry.handling.models import HandlingRequest
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.eras import wareki, wareki_time
from tests.files_registry.handling import making

ASKING, SENDING = pytest.mark.article("12-1"), pytest.mark.article("14-1")


@pytest.fixture
def paper(client):
    def get(person, name, subject):
        client.force_login(person)
        return client.get(reverse(f"handling:{name}.pdf", args=[subject.pk]))

    return get


def said(answer):
    pages = PdfReader(BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def plain(text):
    return "".join(str(text).split())


@ASKING
@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (making.draft, "申請書"),
        (making.submitted, "申請書"),
        (making.allowed, "許可書"),
        (making.returned, "許可書"),
    ],
)
def test_it_is_named_by_where_the_request_stands(cast, paper, make, kind):
    answer = paper(cast.clerk, "request", make(cast))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("inline")
    assert quote(f"{kind}_申請") in answer["Content-Disposition"]
    assert ("下書き（申請前）" in said(answer)) == (make is making.draft)


@ASKING
def test_a_refusal_says_so_with_its_reason(cast, paper):
    request = workflow.refuse(making.submitted(cast).pk, reason="庁舎で見られるため。", actor=cast.manager)
    text = said(paper(cast.clerk, "request", request))
    assert "不許可書" in text
    assert "庁舎で見られるため。" in text


@ASKING
def test_it_says_what_was_asked_decided_moved_and_returned_on_one_page(cast, paper):
    request = making.extension_asked(cast)
    workflow.grant_extension(request.pk, answer="一度だけ。", actor=cast.manager)
    workflow.record_return(request.pk, **making.RETURN, actor=cast.clerk)
    request = HandlingRequest.objects.get(pk=request.pk)
    answer = paper(cast.manager, "request", request)
    text = said(answer)
    for words in (
        request.file.name,
        request.reason,
        "氏名",
        "住所",
        "12人",
        "鍵つきの袋で運ぶこと。",
        cast.manager.name,
        request.decided_post,
        wareki(localdate(request.decided_at)),
        "調査が雨で延びたため",
        "一度だけ。",
        f"{wareki(making.days(5))}を{wareki(making.days(15))}に",
        making.RETURN["return_evidence"],
    ):
        assert plain(words) in text, words
    assert len(PdfReader(BytesIO(answer.content)).pages) == 1


@SENDING
def test_the_checklist_says_what_is_sent_and_both_people_with_their_times(cast, paper):
    check = making.posted(cast)
    half = said(paper(cast.clerk, "check", check))
    done = checking.confirm(check.pk, ticked=making.points(check), actor=cast.second_clerk)
    answer = paper(cast.manager, "check", done)
    text = said(answer)
    assert half.count("✓") == len(check.points)
    assert text.count("✓") == 2 * len(check.points)
    for words in ("納税通知書の再発行", "対象者本人", "3人", cast.clerk.name, cast.second_clerk.name):
        assert plain(words) in text, words
    for moment in (done.filled_at, done.confirmed_at):
        assert plain(wareki_time(moment)) in text
    assert len(PdfReader(BytesIO(answer.content)).pages) == 1
    assert quote("送付前確認票") in answer["Content-Disposition"]


@ASKING
def test_who_does_not_see_the_page_prints_nothing_and_printing_writes_nothing(cast, paper, client):
    request, check = making.submitted(cast), making.posted(cast)
    before = Entry.objects.count()
    for name, subject in (("request", request), ("check", check)):
        for who in ("neighbour", "disclosure_manager", "audit_officer", "superuser"):
            assert paper(cast.people[who], name, subject).status_code == 404, who
        assert paper(cast.chief, name, subject).status_code == 200
    assert Entry.objects.count() == before
    assert paper(cast.manager, "request", making.draft(cast)).status_code == 404
    client.logout()
    assert client.get(reverse("handling:check.pdf", args=[check.pk])).status_code == 302
