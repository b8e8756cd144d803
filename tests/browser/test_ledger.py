"""A line of a ledger is written, and written again, with the keyboard alone: by a grant and by a seat, wide and narrow.

What the keyboard comes to can be seen: it shows the focus, and no row of buttons lies over it.
"""

import re

import pytest

from tests.browser.journey import write

LEDGER = "課税台帳（特別区民税・都民税）"
WORDS = {
    "purpose": "鍵盤だけで書いた記録",
    "scope": "令和８年度分",
    "persons": "１２０",
    "place": "税務課 書庫",
    "method": "端末で見た",
    "witness": "例田 次郎",
}
# name or words of what has the focus, whether that can be seen, whether the row of buttons at the foot covers it
FOCUS = """() => {
  const e = document.activeElement, bar = document.querySelector('.buttons.stay');
  const box = (e.closest('.choice') ?? e).getBoundingClientRect();
  const seen = getComputedStyle(e.closest('.choice') ?? e).outlineStyle !== 'none';
  const covered = bar && !bar.contains(e) && box.bottom > bar.getBoundingClientRect().top + 1;
  const says = !e.matches('a, button, summary') ? '' : e.getAttribute('aria-label') || e.textContent.trim();
  return {name: e.name || '', says, seen, covered: Boolean(covered)};
}"""


