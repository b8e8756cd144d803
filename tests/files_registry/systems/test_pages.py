"""Pages of systems: what each post sees, nothing typed is lost, twice pressed is once done (第5条第4項)."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from files_registry.systems import workflow
from files_registry.systems.models import InformationSystem, SystemAdministrator, SystemAgreement, SystemFile
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from tests.files_registry import ledger_steps
from tests.files_registry.systems import making
from tests.files_registry.systems.making import day, everything

pytestmark = pytest.mark.article("5-4")
SECRET = "毎月点検する。"


def browser(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(person, url, status=200):
    answer = browser(person).get(url)
    assert answer.status_code == status
    return answer.content.decode()


def send(person, url, data, status=302):
    answer = browser(person).post(url, data)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def at(name, *args):
    return reverse(f"systems:{name}", args=args)


def named(page, name="税務システム"):
    """Whether a table of the page names the system; what was typed into the filter is no table."""
    return f">{name}</a>" in page


def test_the_register_is_searched_and_its_tabs_tell_what_is_lacking(cast):
    link = making.linked(cast)
    making.registered(cast, name="空の入れ物")
    every = text(cast.manager, at("list"))
    assert named(every)
    assert named(every, "空の入れ物")
    assert cast.clerk.name in every
    assert "合意のない事項" in every
    found = text(cast.manager, at("list") + "?q=ゼイム　税務システム")
    assert not named(found, "空の入れ物")
    assert not named(found)
    assert named(text(cast.manager, at("list") + "?q=税務"))
    bare = text(cast.manager, at("list") + "?tab=bare")
    assert (named(bare), named(bare, "空の入れ物")) == (False, True)
    short = text(cast.manager, at("list") + "?tab=short")
    assert (named(short), named(short, "空の入れ物")) == (True, False)
    for topic in ("accounts", "logs", "backups", "leavers"):
        making.agreed(cast, topic, link)
    assert "管理者と合意がそろっています" in text(cast.manager, at("list") + "?tab=short")


def test_my_own_are_those_of_my_unit_and_those_i_administer(cast):
    making.administered(cast)
    making.registered(cast, cast.collection, cast.neighbour, name="収納システム")
    for who in ("manager", "clerk"):
        found = text(cast.people[who], at("list") + "?tab=mine")
        assert (named(found), named(found, "収納システム")) == (True, False), who
    assert named(text(cast.chief, at("list")), "収納システム")
    assert not named(text(cast.chief, at("list") + "?tab=mine"))


def test_a_naming_by_mistake_is_taken_back_or_replaced_from_its_page_and_stays_to_be_seen(cast):
    system = making.administered(cast, on=day(-30))
    assert "登録を取り消す" in text(cast.officer, system.get_absolute_url())
    data = {"person": cast.second_clerk.staff_number, "valid_from": today().isoformat()}
    wrong = send(cast.officer, at("name-administrator", system.pk), {**data, "valid_from": day(-30).isoformat()}, 422)
    assert "前の登録が誤りのとき、その理由" in wrong
    send(cast.officer, at("name-administrator", system.pk), {**data, "mistaken": "日と人のまちがい"})
    shown = text(cast.officer, system.get_absolute_url())
    assert "誤りのため取消し" in shown
    assert "日と人のまちがい" in shown
    last = SystemAdministrator.objects.standing().get()
    assert f"{cast.second_clerk.name}さん" in text(cast.officer, at("withdraw-administrator", system.pk))
    for _ in range(2):  # a second press leads where the first did
        send(cast.officer, at("withdraw-administrator", system.pk), {"reason": "やはり誤り", "seen": last.pk})
    assert "管理者がいません" in text(cast.officer, system.get_absolute_url())
    assert SystemAdministrator.objects.count() == 2


def test_the_naming_of_another_day_offers_no_taking_back(cast):
    system = making.administered(cast)
    SystemAdministrator.objects.update(named_at=timezone.now() - timedelta(days=1))
    assert "登録を取り消す" not in text(cast.officer, system.get_absolute_url())
    assert 'name="mistaken"' not in text(cast.officer, at("name-administrator", system.pk))
    refused = send(cast.officer, at("withdraw-administrator", system.pk), {"reason": "人ちがい"}, 409)
    assert "登録した日のうち" in refused
    assert "人ちがい" in refused


def test_a_retired_one_is_listed_only_where_asked_for(cast):
    system = making.registered(cast)
    workflow.retire_system(system.pk, last_day=day(-1), reason="移行", actor=cast.officer)
    assert not named(text(cast.manager, at("list")))
    assert "使用終了" in text(cast.manager, at("list") + "?tab=all")


@pytest.mark.parametrize("who", ["administrator", "second_clerk", "audit_officer", "superuser", "dispatched"])
def test_others_find_nothing_in_the_register_nor_by_the_search(cast, who):
    system = making.linked(cast).system
    assert "見ることができる情報システムはありません" in text(cast.people[who], at("list"))
    assert system.get_absolute_url() not in text(cast.people[who], reverse("search:results") + "?q=税務システム")


def test_the_search_finds_a_system(cast):
    system = making.registered(cast)
    assert system.get_absolute_url() in text(cast.manager, reverse("search:results") + "?q=税務システム")


def test_the_export_holds_what_the_reader_may_see(cast):
    making.linked(cast)
    making.registered(cast, cast.collection, cast.neighbour, name="収納システム")
    answer = browser(cast.manager).get(at("export.xlsx"))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.values)
    assert [row[0] for row in rows[1:]] == ["税務システム"]
    assert rows[1][5:8] == (cast.clerk.name, 1, "合意のない事項")


def test_a_system_is_registered_once_and_leads_on_to_its_administrator(cast):
    page = text(cast.officer, at("new"))
    token = page.split('name="token" value="')[1].split('"')[0]
    data = {"name": "税務システム", "unit": cast.tax.pk, "purpose": "賦課", "valid_from": "R6.4.1", "token": token}
    client = browser(cast.officer)
    for _ in range(2):
        answer = client.post(at("new"), data)
        assert answer.url == at("name-administrator", InformationSystem.objects.get().pk)
    kept = send(cast.officer, at("new"), {**data, "token": "another"}, 422)
    assert "登録されています" in kept
    assert "賦課" in kept


def test_a_unit_of_others_is_not_offered(cast):
    data = {"name": "税務システム", "unit": cast.collection.pk, "purpose": "賦課", "valid_from": "R6.4.1"}
    before = everything()
    send(cast.officer, at("new"), data, 422)
    assert everything() == before


def test_the_administrator_is_picked_by_typing_with_and_without_script(cast):
    system = making.registered(cast)
    url = at("name-administrator", system.pk)
    found = browser(cast.officer).post(at("pick-person"), {"q": "clerk"}).json()
    assert {row["text"] for row in found["rows"]} == {cast.clerk.name, cast.second_clerk.name}
    data = {"person": "試験 second_clerk", "valid_from": wareki(today()), "seen": "0"}
    for _ in range(2):
        send(cast.officer, url, data)
    assert SystemAdministrator.objects.get().person == cast.second_clerk
    kept = send(cast.officer, url, {"person": "いない人", "valid_from": "R8.4.1"}, 422)
    assert "あてはまる在籍中の人はいません" in kept
    assert "いない人" in kept


def test_a_stale_page_is_told_and_keeps_what_was_typed(cast):
    system = making.administered(cast)
    data = {"person": cast.second_clerk.staff_number, "valid_from": wareki(today()), "seen": "0"}
    before = everything()
    kept = send(cast.officer, at("name-administrator", system.pk), data, 409)
    assert "記録が変わりました" in kept
    assert cast.second_clerk.staff_number in kept
    assert everything() == before


def test_the_page_says_by_itself_that_the_administrator_is_gone(cast):
    system = making.administered(cast)
    assert "いまの管理者" in text(cast.officer, system.get_absolute_url())
    cast.clerk.postings.update(valid_to=day(-1))
    page = text(cast.officer, system.get_absolute_url())
    assert "管理者がいません" in page
    assert "いまはその所属にいません" in page
    assert text(cast.clerk, system.get_absolute_url(), 404)


def test_files_of_other_units_are_named_to_who_guards_the_system_only(cast):
    link = making.linked(cast)
    school = ledger_steps.held(cast, name="学籍の記録")
    school.unit = cast.school
    school.save()
    making.linked(cast, link.system, school, cast.principal)
    url = link.system.get_absolute_url()
    for who in ("manager", "clerk", "chief", "department_manager", "disclosure_staff"):
        assert "学籍の記録" in text(cast.people[who], url), who
    page = text(cast.principal, url)
    assert link.file.name not in page
    assert "ほかの所管のファイルが1件" in page
    assert text(cast.principal, at("pair", link.system_id, cast.tax.pk), 404)
    assert text(cast.principal, at("pair", link.system_id, cast.school.pk))


def test_the_words_are_for_the_two_sides_and_those_above_them(cast):
    agreement = making.agreed(cast)
    url = at("pair", agreement.system_id, cast.tax.pk)
    for who in ("manager", "officer", "clerk", "chief", "department_manager"):
        assert SECRET in text(cast.people[who], url), who
        assert SECRET in text(cast.people[who], agreement.get_absolute_url()), who
    for who in ("disclosure_manager", "disclosure_staff"):
        page = text(cast.people[who], url)
        assert SECRET not in page
        assert "見直しの期限" in page
        assert text(cast.people[who], agreement.get_absolute_url(), 404)


def test_a_proposal_is_sent_once_and_answered_once(cast):
    link = making.linked(cast)
    url = at("propose", link.system_id, cast.tax.pk, "logs")
    token = text(cast.manager, url).split('name="token" value="')[1].split('"')[0]
    data = {"words": SECRET, "valid_from": wareki(today()), "review_on": wareki(day(200)), "token": token}
    for _ in range(2):
        send(cast.manager, url, data)
    agreement = SystemAgreement.objects.get()
    written = Entry.objects.count()
    for _ in range(2):
        send(cast.clerk, at("agree", agreement.pk), {"stamp": agreement.stamp})
    assert Entry.objects.count() == written + 1
    assert SystemAgreement.objects.get().status == "agreed"
    assert "あなたの番" not in text(cast.clerk, agreement.get_absolute_url())


def test_a_wrong_day_keeps_the_words(cast):
    link = making.linked(cast)
    data = {"words": "消えてはならない", "valid_from": wareki(today()), "review_on": wareki(today())}
    before = everything()
    kept = send(cast.manager, at("propose", link.system_id, cast.tax.pk, "logs"), data, 422)
    assert "消えてはならない" in kept
    assert everything() == before
    assert text(cast.manager, at("propose", link.system_id, cast.tax.pk, "weather"), 404)


def test_a_refusal_wants_a_reason_and_a_proposal_taken_back_meanwhile_keeps_it(cast):
    agreement = making.proposed(cast)
    url = at("refuse", agreement.pk)
    assert "理由を書いてください" in send(cast.clerk, url, {"stamp": 0, "reason": ""}, 422)
    workflow.withdraw(agreement.pk, reason="書き直す", actor=cast.manager)
    before = everything()
    assert "せっかく書いた理由" in send(cast.clerk, url, {"stamp": 0, "reason": "せっかく書いた理由"}, 409)
    assert everything() == before


def test_the_record_of_contacts_tells_every_step(cast):
    agreement = making.agreed(cast)
    page = text(cast.manager, at("pair", agreement.system_id, cast.tax.pk))
    assert "協議の記録" in page
    assert "合意を提案しました" in page
    assert "情報システムについて合意しました" in page
    assert "税務システムの管理者" in page


def test_the_page_of_a_file_says_where_it_is_kept_and_what_its_form_says(cast):
    file = ledger_steps.held(cast)
    type(file.current).objects.filter(pk=file.current_id).update(system_name="税務システム")
    url = reverse("files:detail", args=[file.pk])
    page = text(cast.manager, url)
    assert "まだ結びついていません" in page
    assert "様式の記載　税務システム" in page
    link = making.linked(cast, file=file)
    page = text(cast.manager, url)
    assert "合意 0/4" in page
    assert "様式の記載　" not in page
    assert cast.clerk.name in page
    type(file.current).objects.filter(pk=file.current_id).update(system_name="旧税務システム")
    assert "様式の記載　旧税務システム" in text(cast.manager, url)
    assert at("link", file.pk) in text(cast.officer, url)
    for who in ("chief", "department_manager"):
        assert at("link", file.pk) not in text(cast.people[who], url)
        assert link.system.get_absolute_url() in text(cast.people[who], url)
    assert link.system.get_absolute_url() not in text(cast.clerk, url)


def test_a_system_of_the_name_on_the_form_is_offered_and_not_taken_by_itself(cast):
    file = ledger_steps.held(cast)
    type(file.current).objects.filter(pk=file.current_id).update(system_name="税務 システム")
    system = making.registered(cast)
    page = text(cast.officer, at("link", file.pk))
    assert 'value="税務システム"' in page
    assert not SystemFile.objects.exists()
    data = {"system": "税務システム", "valid_from": wareki(today())}
    for _ in range(2):
        send(cast.officer, at("link", file.pk), data)
    assert SystemFile.objects.get().system == system
    kept = send(cast.officer, at("link", file.pk), {**data, "system": "どこにもない名"}, 422)
    assert "あてはまる、使用中の情報システムはありません" in kept


def test_a_system_is_picked_by_name_or_unit_and_only_while_in_use(cast):
    system = making.registered(cast)
    client = browser(cast.neighbour)
    for q in ("税務シ", "税務課"):
        assert [row["text"] for row in client.get(at("pick"), {"q": q}).json()["rows"]] == ["税務システム"]
    assert client.get(at("pick"), {"q": ""}).json()["rows"] == []
    workflow.retire_system(system.pk, last_day=day(-1), reason="移行", actor=cast.officer)
    assert client.get(at("pick"), {"q": "税務"}).json()["rows"] == []


def test_the_end_of_a_link_an_administrator_and_a_system_is_written_from_their_pages(cast):
    link = making.linked(cast)
    data = {"last_day": wareki(today()), "reason": "移した"}
    send(cast.officer, at("unlink", link.pk), data)
    send(cast.officer, at("end-administrator", link.system_id), data)
    send(
        cast.officer, at("edit", link.system_id), {"name": "税", "purpose": "賦課", "valid_from": "R6.4.1", "stamp": 0}
    )
    send(cast.officer, at("retire", link.system_id), data | {"stamp": 1})
    system = InformationSystem.objects.get()
    assert (system.name, system.valid_to) == ("税", today())
    assert SystemFile.objects.get().valid_to == SystemAdministrator.objects.get().valid_to == today()


@pytest.mark.parametrize("who", ["manager", "clerk", "chief", "disclosure_staff", "department_manager"])
def test_every_page_takes_at_most_twelve_queries(cast, who, django_assert_max_num_queries):
    link = making.linked(cast)
    for n in range(4):
        making.linked(cast, link.system, ledger_steps.held(cast, name=f"台帳{n}"))
    making.agreed(cast, "accounts", link)
    making.proposed(cast, topic="logs", link=link)
    client = browser(cast.people[who])
    urls = [
        at("list"),
        at("list") + "?tab=short",
        link.system.get_absolute_url(),
        at("pair", link.system_id, cast.tax.pk),
    ]
    if who not in {"disclosure_staff"}:
        urls.append(SystemAgreement.objects.get(topic="logs").get_absolute_url())
    if who == "manager":
        urls += [
            reverse("files:detail", args=[link.file_id]),
            at("link", link.file_id),
            at("name-administrator", link.system_id),
        ]
    for url in urls:
        client.get(url)
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200, url
