"""An audit from the plan to its end: who allows it, and what is open to the auditor for how long (第24条)."""

from tests.browser.journey import act, at_the_desk, in_words, write

TITLE = "鍵盤どおりに進める監査　戸籍住民課の窓口"
OWN = "総務部 経理用地課"


def test_an_audit_is_planned_approved_carried_out_and_ended(visit):
    officer = visit("kansa").go("/audits/").press("監査を計画する")
    page = officer.page
    write(officer, title=TITLE, purpose="窓口で扱う個人情報の管理の状況を確かめる。", matters="台帳の記載")
    write(officer, begins_on=in_words(0), ends_on=in_words(-1))
    for part, unit in (("区民部", "区民部 戸籍住民課"), ("総務部", OWN)):
        page.locator("summary", has_text=part).first.click()
        page.get_by_label(unit, exact=True).check()
    officer.press("案を保存する").sees("以後の日にしてください。").sees("本人の組織は、本人が監査できません")
    assert page.input_value("[name=title]") == TITLE
    assert officer.axe() == []
    write(officer, ends_on=in_words(30))
    page.get_by_label("これらの組織を監査から外す").check()
    officer.press("案を保存する").sees("案を保存しました。")
    assert OWN not in page.inner_text("main")
    officer.press("承認を求める").sees("承認を求めました。")

    with at_the_desk(visit, "soukatsu", TITLE) as chief:
        act(chief, "承認しない", reveal="承認しない").sees("理由を書いてください。")
        act(chief, "承認する", note="閉庁後に行うこと。").sees("承認しました。")

    with at_the_desk(visit, "kansa", TITLE) as officer:
        officer.sees("監査のファイル")
        file = officer.page.locator("main").get_by_role("link", name="取扱台帳").first.get_attribute("href")
        officer.go(file)
        write(officer, purpose="台帳の記載を確かめる")
        officer.press("記録して開く").sees("取扱台帳")
        officer.go("/audits/").press(TITLE)
        act(officer, "監査を終える", reveal="監査を終える", note="確かめ終えたため").sees("監査を終えました。")
        assert officer.page.goto(officer.site + file).status == 404
