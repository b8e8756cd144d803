"""The long form: drafts incomplete, everything typed kept, a stale form shows both."""

import pytest
from django.urls import reverse

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.filings import workflow
from files_registry.filings.models import Filing, FilingKind, FilingStatus
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from tests.files_registry import steps

S = FilingStatus


def typed(filing, **changes):
    """What a browser sends for this draft."""
    version = filing.version
    yes_no = {True: "True", False: "False", None: ""}
    data = {
        "stamp": filing.stamp,
        "organ": version.organ_id,
        "unit": version.unit_id,
        "planned_on": wareki(filing.planned_on) if filing.planned_on else "",
    }
    for name, value in steps.CELLS.items():
        data[name] = yes_no[value] if isinstance(value, bool) else value
    return {**data, **changes}


@pytest.fixture
def save(client):
    def post(person, filing, **data):
        client.force_login(person)
        return client.post(reverse("filings:edit", args=[filing.pk]), data)

    return post


@pytest.mark.article("10-1")
def test_the_form_shows_every_cell_with_its_article_in_five_sections(cast, client):
    filing = steps.draft(cast)
    client.force_login(cast.officer)
    html = client.get(reverse("filings:edit", args=[filing.pk])).content.decode()
    assert html.count('class="form-section"') == 5
    for number in range(1, 21):
        assert f"{number}　" in html
    assert "法第74条第1項第1号" in html
    assert "印刷では" in html
    assert "1氏名、2生年月日" in html


def test_an_incomplete_draft_is_kept(cast, save):
    filing = steps.draft(cast)
    answer = save(cast.officer, filing, **typed(filing, scope="", planned_on=""))
    assert answer.status_code == 302
    filing.version.refresh_from_db()
    assert filing.version.scope == ""


def test_submitting_what_is_incomplete_keeps_it_and_lists_what_is_missing(cast, save):
    filing = steps.draft(cast)
    answer = save(cast.officer, filing, **typed(filing, scope="", purpose="あたらしい目的", submit="1"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "下書きは保存しました" in html
    assert "記録範囲" in html.split("error-summary")[1]
    filing.refresh_from_db()
    assert filing.status == S.DRAFT
    assert Filing.objects.get(pk=filing.pk).version.purpose == "あたらしい目的"


def test_submitting_what_is_complete_asks_the_manager(cast, save):
    filing = steps.draft(cast)
    assert save(cast.officer, filing, **typed(filing, submit="1")).url == filing.get_absolute_url()
    filing.refresh_from_db()
    assert filing.status == S.SUBMITTED


def test_a_stale_form_names_who_saved_and_shows_both(cast, save):
    filing = steps.draft(cast)
    stale = typed(filing, purpose="わたしの目的")
    workflow.save_draft(filing.pk, {"purpose": "ほかの人の目的"}, stamp=filing.stamp, actor=cast.second_officer)
    before = steps.written()
    answer = save(cast.officer, filing, **stale)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert cast.second_officer.name in html
    assert "わたしの目的" in html
    assert "ほかの人の目的" in html
    assert steps.written() == before
    filing.refresh_from_db()
    assert save(cast.officer, filing, **{**stale, "stamp": filing.stamp}).status_code == 302


def test_what_was_typed_stays_when_somebody_submitted_meanwhile(cast, save):
    filing = steps.draft(cast)
    workflow.submit(filing.pk, actor=cast.second_officer)
    answer = save(cast.officer, filing, **typed(filing, purpose="消えない目的"))
    assert answer.status_code == 409
    assert "消えない目的" in answer.content.decode()
    assert "いまは保存できません" in answer.content.decode()


def test_rare_characters_emoji_and_half_width_kana_are_kept(cast, save):
    filing = steps.draft(cast)
    name = "𠮷野家髙橋😀ﾌｧｲﾙ"
    assert save(cast.officer, filing, **typed(filing, name=name)).status_code == 302
    assert PersonalInformationFile.objects.get(pk=filing.file_id).name == name


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("items", "氏" * 10_000, "8000文字"),
        ("planned_on", "令和99年1月1日", "日付"),
        ("planned_on", "令和8年2月30日", "日"),
        ("persons", "たくさん", "数字"),
        ("purpose", "悪い\x07文字", "制御文字"),
        ("name", "なまえ" * 100, "200文字"),
    ],
)
def test_a_wrong_value_is_said_at_the_field_and_kept(cast, save, field, value, words):
    filing = steps.draft(cast)
    before = steps.written()
    answer = save(cast.officer, filing, **typed(filing, **{field: value}))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert value in html
    assert words in html.split("error-summary")[1]
    assert steps.written() == before


