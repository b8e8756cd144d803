"""Many media handed over or disposed of at once: all of them or none, each with its line and its history (第15条)."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from files_registry.catalogue.rights import Right
from files_registry.ledgers import papers, workflow
from files_registry.ledgers.many_media import MOST_MEDIA
from files_registry.ledgers.models import EntryKind, JointDisposal, LedgerEntry, StoredMedium
from nerima_privacy.activity.append_only import AppendOnlyError
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Posting
from tests.files_registry import ledger_steps as steps

pytestmark = pytest.mark.article("15-1")
PROOF = {
    "disposed_by": "区内文書処理センター",
    "witness": "",
    "certificate": "溶解証明第1号",
    "early_reason": "様式の変更",
}


def hand(cast, media, actor=None, *, on=None, reason="人事異動", seen=None, **data):
    return workflow.hand_over_media(
        cast.tax.pk,
        media=steps.seen(media) if seen is None else seen,
        data=data or {"responsible": cast.manager},
        on=on or today(),
        reason=reason,
        actor=actor or cast.officer,
    )


def dispose(cast, media, actor=None, *, counted=None, seen=None, on=None, **changes):
    seen = steps.seen(media) if seen is None else seen
    return workflow.dispose_media(
        cast.tax.pk,
        media=seen,
        on=on or today(),
        way="dissolve",
        data=PROOF | changes,
        counted=len(seen) if counted is None else counted,
        actor=actor or cast.officer,
    )


@pytest.fixture
def media(cast):
    return steps.shelf(cast, 3)


def test_what_is_left_empty_stays_as_it_is_at_each(cast, media):
    hand(cast, media, responsible=cast.manager, place="", lock="")
    rows = StoredMedium.objects.order_by("pk")
    assert {row.responsible for row in rows} == {cast.manager}
    assert {row.place for row in rows} == {"税務課 書庫B"}
    lines = LedgerEntry.objects.exclude(kind=EntryKind.STORED)
    assert {line.kind for line in lines} == {EntryKind.CHECKED}, "nothing was moved"
    assert {line.remarks for line in lines} == {"保管の責任をもつ人：試験 second_officerから試験 managerへ"}


def test_each_that_is_moved_has_its_line_and_its_history_and_the_record_one_entry(cast, media):
    before = Entry.objects.count()
    hand(cast, media, place="別館 書庫3", lock="room")
    (entry,) = Entry.objects.order_by("pk")[before:]
    assert (entry.verb, entry.subject_id, entry.reason) == ("media.handed_over", cast.tax.pk, "人事異動")
    assert (entry.facts["media"], entry.changed) == (3, ["place", "lock"])
    lines = LedgerEntry.objects.filter(kind=EntryKind.MOVED)
    assert [line.place for line in lines] == ["別館 書庫3"] * 3
    assert {line.source_url for line in lines} == {medium.get_absolute_url() for medium in media}
    for medium in media:
        newest = medium.history.first()
        assert (newest.place, newest.history_user, newest.history_change_reason) == (
            "別館 書庫3",
            cast.officer,
            "人事異動",
        )


def test_one_that_is_there_already_gets_no_line(cast, media):
    hand(cast, media[:1], place="別館 書庫3")
    changed = hand(cast, media, place="別館 書庫3")
    assert [medium.pk for medium in changed] == [medium.pk for medium in media[1:]]
    assert LedgerEntry.objects.filter(kind=EntryKind.MOVED).count() == 3
    with pytest.raises(Invalid, match="すでにそのとおり"):
        hand(cast, media, place="別館 書庫3")


def test_who_answers_now_and_who_did_are_told_once_each_with_a_page_they_may_open(cast, media, client):
    Notice.objects.all().delete()
    hand(cast, media, responsible=cast.clerk)
    notices = Notice.objects.filter(kind="media.handed_over")
    assert set(notices.values_list("to", flat=True)) == {cast.clerk.pk, cast.second_officer.pk, cast.manager.pk}
    assert notices.filter(title="媒体の引継ぎ（3件）　税務課").count() == 3
    client.force_login(cast.clerk, "django.contrib.auth.backends.ModelBackend")
    page = client.get(notices.first().url)
    assert page.status_code == 200
    assert all(medium.label in page.content.decode() for medium in media)


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        ({"place": ""}, {"responsible"}),
        ({"place": "別館", "reason": " "}, {"reason"}),
        ({"place": "別館", "reason": "理" * 201}, {"reason"}),
        ({"place": "別" * 121}, {"place"}),
        ({"lock": "none"}, {"lock"}),
        ({"place": "別館", "on": today() + timedelta(days=1)}, {"on"}),
        ({"place": "別館", "on": today() - timedelta(days=1)}, {"on"}),
    ],
)
def test_each_wrong_fact_is_named_and_nothing_is_written(cast, media, facts, names):
    before = steps.everything()
    with pytest.raises(Invalid) as invalid:
        hand(cast, media, **facts)
    assert set(invalid.value.errors) == names
    assert steps.everything() == before


@pytest.mark.parametrize("who", ["neighbour", "chief"])
def test_nobody_of_another_unit_is_handed_media(cast, media, who):
    before = steps.everything()
    with pytest.raises(Invalid, match="税務課の職員ではありません"):
        hand(cast, media, responsible=cast.people[who])
    assert steps.everything() == before


@pytest.mark.parametrize("verb", [hand, dispose])
def test_one_disposed_of_meanwhile_is_named_and_nothing_is_written(cast, media, verb):
    seen = steps.seen(media)
    workflow.dispose_medium(media[1].pk, on=today(), way="shred", data=steps.DISPOSAL, actor=cast.manager)
    before = steps.everything()
    with pytest.raises(MoveRefused, match=f"「{media[1].label}」は、画面を開いたあとに処分され"):
        verb(cast, media, seen=seen)
    assert steps.everything() == before


@pytest.mark.parametrize("verb", [hand, dispose])
def test_from_a_page_that_is_behind_nothing_is_written(cast, media, verb):
    seen = steps.seen(media)
    workflow.complete_medium(media[2].pk, completed_on=today(), retention="5", actor=cast.manager)
    before = steps.everything()
    with pytest.raises(MoveRefused, match=f"「{media[2].label}」の記録は、画面を開いたあとに変わり"):
        verb(cast, media, seen=seen)
    assert steps.everything() == before


@pytest.mark.parametrize("verb", [hand, dispose])
@pytest.mark.parametrize("seen", [{}, dict.fromkeys(range(MOST_MEDIA + 1), 0)])
def test_none_and_too_many_are_refused(cast, verb, seen):
    with pytest.raises(Invalid, match="選んで"):
        verb(cast, [], seen=seen)


@pytest.mark.parametrize("verb", [hand, dispose])
def test_a_medium_of_a_file_without_the_right_refuses_all(cast, media, verb):
    other = steps.shelf(cast, 1, name="別の台帳")
    steps.grant(cast, media[0].file, "clerk", Right.ENTER)
    steps.grant(cast, media[0].file, "second_clerk", Right.ERASE)
    who = cast.clerk if verb is hand else cast.second_clerk
    before = steps.everything()
    with pytest.raises(PermissionDenied):
        verb(cast, [*media, *other], who)
    assert steps.everything() == before
    verb(cast, media, who)


@pytest.mark.parametrize("verb", [hand, dispose])
def test_media_of_another_unit_are_not_reached_through_this_one(cast, media, verb):
    (stray,) = steps.shelf(cast, 1, name="別の台帳")
    type(stray.file).objects.filter(pk=stray.file_id).update(unit=cast.collection)
    with pytest.raises(PermissionDenied):
        verb(cast, [*media, stray])


def test_disposed_of_together_each_has_the_proof_and_a_line_and_one_entry_says_so(cast, media):
    before = Entry.objects.count()
    disposal = dispose(cast, media)
    (entry,) = Entry.objects.order_by("pk")[before:]
    assert (entry.verb, entry.subject_id, entry.facts["media"]) == ("media.disposed", disposal.pk, 3)
    rows = StoredMedium.objects.all()
    assert {(row.status, row.certificate, row.disposal_id) for row in rows} == {
        ("disposed", "溶解証明第1号", disposal.pk)
    }
    lines = LedgerEntry.objects.filter(kind=EntryKind.ERASED)
    assert [(line.method, line.done_by) for line in lines] == [
        ("溶解（証明書 溶解証明第1号）", PROOF["disposed_by"])
    ] * 3


def test_why_it_was_early_stands_only_at_those_that_were_early(cast):
    (early,) = steps.shelf(cast, 1)
    over = steps.registered(cast, early.file, completed_on=today() - timedelta(days=900), retention="1")
    with pytest.raises(Invalid) as invalid:
        dispose(cast, [early, over], early_reason="")
    assert invalid.value.errors["early_reason"].startswith(f"「{early.label}」")
    dispose(cast, [early, over])
    assert StoredMedium.objects.get(pk=early.pk).early_reason
    assert not StoredMedium.objects.get(pk=over.pk).early_reason
    why = {row.pk: row.history.latest("history_id").history_change_reason for row in (early, over)}
    assert why == {early.pk: PROOF["early_reason"], over.pk: None}


def test_as_many_as_were_counted_are_disposed_of_or_none(cast, media):
    before = steps.everything()
    with pytest.raises(Invalid) as invalid:
        dispose(cast, media, counted=2)
    assert set(invalid.value.errors) == {"counted"}
    assert steps.everything() == before


def test_the_same_person_twice_is_not_two_however_the_name_is_spaced(cast, media):
    proof = {"disposed_by": "試験 太郎", "witness": "試験　太郎", "certificate": ""}
    with pytest.raises(Invalid) as invalid:
        dispose(cast, media, **proof)
    assert set(invalid.value.errors) == {"witness"}


def test_what_was_disposed_of_together_is_never_changed(cast, media):
    disposal = dispose(cast, media)
    with pytest.raises(AppendOnlyError):
        disposal.delete()
    with pytest.raises(AppendOnlyError):
        JointDisposal.objects.update(entered_post="")


def test_one_certificate_lists_them_all_and_each_has_its_own(cast, media, client):
    disposal = dispose(cast, media)
    steps.opened(media[0].file, cast.officer)
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    address = reverse("ledgers:joint-certificate", args=[cast.tax.code, disposal.pk])
    assert address in client.get(media[0].get_absolute_url()).content.decode()
    pages = PdfReader(io.BytesIO(client.get(address).content)).pages
    said = "".join("".join(page.extract_text() for page in pages).split())
    for words in (*(medium.label for medium in media), "溶解証明第1号", "様式の変更", "試験officer", "税務課"):
        assert words in said, words
    assert papers.certified(StoredMedium.objects.get(pk=media[0].pk))["recorded"].startswith("試験 officer（税務課")


def test_a_certificate_of_files_without_the_right_is_refused(cast, media, client):
    disposal = dispose(cast, [*media, *steps.shelf(cast, 1, name="別の台帳")])
    steps.grant(cast, media[0].file, "clerk", Right.ERASE)
    client.force_login(cast.clerk, "django.contrib.auth.backends.ModelBackend")
    address = reverse("ledgers:joint-certificate", args=[cast.tax.code, disposal.pk])
    assert client.get(address).status_code == 403
    assert client.get(reverse("ledgers:joint-certificate", args=[cast.collection.code, disposal.pk])).status_code == 404


@pytest.fixture
def browser(cast, client):
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    return client


def typed(cast, media, **changes):
    facts = {"which": "marked", "medium": [f"{medium.pk}:{medium.stamp}" for medium in media], "reason": "人事異動"}
    return facts | {"on": "令和8年11月1日", "responsible": cast.manager.pk} | changes


def page_of(cast, name="hand-over", query=""):
    return f"{reverse(f'ledgers:{name}', args=[cast.tax.code])}{query}"


def test_those_marked_are_handed_over_from_the_page(cast, media, browser):
    answer = browser.post(page_of(cast), typed(cast, media[:2], on=today().isoformat()))
    assert answer.status_code == 302
    assert StoredMedium.objects.filter(responsible=cast.manager).count() == 2


def test_all_of_a_filter_are_handed_over_across_pages_and_no_other(cast, browser):
    shelf = steps.shelf(cast, 60)
    hand(cast, shelf[:55], place="別館 書庫3")
    query = "?place=別館"
    page = browser.get(page_of(cast, query=query)).context
    assert (len(page["rows"]), page["page"].paginator.count) == (50, 55)
    every = page["form"]["every"].value()
    facts = typed(cast, [], which="all", every=every, on=today().isoformat())
    assert browser.post(page_of(cast, query=query), facts).status_code == 302
    assert StoredMedium.objects.filter(responsible=cast.manager).count() == 55


def test_media_left_behind_are_found_by_the_filter_and_stand_on_the_desk(cast, media, browser):
    Posting.objects.filter(person=cast.clerk).update(valid_to=today() - timedelta(days=1))
    StoredMedium.objects.filter(pk=media[0].pk).update(responsible=cast.clerk)
    address = page_of(cast, query="?responsible=left")
    assert address in browser.get("/").content.decode()
    rows = browser.get(address).context["rows"]
    assert [row["medium"].pk for row in rows] == [media[0].pk]
    assert "1件あります" in browser.get(page_of(cast)).content.decode()
    hand(cast, media[:1])
    page = browser.get(address)
    assert page.context["rows"] == []
    assert "条件にあう媒体はありません" in page.content.decode()
    assert not page.context["filter"].errors


def test_what_was_typed_stays_and_what_is_gone_leaves_the_page(cast, media, browser):
    facts = typed(cast, media, on=today().isoformat())
    workflow.dispose_medium(media[1].pk, on=today(), way="shred", data=steps.DISPOSAL, actor=cast.manager)
    before = steps.everything()
    answer = browser.post(page_of(cast), facts)
    assert answer.status_code == 409
    assert steps.everything() == before
    text = answer.content.decode()
    assert "処分されました。1件も記録していません" in text
    assert 'value="人事異動"' in text
    assert text.count(" checked") == 3, "two media and which of the two ways"
    again = facts | {"medium": [f"{row['medium'].pk}:{row['medium'].stamp}" for row in answer.context["rows"]]}
    assert browser.post(page_of(cast), again).status_code == 302


@pytest.mark.parametrize("medium", [[], ["x"], ["1:x", "９:０"], [f"{10**20}:1"]])
def test_nothing_chosen_is_said_at_the_field(cast, media, browser, medium):
    answer = browser.post(page_of(cast), typed(cast, [], medium=medium, on=today().isoformat()))
    assert answer.status_code in {422, 403}
    assert not StoredMedium.objects.filter(responsible=cast.manager).exists()


def test_who_may_not_dispose_is_led_to_no_disposal(cast, media, browser):
    assert page_of(cast, "dispose-many") in browser.get(page_of(cast)).content.decode()
    steps.grant(cast, media[0].file, "clerk", Right.ENTER)
    browser.force_login(cast.clerk, "django.contrib.auth.backends.ModelBackend")
    assert page_of(cast, "dispose-many") not in browser.get(page_of(cast)).content.decode()
    assert browser.get(page_of(cast, "dispose-many")).status_code == 403


def test_a_whole_shelf_is_disposed_of_from_the_page(cast, media, browser):
    page = browser.get(page_of(cast, "dispose-many")).context
    facts = {"which": "all", "every": page["form"]["every"].value(), "counted": "３", "on": today().isoformat()}
    facts |= {"way": "shred", "disposed_by": "試験 officer", "witness": "試験 manager", "early_reason": "様式の変更"}
    done = browser.post(page_of(cast, "dispose-many"), facts, follow=True)
    assert not StoredMedium.objects.filter(status="kept").exists()
    certificate = reverse("ledgers:joint-certificate", args=[cast.tax.code, JointDisposal.objects.get().pk])
    assert certificate in done.content.decode(), "the certificate of all is offered at once"
    assert browser.get(certificate).status_code == 200
