"""The pages of ledgers, as those who write and those who only know of the file meet them (第15条・第17条)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from files_registry.catalogue.gates import _gates
from files_registry.catalogue.policies import visible_to
from files_registry.catalogue.rights import Right, files_for
from files_registry.ledgers.models import LedgerEntry, StoredMedium, Verification
from files_registry.ledgers.policies import within
from nerima_privacy.calendars.periods import today
from tests.files_registry import ledger_steps as steps

pytestmark = [pytest.mark.article("15-1"), pytest.mark.article("17-1")]
LINE = {"kind": "copied", "on": "令和8年11月20日", "done_by": "例田", **steps.COPY, "persons": "１２０件"}


def come_in(client, person):
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")


def address(name, *arguments):
    return reverse(f"ledgers:{name}", args=arguments)


def text(response):
    return response.content.decode()


@pytest.fixture
def file(cast, client):
    come_in(client, cast.officer)
    return steps.opened(steps.held_since(cast, 400), cast.officer)


def test_a_line_is_written_in_three_steps_and_repeated_in_two(cast, client, file):
    page = text(client.get(address("write", file.pk)))
    assert 'name="kind"' in page
    response = client.post(address("write", file.pk), LINE)
    assert response.url == address("detail", file.pk)
    entry = LedgerEntry.objects.get()
    assert (entry.persons, entry.on.isoformat(), entry.purpose) == (120, "2026-11-20", "当初課税の準備")
    ledger = text(client.get(address("detail", file.pk)))
    assert f"?repeat={entry.pk}" in ledger
    again = client.get(f"{address('write', file.pk)}?repeat={entry.pk}").context["form"].initial
    assert (again["purpose"], again["kind"], again["on"]) == ("当初課税の準備", "copied", today())


def test_the_next_of_several_in_a_row_begins_with_what_they_share(client, file):
    sent = client.post(address("write", file.pk), LINE | {"again": "1"})
    entry = LedgerEntry.objects.get()
    assert sent.url == f"{address('write', file.pk)}?after={entry.pk}"
    begun = client.get(sent.url).context["form"].initial
    assert (begun["kind"], begun["on"], begun["purpose"]) == (entry.kind, entry.on, entry.purpose)
    assert not {"scope", "persons", "remarks"} & set(begun)
    assert client.get(f"{address('write', file.pk)}?after=0").context["form"].initial["on"] == today()


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_is_kept(client, file):
    response = client.post(address("write", file.pk), LINE | {"purpose": "", "place": "第3書庫"})
    assert response.status_code == 422
    page = text(response)
    assert "目的・事務を書いてください（自治体機密性3Bでは必ず書きます）。" in page
    assert "第3書庫" in page
    assert not LedgerEntry.objects.exists()


def test_no_page_asks_for_names_of_residents(client, file):
    for name in ("write", "bulk", "verify", "register-medium"):
        assert "個人が分かることは書かないでください" in text(client.get(address(name, file.pk)))


def test_a_double_click_writes_one_line(client, file):
    token = client.get(address("write", file.pk)).context["form"].initial["token"]
    for expected in (302, 422):
        assert client.post(address("write", file.pk), LINE | {"token": token}).status_code == expected
    assert LedgerEntry.objects.count() == 1


def test_a_correction_shows_both_lines_with_links(cast, client, file):
    old = steps.wrote(cast, file)
    data = LINE | {"persons": "21", "reason": "写しまちがい"}
    assert client.post(address("correct", file.pk, old.pk), data | {"reason": ""}).status_code == 422
    assert client.post(address("correct", file.pk, old.pk), data).status_code == 302
    new = LedgerEntry.objects.get(corrects=old)
    page = text(client.get(address("detail", file.pk)))
    assert f"記録{new.pk}で訂正済み" in page
    assert f"記録{old.pk}を訂正" in page
    assert page.count("<s>") == 1
    assert "訂正されました" in text(client.get(address("entry", file.pk, old.pk)))
    refused = client.post(address("correct", file.pk, old.pk), data)
    assert refused.status_code == 422
    assert "訂正しました" in text(refused)


def test_a_line_is_taken_back_without_filling_the_rest(cast, client, file):
    old = steps.wrote(cast, file)
    data = {"reason": "別の台帳", "voids": "on"}
    assert client.post(address("correct", file.pk, old.pk), data).status_code == 302
    assert LedgerEntry.objects.get(corrects=old).voids


def test_rows_are_written_together_and_empty_ones_left_out(cast, client, file):
    rows = {"rows": "5", "token": "t"}
    for place in (0, 3):
        rows |= {f"row-{place}-{name}": value for name, value in LINE.items()}
    for place in (1, 2, 4):
        rows |= {f"row-{place}-on": "令和8年11月20日", f"row-{place}-done_by": "例田"}
    wrong = client.post(address("bulk", file.pk), rows | {"row-3-purpose": "", "row-3-place": "第3書庫"})
    assert wrong.status_code == 422
    assert "4行目を直してください" in text(wrong)
    assert "第3書庫" in text(wrong)
    assert not LedgerEntry.objects.exists()
    assert client.post(address("bulk", file.pk), rows).status_code == 302
    assert LedgerEntry.objects.count() == 2


def test_more_rows_keep_what_was_typed(client, file):
    rows = {"rows": "5", "row-0-purpose": "途中", "more": "1"}
    response = client.post(address("bulk", file.pk), rows)
    assert response.status_code == 200
    assert "途中" in text(response)
    assert len(response.context["sheet"].forms) == 10
    nothing = client.post(address("bulk", file.pk), {"rows": "x"})
    assert "1行以上" in text(nothing)


def test_the_filter_takes_kind_year_and_words(cast, client, file):
    steps.wrote(cast, file, purpose="ＡＢＣの印刷")
    steps.wrote(cast, file, kind="used", on=today() - timedelta(days=380))
    for query, count in (("q=abc", 1), ("kind=used", 1), ("year=2026", 1), ("year=2025&kind=used", 1), ("year=x", 2)):
        assert client.get(f"{address('detail', file.pk)}?{query}").context["page"].paginator.count == count, query
    assert "条件にあう記録はありません" in text(client.get(f"{address('detail', file.pk)}?q=ない"))


def test_a_verification_is_written_corrected_and_shown(cast, client, file):
    data = steps.VERIFIED | {"on": "R8.11.20", "errors_found": "3"}
    refused = client.post(address("verify", file.pk), data)
    assert refused.status_code == 422
    assert "どう対応したか" in text(refused)
    wrong = client.post(address("verify", file.pk), data | {"errors_found": "101", "remedy": "直した"})
    assert "errors_found" in wrong.context["form"].errors
    assert client.post(address("verify", file.pk), data | {"remedy": "直した"}).status_code == 302
    done = Verification.objects.get()
    assert "誤り3件" in text(client.get(address("verifications", file.pk)))
    again = data | {"errors_found": "0", "reason": "数えまちがい"}
    assert client.post(address("correct-verification", file.pk, done.pk), again).status_code == 302
    assert "訂正されました" in text(client.get(address("verification", file.pk, done.pk)))


def test_a_medium_goes_its_way_through_the_pages(cast, client, file):
    data = steps.medium_data(cast, responsible=cast.officer.pk) | {"stored_on": "R7.11.20", "completed_on": "R7.12.1"}
    assert client.post(address("register-medium", file.pk), data | {"place": ""}).status_code == 422
    data |= {"stored_on": (today() - timedelta(days=300)).isoformat(), "completed_on": "2026-01-10", "retention": "1"}
    assert client.post(address("register-medium", file.pk), data).status_code == 302
    medium = StoredMedium.objects.get()
    assert "まもなく満了" not in text(client.get(address("media", file.pk)))
    moved = {"place": "別館", "lock": "room", "responsible": cast.manager.pk, "on": "2026-11-01", "stamp": "0"}
    assert client.post(address("move-medium", file.pk, medium.pk), moved).status_code == 302
    stale = client.post(address("move-medium", file.pk, medium.pk), moved)
    assert "変わりました" in text(stale)
    kept = {"completed_on": "2025-03-31", "retention": "1", "stamp": "1"}
    assert client.post(address("complete-medium", file.pk, medium.pk), kept).status_code == 302
    due, together = text(client.get(address("due"))), address("dispose-many", cast.tax.code)
    assert "処分の時期" in due
    assert f'href="{together}?past=on"' in due
    steps.grant(cast, file, "clerk", Right.OPEN, Right.ENTER)
    come_in(client, cast.clerk)
    due = text(client.get(address("due")))
    assert "処分の時期" in due
    assert together not in due, "who may not dispose is led to no disposal"
    come_in(client, cast.officer)
    end = {"on": "2026-11-20", "way": "shred", "disposed_by": "甲", "witness": "乙", "stamp": "2"}
    assert client.post(address("dispose-medium", file.pk, medium.pk), end | {"witness": ""}).status_code == 422
    assert client.post(address("dispose-medium", file.pk, medium.pk), end).status_code == 302
    assert "乙" in text(client.get(address("medium", file.pk, medium.pk)))
    assert "申告書綴り" in text(client.get(f"{address('media', file.pk)}?tab=disposed"))


def test_the_list_holds_the_files_one_may_open_or_write_of(cast, client, file):
    steps.held(cast, name="軽自動車税台帳")
    assert "記録が途切れています" in text(client.get(address("list")))
    come_in(client, cast.clerk)
    assert "開ける台帳はありません" in text(client.get(address("list")))
    assert "記録できる台帳はありません" in text(client.get(address("list"), {"tab": "write"}))
    steps.grant(cast, file, "clerk")
    page = client.get(address("list"))
    assert [row["file"] for row in page.context["rows"]] == [file]
    assert client.get(address("list"), {"q": "ない"}).context["rows"] == []
    steps.grant(cast, file, "second_clerk", Right.OPEN)
    come_in(client, cast.second_clerk)
    assert client.get(address("list"), {"tab": "write"}).context["rows"] == []
    assert [row["file"] for row in client.get(address("list")).context["rows"]] == [file]


def test_reading_lets_nobody_write_and_writing_lets_nobody_take_out(cast, client, file):
    entry = steps.wrote(cast, file)
    steps.grant(cast, file, "clerk", Right.OPEN)
    steps.opened(file, cast.clerk)
    come_in(client, cast.clerk)
    page = text(client.get(address("detail", file.pk)))
    assert "記録する</a>" not in page
    assert "export.xlsx" not in page
    for name in ("write", "bulk", "export.xlsx", "export.csv", "ledger.pdf", "verify", "register-medium"):
        assert client.get(address(name, file.pk)).status_code == 403, name
    assert client.get(address("correct", file.pk, entry.pk)).status_code == 403
    steps.grant(cast, file, "clerk", Right.OUTPUT)
    assert client.get(address("export.csv", file.pk)).status_code == 200


def test_a_line_of_another_file_is_not_found_under_this_one(cast, client, file):
    other = steps.wrote(cast, steps.held(cast, name="別の台帳"))
    for name in ("entry", "correct"):
        assert client.get(address(name, file.pk, other.pk)).status_code == 404


@pytest.mark.parametrize("name", ["detail", "write", "bulk", "export.csv", "verifications", "verify", "media"])
def test_the_gate_is_asked_before_the_right(cast, client, file, name):
    from django.http import HttpResponse

    asked = []

    def gate(request, held, right):
        asked.append((held, right))
        return HttpResponse("利用の目的を書いてください。")

    _gates.append(gate)
    try:
        come_in(client, cast.clerk)
        assert "利用の目的" in text(client.get(address(name, file.pk)))
    finally:
        _gates.remove(gate)
    assert [held for held, _ in asked] == [file]


def test_the_page_of_the_file_leads_to_its_ledger(cast, client, file):
    assert address("detail", file.pk) in text(client.get(file.get_absolute_url()))
    come_in(client, cast.chief)
    page = text(client.get(file.get_absolute_url()))
    assert address("detail", file.pk) not in page
    assert "閲覧の許可を受けた人です" in page


@pytest.mark.parametrize("right", Right)
def test_whoever_has_a_right_over_a_file_may_know_of_it_so_that_lists_ask_for_the_right_alone(cast, right):
    file = steps.held(cast)
    given = [cast.clerk, cast.dispatched, cast.neighbour, cast.disclosure_manager, cast.chief]
    for person in given:
        posting = person.postings.first()
        steps.grant(cast, file, person, Right.OPEN, right, unit=posting.unit if posting else cast.tax)
    for person in cast.people.values():
        asked = visible_to(person).filter(pk__in=files_for(person, right).values("pk"))
        assert set(within(person, right)) == set(asked), person
    assert file in within(cast.clerk, right)
    assert file in within(cast.neighbour, right)
