"""A file travels from a section's desk to the public book, changes, and leaves it, as each post, by clicking."""

import json

import pytest

from tests.browser.journey import (
    CHOICES,
    FILING,
    LISTS,
    NAME,
    TEXTS,
    act,
    at_the_desk,
    choose,
    decide_and_notify,
    in_words,
    judge_and_publish,
    open_file,
    publish,
    select,
    write,
)

FOCUS = "getComputedStyle(document.activeElement.closest('.choice') ?? document.activeElement).outlineStyle"


@pytest.fixture(scope="module")
def book():
    """What the chapters hand on to one another: the numbers of the editions."""
    return {}


def test_1_the_officer_writes_every_cell_and_a_wrong_date_keeps_what_was_typed(visit):
    officer = visit("zeimu-tanto1").go("/filings/").press("新しいファイルの保有を届け出る").press("下書きを作る")
    write(officer, **TEXTS, planned_on="令和９９年２月３０日")
    choose(officer, **CHOICES)
    select(officer, **LISTS)
    officer.press("保護責任者に確認を求める").sees("つぎの所を直してください")
    wrong = officer.page.locator("[data-wrong]")
    assert wrong.count() == 1
    assert "予定日" in wrong.inner_text()
    for name, text in {**TEXTS, "planned_on": "令和９９年２月３０日"}.items():
        assert officer.page.locator(f"main [name='{name}']").input_value() == text
    assert officer.axe() == []
    write(officer, planned_on=in_words(30))
    officer.press("保護責任者に確認を求める").sees("保護責任者に確認を求めました。").sees("1氏名、2住所、3電話番号")


def test_2_the_manager_sends_it_back_and_the_officer_mends_it(visit):
    with at_the_desk(visit, "zeimu-kacho", FILING) as manager:
        act(manager, "差し戻す").sees("差し戻すときは、直してほしい所を書いてください。")
        act(manager, "差し戻す", note="備考に、目録のありかを書いてください。").sees("差し戻しました。")
    with at_the_desk(visit, "zeimu-tanto1", FILING) as officer:
        officer.sees("備考に、目録のありかを書いてください。").press("記入を直す")
        write(officer, remarks="目録は光が丘図書館で公表している。")
        officer.press("保護責任者に確認を求める").sees("保護責任者に確認を求めました。")


def test_3_the_manager_files_it_and_disclosure_asks_for_a_correction(visit):
    with at_the_desk(visit, "zeimu-kacho", FILING) as manager:
        act(manager, "確認して届け出る").sees("情報公開課長に届け出ました。").sees("届出番号")
    with at_the_desk(visit, "joho-shokuin", FILING) as staff:
        staff.sees("検討の結果を記録することができるのは")
        act(staff, "補正を求める", reveal="補正を求める", reason="5欄に受領日を加えてください。").sees(
            "補正を求めました。"
        )
    with at_the_desk(visit, "zeimu-tanto1", FILING) as officer:
        officer.sees("5欄に受領日を加えてください。").press("記入を直す")
        write(officer, items=TEXTS["items"] + "\n受領日")
        officer.press("保護責任者に確認を求める")
    with at_the_desk(visit, "zeimu-kacho", FILING) as manager:
        act(manager, "確認して届け出る").sees("5受領日")


def test_4_the_chief_proposes_records_the_opinion_and_notifies_and_the_unit_begins(visit):
    with at_the_desk(visit, "joho-kacho", FILING) as chief:
        act(chief, "検討の結果を記録する").sees("発議するか、しないかを選んでください。")
        choose(chief, propose="発議する")
        act(chief, "検討の結果を記録する", reason="区の外へ経常的に提供するため。").sees("運営委員会の意見")
        choose(chief, result="条件・意見を付す")
        opinion = {"council_on": in_words(0), "outcome": "妥当である。", "result_text": "提供先と協定を結ぶこと。"}
        act(chief, "運営委員会の意見を記録する", **opinion).sees("運営委員会の意見を記録しました。")
        act(chief, "結果を通知する").sees("結果を通知しました。")
        download(chief, "検討結果通知書（PDF）", b"%PDF")
    with at_the_desk(visit, "zeimu-tanto1", FILING) as officer:
        officer.sees("提供先と協定を結ぶこと。")
        act(officer, "保有を開始する").sees("ファイルの保有を開始しました。")


