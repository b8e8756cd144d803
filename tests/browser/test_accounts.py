"""An account list of a real system, from the menu to the last answer; the next one remembers what the columns mean."""

from io import BytesIO

from openpyxl import Workbook

from tests.browser.journey import choose, in_words, select, write

SYSTEM = "税務システム"
HEAD = ["利用者番号", "職員番号", "役割", "区分"]
ROWS = [
    ["TX01", "zeimu-shokuin1", "照会", "有効"],
    ["TX02", "zeimu-shokuin2", "全権", "有効"],
    ["TX03", "", "照会", "停止"],
]
COLUMNS = {"account": "利用者番号", "staff": "職員番号", "rights": "役割", "stopped": "区分"}


def bring(visitor, name, content):
    visitor.page.set_input_files("[type=file]", {"name": name, "mimeType": "text/csv", "buffer": content})
    return visitor.press("読み込んで列を選ぶ")


def book():
    made, rows = Workbook(), [HEAD, *ROWS]
    for row in rows:
        made.active.append(row)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def test_a_list_is_compared_answered_and_remembered(visit):
    officer = visit("zeimu-tanto1")
    officer.page.get_by_role("link", name="アカウントの突き合わせ").first.click()
    officer.press(SYSTEM).press("一覧を読み込ませる")
    write(officer, as_of=in_words(3))
    table = "\n".join(",".join(row) for row in [HEAD, *ROWS]).encode("cp932")
    bring(officer, "一覧.csv", table).sees("きょうまでの日にしてください。")
    write(officer, as_of=in_words(0))
    bring(officer, "一覧.csv", table).sees("見出しが前回と変わっています。")
    select(officer, **COLUMNS)
    officer.press("許可と照らす").sees("「全権」の意味を選んでください。").sees("「停止」")
    assert officer.page.get_by_role("radio", name="停止中").last.is_checked(), "as it meant the last time"
    officer.page.locator("fieldset", has_text="「全権」でできること").get_by_label("入力・更新").check()
    officer.press("許可と照らす").sees("まだ記録していません。")
    assert officer.axe() == []
    officer.press("記録する").sees("突き合わせを記録しました。").sees("TX02")
    answer_all(officer)

    officer.go("/accounts/").press(SYSTEM).press("一覧を読み込ませる")
    bring(officer, "一覧.xlsx", book()).sees("前回選んだ意味を入れてあります。")
    officer.press("許可と照らす").sees("まだ記録していません。").press("取りやめる").sees("取りやめました。")


def answer_all(officer):
    officer.press("答えを記録する").sees("なにをしたかを選んでください。")
    officer.page.get_by_label("このページの指摘すべてに、同じ答えをする").check()
    choose(officer, code="アカウントを停止した")
    officer.press("答えを記録する").sees("答えを記録しました。").sees("答え待ち　0")
