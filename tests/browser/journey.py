"""What the people of the journey type and press, in the words of the pages."""

import re
from contextlib import contextmanager
from datetime import timedelta

from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
NAME = "髙橋文庫 𠮷田コレクション寄贈者名簿"
FILING = f"の届出　{NAME}"  # of any kind, as its line on a desk says it
TEXTS = {
    "name": NAME,
    "purpose": "髙橋文庫の寄贈者に、目録ｶｰﾄﾞと礼状を送る事務に利用する。",
    "items": "氏名\n住所\n電話番号\nﾒｰﾙｱﾄﾞﾚｽ",
    "scope": "令和５年度からの寄贈者（𠮷田コレクションを含む）",
    "collection": "本人からの申出書",
    "recipients": "公益財団法人 髙橋文庫",
    "desk_name": "総務部 情報公開課",
    "desk_address": "練馬区豊玉北６－１２－１",
    "special_procedure": "ない",
    "remarks": "目録は別に公表している。",
    "persons": "１，２００",
    "persons_as_of": "令和８年４月１日",
    "media": "サーバー、紙",
    "system_name": "寄贈者管理システム",
    "note": "文庫の受入れは来月です。",
}
CHOICES = {
    "sensitive": "含まない",
    "processing": "法第60条第2項第1号（電算処理ファイル）",
    "manual_twin": "無",
    "open_to_proposals": "非該当",
    "my_number": "いいえ",
    "outsourced": "無",
    "abroad": "無",
}
LISTS = {"organ": "練馬区長", "confidentiality": 1, "retention": 1}


def in_words(days):
    """A day from now as somebody types it: 令和８年１２月１日."""
    return wareki(today() + timedelta(days=days)).translate(WIDE)


def write(visitor, **texts):
    """Fill fields of the open page by their names."""
    for name, text in texts.items():
        visitor.page.locator(f"main [name='{name}']").first.fill(text)


def choose(visitor, **labels):
    """Press the radio button or box of a question by what it says."""
    for name, label in labels.items():
        question = visitor.page.locator("fieldset", has=visitor.page.locator(f"[name='{name}']"))
        question.get_by_label(label, exact=True).check()


def select(visitor, **options):
    """Choose from a list, by its words or by its place."""
    for name, option in options.items():
        kind = "index" if isinstance(option, int) else "label"
        visitor.page.locator(f"main select[name='{name}']").select_option(**{kind: option})


def act(visitor, label, reveal="", **texts):
    """Fill the form that has the button, unfolding it where it is folded, and press the button."""
    page = visitor.page
    if reveal:
        page.locator("summary", has_text=reveal).click()
    form = page.locator("form", has=page.get_by_role("button", name=label, exact=True))
    for name, text in texts.items():
        form.locator(f"[name='{name}']").fill(text)
    with page.expect_navigation():
        form.get_by_role("button", name=label, exact=True).click()
    return visitor


@contextmanager
def at_the_desk(visit, username, line):
    """The person logs in, finds the line on the desk and opens it."""
    visitor = visit(username)
    visitor.sees("わたしの机")
    with visitor.page.expect_navigation():
        visitor.page.locator(".work li, table tr", has_text=line).first.get_by_role("link").first.click()
    yield visitor


def open_file(visit, username, name=NAME):
    """The person looks the file up in the list."""
    visitor = visit(username).go("/files/")
    write(visitor, q=name)
    visitor.press("しぼりこむ").press(name)
    return visitor


def decide_and_notify(visit, reason):
    """情報公開課長 does not propose, and notifies the result."""
    with at_the_desk(visit, "joho-kacho", FILING) as chief:
        choose(chief, propose="発議しない", result="届出のとおりで支障なし")
        act(chief, "検討の結果を記録する", reason=reason).sees("検討の結果を記録しました。")
        act(chief, "結果を通知する").sees("結果を通知しました。")


def judge_and_publish(visit, note):
    """情報公開課 judges what waits of the file; 課長 publishes. The number of the edition."""
    with at_the_desk(visit, "joho-shokuin", "ファイル簿に載せるかどうかの判断") as staff:
        staff.press(NAME)
        choose(staff, exemptions="どれにも当たらない", subset="いいえ", hamper="支障はない")
        staff.press("判断を記録する").sees("これまでの判断")
    return publish(visit, note)


def publish(visit, note):
    """課長 looks at what the next edition will change, and publishes it. Its number."""
    with at_the_desk(visit, "joho-kacho", "つぎの版の公表") as chief:
        chief.sees(NAME)
        act(chief, "公表する", note=note)
        chief.sees("個人情報ファイル簿を公表しました。")
        newest = chief.page.locator("main td").get_by_role("link", name=re.compile(r"^第\d+版$")).first
        return int(newest.inner_text().strip("第版"))