def test_full_width_digits_and_eras_are_read(cast, save):
    filing = steps.draft(cast)
    day = f"Ｒ{today().year - 2018 + 1}．４．１"
    assert save(cast.officer, filing, **typed(filing, planned_on=day, persons="１２，０００人")).status_code == 302
    filing.refresh_from_db()
    assert filing.planned_on.month == 4
    assert Filing.objects.get(pk=filing.pk).version.persons == 12_000


def test_only_the_writers_of_the_unit_open_the_form(cast, save):
    filing = steps.filed(cast)
    before = steps.written()
    assert save(cast.clerk, filing, **typed(filing)).status_code == 403
    assert save(cast.disclosure_manager, filing, **typed(filing)).status_code == 403
    assert save(cast.neighbour, filing, **typed(filing)).status_code == 404
    assert steps.written() == before


@pytest.mark.article("10-3")
def test_ceasing_asks_only_for_the_day(cast, save):
    filing = steps.cease(cast)
    answer = save(cast.officer, filing, stamp=filing.stamp, planned_on=wareki(today()), late_reason="", note="終了")
    assert answer.status_code == 302
    filing.refresh_from_db()
    assert filing.note == "終了"


def test_a_new_draft_begins_from_another_file_and_twice_makes_one(cast, client):
    source = steps.held(cast).file
    client.force_login(cast.officer)
    address = reverse("filings:new")
    assert "写さずに" in client.get(f"{address}?copy={source.pk}").content.decode()
    token, other = (client.get(address).context["form"].initial["token"] for _ in range(2))
    assert token != other
    data = {"unit": cast.tax.pk, "copy_from": source.pk, "token": token}
    first, second = client.post(address, data), client.post(address, data)
    assert first.url == second.url
    assert client.post(address, {**data, "token": other}).url != first.url
    made = Filing.objects.latest("pk")
    assert made.version.purpose == steps.CELLS["purpose"]
    assert made.version.name == ""
    assert made.version.persons is None


def test_nobody_without_a_seat_of_a_unit_begins_a_notification(cast, client):
    file = steps.held(cast).file
    before = steps.written()
    for person, there in (("clerk", 403), ("disclosure_manager", 403), ("neighbour", 404), ("outsider", 404)):
        client.force_login(cast.people[person])
        for kind in ("change", "cease", "take-in"):
            assert client.post(reverse(f"filings:{kind}", args=[file.pk])).status_code == there, (person, kind)
    client.force_login(cast.clerk)
    assert client.get(reverse("filings:new")).status_code == 403
    assert steps.written() == before


@pytest.mark.article("10-1")
def test_a_change_is_drafted_from_the_file_and_a_second_click_leads_to_it(cast, client):
    file = steps.held(cast).file
    client.force_login(cast.officer)
    first = client.post(reverse("filings:change", args=[file.pk]))
    second = client.post(reverse("filings:change", args=[file.pk]))
    assert first.url == second.url
    assert file.filings.filter(kind=FilingKind.CHANGE).count() == 1


def test_the_form_takes_a_fixed_number_of_queries(cast, client, django_assert_max_num_queries):
    filing = steps.draft(cast)
    client.force_login(cast.officer)
    client.get(reverse("filings:edit", args=[filing.pk]))
    with django_assert_max_num_queries(12):
        client.get(reverse("filings:edit", args=[filing.pk]))