class Keys:
    """Somebody who has no mouse. Counts what is pressed, but for what is typed into a field."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, key):
        self.page.keyboard.press(key)
        self.pressed += 1

    def tab_to(self, wanted, most=60):
        """Until something of that name, or that says so, has the focus."""
        for _ in range(most):
            focus = self.page.evaluate(FOCUS)
            if focus["name"] == wanted or re.search(wanted, focus["says"]):
                assert focus["seen"], f"nothing shows that {wanted} has the focus"
                assert not focus["covered"], f"{wanted} lies behind the buttons at the foot"
                return
            self.press("Tab")
        raise AssertionError(f"the keyboard does not reach {wanted}")

    def enter(self):
        with self.page.expect_navigation():
            self.press("Enter")

    def come_to_the_list(self):
        """Past the menu, by the first link of the page."""
        self.press("Tab")
        self.press("Enter")


@pytest.mark.parametrize(("who", "width"), [("zeimu-shokuin1", 1360), ("zeimu-tanto2", 390)])
def test_a_line_is_written_and_repeated_with_the_keyboard_alone(visit, who, width):
    visitor = visit(who, width).go("/ledgers/")
    page, keys = visitor.page, Keys(visitor.page)
    keys.come_to_the_list()
    keys.tab_to(f"{LEDGER}の台帳に記録する")
    keys.enter()
    say_what_for(page, keys)
    keys.tab_to("kind")
    keys.press(" ")
    for name, words in WORDS.items():
        keys.tab_to(name)
        page.keyboard.type(words)
        if name == "persons":
            keys.tab_to("medium")
            keys.press("ArrowDown")
    assert keys.pressed <= 30, f"{keys.pressed} keys for a line, besides its words"
    keys.enter()
    visitor.sees("台帳に記録しました。").sees(WORDS["purpose"])

    again = Keys(visitor.go("/ledgers/").page)
    again.come_to_the_list()
    again.tab_to("前回と同じ")
    again.enter()
    assert page.input_value("[name=purpose]") == WORDS["purpose"]
    assert page.evaluate(FOCUS)["says"] == "記録する", "one more key is enough"
    again.enter()
    visitor.sees("台帳に記録しました。")
    assert page.get_by_text(WORDS["purpose"]).count() >= 2
    assert again.pressed <= 14, f"{again.pressed} keys to repeat a line"
    assert visitor.axe() == []


def say_what_for(page, keys):
    """The purpose, where the file is opened for the first time in an hour: the field has the focus already."""
    if "/open/" in page.url:
        assert page.evaluate(FOCUS)["name"] == "purpose"
        page.keyboard.type("申告内容の照会への回答")
        keys.tab_to("記録して開く")
        keys.enter()


def test_what_is_missing_is_reached_from_the_top_and_nothing_typed_is_lost(visit):
    visitor = visit("zeimu-shokuin1").go("/ledgers/?tab=write")
    page, keys = visitor.page, Keys(visitor.page)
    keys.come_to_the_list()
    keys.tab_to(f"{LEDGER}の台帳に記録する")
    keys.enter()
    say_what_for(page, keys)
    keys.tab_to("kind")
    keys.press(" ")
    keys.tab_to("purpose")
    page.keyboard.type(WORDS["purpose"])
    keys.enter()
    visitor.sees("つぎの所を直してください")
    assert page.input_value("[name=purpose]") == WORDS["purpose"]
    wrong = page.locator("main [aria-invalid=true]")
    assert wrong.count() >= 1
    page.locator(".error-summary a, [role=alert] a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"


def test_ledgers_of_a_unit_are_taken_out_from_its_page_twice(visit):
    visitor = visit("zeimu-tanto1").go("/ledgers/").press("区民部 税務課")
    page = visitor.page
    for _ in range(2):
        if page.locator("main [name=purpose]").count():
            page.locator("main [name=purpose]").fill("年度の点検")
        page.get_by_label("CSV", exact=True).check()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="記録して出力する").click()
        assert waiting.value.suggested_filename.startswith("取扱台帳_")
    assert visitor.axe() == []


def test_lines_of_one_afternoon_are_written_in_a_row_with_few_keys(visit):
    visitor = visit("zeimu-tanto2", 390).go("/ledgers/").press(f"{LEDGER}の台帳に記録する")
    page = visitor.page
    say_what_for(page, Keys(page))
    page.locator("[name=kind]").first.check()
    for name, words in WORDS.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=medium]").select_option(index=1)
    with page.expect_navigation():
        page.get_by_role("button", name="記録して続ける").click()
    for place in ("豊玉地区", "桜台地区"):
        visitor.sees("台帳に記録しました。")
        assert page.evaluate(FOCUS)["name"] == "scope", "what differs is where one goes on"
        assert page.input_value("[name=purpose]") == WORDS["purpose"]
        keys = Keys(page)
        page.keyboard.type(place)
        keys.tab_to("persons")
        page.keyboard.type("３")
        keys.tab_to("again")
        assert keys.pressed <= 9, f"{keys.pressed} keys for the next line, besides its words"
        keys.enter()
    visitor.go("/ledgers/").press(LEDGER).sees("桜台地区").sees("豊玉地区")


def test_a_table_says_every_wrong_cell_and_then_comes_in_whole(visit):
    officer = visit("zeimu-tanto1").go("/ledgers/").press(LEDGER)
    say_what_for(officer.page, Keys(officer.page))
    officer.press("Excel から取り込む").press("読み込んで確かめる").sees("取り込むファイルを選んでください。")
    good = "F-00002,令和８年１１月２０日,利用,表からの記録,相談者,４１,情報システム,窓口,画面のみ,例田 次郎,試川 三津子"
    wrong = good.replace("利用", "利用する").replace("４１", "千人")
    bring(officer, good, wrong).sees("2か所を直してください。").sees("C3").sees("F3").sees("2行")
    officer.press("直したファイルを読み込ませる")
    bring(officer, good).sees("まだ取り込んでいません").press("すべて取り込む")
    officer.page.get_by_role("link", name="取り込んだものを見る").wait_for()
    officer.press("取り込んだものを見る").press(LEDGER).sees("表からの記録")


def bring(visitor, *lines):
    """Send a table, and wait until it has been looked through."""
    head = "ファイル,行った日,取扱い,目的・事務,対象の範囲,件数,媒体,場所,方法・安全の措置,確かめた人,行った人"
    content = "\n".join([head, *lines]).encode("cp932")
    visitor.page.set_input_files("[type=file]", {"name": "台帳.csv", "mimeType": "text/csv", "buffer": content})
    visitor.page.locator("[name=reason]").fill("紙の台帳の移し替え")
    visitor.press("読み込んで確かめる")
    visitor.page.get_by_text("誤りがあります").or_(visitor.page.get_by_text("確認ずみ")).first.wait_for()
    return visitor


def test_what_is_due_is_disposed_of_together_with_one_certificate(visit):
    officer = visit("zeimu-tanto1").go("/ledgers/").press("保存期間が満了する媒体")
    officer.press("税務課の媒体をまとめて処分する")
    page = officer.page
    page.locator("[name=medium]").first.check()
    write(officer, counted="２", witness="例田 次郎")
    page.get_by_label("裁断").check()
    officer.press("処分を記録する").sees("選んだ媒体は1件です。")
    write(officer, counted="１")
    officer.press("処分を記録する").sees("処分をまとめて記録しました。")
    paper = page.get_by_role("link", name="媒体処分証明書（PDF）").get_attribute("href")
    assert officer.context.request.get(officer.site + paper).body().startswith(b"%PDF")
    assert officer.axe() == []