def test_5_it_is_published_and_anybody_finds_it_by_two_characters(visit, book):
    book["first"] = judge_and_publish(visit, "税務課の1ファイルを加えました。")
    visitor = visit(None).go("/register/")
    visitor.page.get_by_label("ことばでさがす").fill("髙橋")
    visitor.press("さがす").press(NAME).sees("1氏名、2住所").sees("公益財団法人 髙橋文庫")
    assert visitor.axe() == []
    assert "1,200" not in visitor.page.content(), "the number of persons is internal"
    download(visitor, "単票（PDF）", b"%PDF")
    download(visitor, "単票（Excel）", b"PK")
    visitor.go("/register/")
    assert NAME in download(visitor, "全件のCSV").decode("utf-8-sig")
    assert NAME in json.dumps(json.loads(download(visitor, "全件のJSON")), ensure_ascii=False)


def test_6_a_change_is_shown_beside_what_was_before_and_in_the_next_edition(visit, book):
    officer = open_file(visit, "zeimu-tanto1").press("変更を届け出る")
    write(officer, items="氏名\n住所\n受領日\n髙額寄贈の別", planned_on=in_words(14))
    officer.press("保護責任者に確認を求める").sees("変わるのは1項目です。")
    with at_the_desk(visit, "zeimu-kacho", FILING) as manager:
        assert "電話番号" in manager.page.locator("main del").first.inner_text()
        assert "髙額寄贈の別" in " ".join(manager.page.locator("main ins").all_inner_texts())
        assert manager.axe() == []
        act(manager, "確認して届け出る").sees("情報公開課長に届け出ました。")
    decide_and_notify(visit, "項目を減らし、区分を1つ加えるだけのため。")
    with at_the_desk(visit, "zeimu-tanto1", FILING) as officer:
        act(officer, "変更を実施する").sees("変更を実施しました。")
    book["second"] = judge_and_publish(visit, "税務課の1ファイルの記録項目が変わりました。")
    assert book["second"] == book["first"] + 1
    visit(None).go(f"/register/editions/{book['second']}/changes/").sees(NAME).sees("髙額寄贈の別")


def test_7_a_file_that_has_ceased_leaves_the_next_edition_and_stays_in_those_before(visit, book):
    officer = open_file(visit, "zeimu-tanto1").press("廃止を届け出る")
    write(officer, planned_on=in_words(0))
    officer.press("保護責任者に確認を求める")
    with at_the_desk(visit, "zeimu-kacho", FILING) as manager:
        act(manager, "確認して届け出る").sees("届け出ました。")
    with at_the_desk(visit, "joho-shokuin", f"廃止の届出　{NAME}") as staff:
        act(staff, "受理する").sees("廃止の届出を受理しました。")
    with at_the_desk(visit, "zeimu-tanto1", NAME) as officer:
        officer.press("データの処分を記録する")
        choose(officer, kind="消去・廃棄")
        write(officer, on=in_words(0), note="担当2人で消去を確かめた。")
        act(officer, "記録する").sees("消去・廃棄")
    third = publish(visit, "税務課の1ファイルをなくしました。")
    visitor = visit(None).go("/register/?q=髙橋文庫").sees("見つかりませんでした。")
    visitor.go(f"/register/editions/{third}/changes/").sees(NAME)
    visitor.go(f"/register/editions/{book['second']}/?q=髙橋文庫").sees(NAME)


def test_a_draft_can_be_begun_written_and_sent_with_the_keyboard_alone(visit):
    page = visit("toyotama-fuku").go("/filings/new/").page

    def tab_to(name):
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()") == name:
                assert page.evaluate(FOCUS) != "none", f"nothing shows that {name} has the focus"
                return
        raise AssertionError(f"the keyboard does not reach {name}")

    tab_to("下書きを作る")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    tab_to("name")
    page.keyboard.type("鍵盤だけで書いた名簿")
    tab_to("sensitive")
    page.keyboard.press("ArrowDown")
    tab_to("save")
    page.keyboard.press("Enter")
    page.get_by_text("鍵盤だけで書いた名簿").first.wait_for()


def download(visitor, link, begins=b""):
    """Press the link; the bytes that come."""
    link = visitor.page.get_by_role("link", name=link, exact=True).first
    answer = visitor.context.request.get(visitor.site + link.get_attribute("href"))
    assert answer.ok
    assert answer.body().startswith(begins)
    return answer.body()
