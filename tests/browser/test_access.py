"""A right is asked for, given narrower, and taken away under the hand of whoever uses it (第11条)."""

import re

from tests.browser.journey import act, in_words, open_file, write

FILE, PURPOSE = "課税台帳（特別区民税・都民税）", "公開請求の対象の確認（鍵盤どおり）"


def test_a_right_is_given_narrower_and_taken_away_between_page_and_click(visit):
    clerk = open_file(visit, "joho-tanto", FILE).press("アクセス権を申請する")
    clerk.page.get_by_label(re.compile("^出力")).check()
    write(clerk, purpose=PURPOSE, ends_on=in_words(-1))
    clerk.press("申請する").sees("以後の日にしてください。")
    write(clerk, ends_on=in_words(30))
    clerk.press("申請する").sees("申請しました。")

    manager = visit("zeimu-kacho").go("/access/")
    manager.page.get_by_role("row", name=re.compile(re.escape(PURPOSE))).get_by_role("link").first.click()
    manager.page.get_by_label(re.compile("^出力")).uncheck()
    act(manager, "許可する").sees("申請より少なく許可する理由を書いてください。")
    act(manager, "許可する", note="画面で見れば足りるため").sees("許可しました。")
    assert manager.axe() == []

    clerk = open_file(visit, "joho-tanto", FILE).press("取扱台帳を開く")
    write(clerk, purpose=PURPOSE)
    act(manager, "取り消す", reveal="取り消す", note="請求が取り下げられたため").sees("取り消しました。")
    clerk.press("記録して開く").sees("このファイルのアクセス権がありません。")
