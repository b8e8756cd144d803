"""What leaves the house: allowed, looked at by two, brought back; and a mistake put right (第12–14条)."""

import re

import pytest

from tests.browser.journey import act, in_words, select, write

TAX, SCHOOL = "課税台帳（特別区民税・都民税）", "保護者連絡先名簿（豊玉小学校）"
MISTAKE = "鍵盤どおりに入れた電話番号が、1行ずれている"


def begin(visit, username, label, file=TAX):
    """From the desk to the form for one file."""
    visitor = visit(username).go("/handling/new/")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("row", name=re.compile(re.escape(file))).get_by_role("link", name=label).click()
    return visitor


def fill(visitor, kind, **texts):
    """A request of a kind, as far as every kind asks for the same."""
    page = visitor.page
    page.locator(f"[name=act][value={kind}]").check()
    visitor.press("下書きを作る")
    page.locator("[name=items]").first.check()
    page.locator("[name=encryption]").first.check()
    select(visitor, medium="USBメモリー")
    write(visitor, persons="１２０", begins_on=in_words(0), ends_on=in_words(3), reason="現地調査のため", **texts)
    return visitor


@pytest.fixture(scope="module")
def record():
    """Where the request of the first chapter stands."""
    return {}


def test_1_a_sending_is_asked_for_asked_back_and_allowed_with_an_instruction(visit, record):
    clerk = fill(begin(visit, "zeimu-shokuin1", "複製・送信・持出しを申請する"), "send_out", recipient="東京都")
    write(clerk, return_due_on=in_words(-1))
    clerk.press("許可を求める").sees("送る方法を選んでください。").sees("初日以後の日付を書いてください。")
    assert clerk.page.input_value("[name=persons]") == "１２０"
    clerk.page.get_by_label("郵送・交換便").check()
    write(clerk, return_due_on=in_words(5))
    clerk.press("許可を求める").sees("許可を求めました。")
    record["page"] = clerk.page.url.removeprefix(clerk.site)
    manager = visit("zeimu-kacho").go(record["page"])
    act(manager, "許可しない").sees("許可しない理由を書いてください。")
    act(manager, "確認を求める", note="送り先の課の名を書いてください。").sees("確認を求めました。")
    clerk.go("/").sees("申請への確認に答える").go(record["page"]).press("記入を続ける")
    write(clerk, recipient="東京都主税局課税部")
    clerk.press("許可を求める")
    act(manager.go(record["page"]), "許可する", note="封筒を二重にすること。").sees("許可しました。")


def test_2_two_people_look_before_it_goes_and_one_in_two_windows_is_one(visit, record):
    clerk, window = visit("zeimu-shokuin1").go(record["page"]), visit("zeimu-shokuin1")
    clerk.sees("封筒を二重にすること。").press("送る前の確認をする")
    clerk.press("確かめて、二人目に頼む").sees("すべて確かめて").sees("二人目の確認を頼む人を選んでください。")
    for box in clerk.page.locator("[name=ticked]").all():
        box.check()
    select(clerk, asked_of="試川 四郎")
    clerk.press("確かめて、二人目に頼む").sees("二人目に頼みました。").press("確認のページを開く")
    check = clerk.page.url.removeprefix(clerk.site)
    window.go(check).sees("二人目の確認をすることができるのは")
    assert window.page.get_by_role("button", name="二人目として確かめた").count() == 0
    second = visit("zeimu-shokuin2").go(check)
    second.press("二人目として確かめた").sees("すべて確かめて")
    for box in second.page.locator("[name=ticked]").all():
        box.check()
    second.press("二人目として確かめた").sees("二人目の確認をしました。")
    assert second.axe() == []


def test_3_it_is_done_brought_back_and_closed(visit, record):
    clerk = visit("zeimu-shokuin1").go(record["page"])
    act(clerk, "実施を記録する", done_on=in_words(1)).sees("きょうまでの日付を書いてください。")
    act(clerk, "実施を記録する", done_on=in_words(0)).sees("実施を記録しました。")
    act(clerk, "返却・消去を記録する").sees("だれと、どのように確かめたかを書いてください。")
    clerk.page.locator("[name=return_kind]").first.check()
    act(clerk, "返却・消去を記録する", return_evidence="係長と二人で見た。").sees("返却・消去を記録しました。")
    manager = visit("zeimu-kacho").sees("返却・消去の確認").go(record["page"])
    act(manager, "手続を終える").sees("手続を終えました。")
    assert manager.page.get_by_role("button", name="手続を終える").count() == 0


def test_a_principals_own_request_steps_up_and_is_refused_there_or_taken_back(visit):
    principal = fill(
        begin(visit, "toyotama-kocho", "複製・送信・持出しを申請する", SCHOOL), "take_out", place="石神井庁舎"
    )
    write(principal, return_due_on=in_words(4))
    principal.press("許可を求める").sees("申し出た人と決める人を分けるため、総括保護管理者が行います。")
    request = principal.page.url.removeprefix(principal.site)
    chief = visit("soukatsu").go(request)
    act(principal, "取り下げる", reveal="取り下げる").sees("申請を取り下げました。")
    act(chief, "許可しない", note="画面で見れば足りるため").sees("取下げ")
    assert "不許可" not in chief.go(request).page.inner_text("main")


def test_a_mistake_is_found_instructed_put_right_and_looked_at_by_another(visit):
    finder = begin(visit, "zeimu-shokuin2", "誤りを知らせる")
    finder.press("保護責任者に知らせる").sees("つぎの所を直してください")
    finder.page.locator("[name=items]").first.check()
    write(finder, description=MISTAKE, persons="３")
    finder.press("保護責任者に知らせる").sees(MISTAKE)
    mistake = finder.page.url.removeprefix(finder.site)
    manager = visit("zeimu-kacho").go(mistake)
    act(manager, "訂正を指示する", instruction="申請書と照らして直すこと。", due_on=in_words(7)).sees("訂正の指示")
    finder.go(mistake)
    act(finder, "訂正を記録する").sees("訂正のしかたと、根拠とした資料を書いてください。")
    act(finder, "訂正を記録する", done_note="申請書の原本と照らして入れ直した。").sees("訂正")
    assert finder.page.get_by_role("button", name="訂正を確かめた").count() == 0, "another looks at it"
    assert finder.axe() == []
    manager.go(mistake).press("訂正を確かめた").sees("確認済み")
