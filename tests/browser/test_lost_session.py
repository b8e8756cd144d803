"""A session that is gone loses nothing typed into a long form, and shows it to nobody else."""

import pytest

from tests.browser.journey import CHOICES, LISTS, TEXTS, choose, select, write
from tests.browser.test_ledger import LEDGER

NAME = "失われないファイルの名簿"
LONG = {**TEXTS, "name": NAME, "remarks": "一行目\n二行目"}


def fill_long_form(visit):
    """The notification of a new file with every cell written and nothing saved; who wrote it, and the page."""
    visitor = visit("zeimu-tanto1").go("/filings/").press("新しいファイルの保有を届け出る").press("下書きを作る")
    write(visitor, **LONG)
    choose(visitor, **CHOICES)
    select(visitor, **LISTS)
    return visitor, visitor.page.url


def send_without_session(visitor, cookies):
    """Press the button of a page whose session is gone."""
    for cookie in cookies:
        visitor.context.clear_cookies(name=cookie)
    visitor.press("保護責任者に確認を求める")
    visitor.sees("同じ人がログインすると、続きから入力できます")
    assert NAME not in visitor.page.content()
    assert "written_by" not in visitor.page.url


def become(visitor, username):
    """Press a name on the login page that is open."""
    visitor.page.locator(f"button[value='{username}']").click()
    visitor.page.wait_for_url(lambda url: "/login" not in url)


@pytest.mark.parametrize("cookies", [["sessionid"], ["sessionid", "csrftoken"]])
def test_the_same_person_finds_everything_typed_and_sends_it(visit, cookies):
    visitor, page = fill_long_form(visit)
    send_without_session(visitor, cookies)
    become(visitor, "zeimu-tanto1")
    assert visitor.page.url == page
    visitor.sees("入力していた内容を戻しました。まだ保存されていません。")
    for name, text in LONG.items():
        assert visitor.page.locator(f"main [name='{name}']").first.input_value() == text
    for name, label in CHOICES.items():
        question = visitor.page.locator("fieldset", has=visitor.page.locator(f"[name='{name}']"))
        assert question.get_by_label(label, exact=True).is_checked(), name
    assert visitor.axe() == []
    visitor.press("下書きを保存する")
    visitor.go(page.removeprefix(visitor.site))
    assert visitor.page.locator("main [name='name']").first.input_value() == NAME


def test_another_person_at_the_same_browser_sees_nothing_of_it(visit):
    visitor, page = fill_long_form(visit)
    send_without_session(visitor, ["sessionid"])
    become(visitor, "zeimu-tanto2")
    for path in (page.removeprefix(visitor.site), "/", "/filings/"):
        visitor.go(path)
        assert NAME not in visitor.page.content(), path


def test_a_form_with_a_field_called_method_comes_back_too(visit):
    visitor = visit("zeimu-shokuin1").go("/ledgers/?tab=write").press(f"{LEDGER}の台帳に記録する")
    if "/open/" in visitor.page.url:
        write(visitor, purpose="申告内容の照会への回答")
        visitor.press("記録して開く")
    typed = {"purpose": "照会への回答", "method": "端末で見た", "place": "税務課 書庫"}
    visitor.page.locator("main [name=kind]").first.check()
    write(visitor, **typed)
    visitor.context.clear_cookies(name="sessionid")
    visitor.press("記録する")
    become(visitor, "zeimu-shokuin1")
    for name, text in typed.items():
        assert visitor.page.locator(f"main [name='{name}']").first.input_value() == text
