"""Requests, standing permissions, checks and corrections at every step, told by the verbs on their days."""

from typing import Any

from files_registry.demo.corrections import tell_corrections, tell_rules
from files_registry.demo.requests import SCHOOL, TAX, Story, in_days
from files_registry.demo.sendings import tell_sendings, tell_standing
from files_registry.handling.models import HandlingRequest

TAKE_OUT = {"medium": "usb", "encryption": "encrypted", "encryption_note": "USBメモリーの暗号化機能"}


def load_handling() -> None:
    """Call after the files are loaded; does nothing twice."""
    if HandlingRequest.objects.exists():
        return
    _waiting()
    _under_way()
    _ended()
    tell_standing()
    tell_sendings()
    tell_corrections()
    tell_rules()


def _taken(who: str, days: int, last: int, due: int, **data: Any) -> Story:
    """Taking the tax register out, from `days` ago until `last` days from now."""
    period = {"begins_on": in_days(1 - days), "ends_on": in_days(last), "return_due_on": in_days(due)}
    facts = {"persons": 40, "place": "光が丘区民センター", **TAKE_OUT, **period, **data}
    reason = "出張申告相談の会場で、その日の予約者の課税内容を確かめながら相談を受けるため"
    return Story(TAX, who, "take_out", days, reason=reason, **facts)


def _waiting() -> None:
    """Being written, waiting for 保護責任者, for the seat above because the manager asks, and asked back."""
    Story(TAX, "zeimu-shokuin1", "copy", 1, persons=300, reason="年末の賦課の点検のため")
    _taken("zeimu-shokuin1", 2, 6, 7).submit(2)
    mail = {"channel": "mail", "encryption": "encrypted", "encryption_note": "ZIP（AES256）、パスワードは電話"}
    period = {"begins_on": in_days(0), "ends_on": in_days(5)}
    reason = "東京都の担当課からの照会に、期限までに答えるため"
    send = {"persons": 12, "recipient": "東京都主税局課税部（区の宛先名簿 12番）", **mail, **period, "reason": reason}
    Story(TAX, "zeimu-kacho", "send", 1, **send).submit(1)
    copy = {"persons": 1200, "medium": "server", "place": "共有フォルダー", "encryption": "plain"}
    copy |= {"encryption_note": "庁内の閉じた網の中に置くため", "begins_on": in_days(-3), "ends_on": in_days(20)}
    story = Story(TAX, "zeimu-shokuin2", "copy", 4, **copy, return_due_on=in_days(25), reason="統計の集計のため")
    story.submit(4).ask_back(3, "集計に氏名は要りますか。要る項目だけにできないか、確かめてください。")


def _under_way() -> None:
    """A sending checked by one and by two, out and due, out and late, back and to be looked at."""
    post = {"channel": "post", "medium": "paper", "encryption": "paper", "recipient": "対象者の住所（窓空き封筒）"}
    period = {"begins_on": in_days(-2), "ends_on": in_days(8), "reason": "更正の通知を送るため"}
    story = Story(TAX, "zeimu-shokuin1", "send_out", 4, persons=86, **post, **period)
    story.submit(4).allow(3, "封入は二人で行うこと。").fill(1, "zeimu-shokuin2")
    fax = {"channel": "fax", "encryption": "plain", "encryption_note": "ファクスのため。番号を登録済みの相手に限る"}
    story = Story(
        TAX, "zeimu-shokuin2", "send", 3, persons=1, recipient="品川区税務課", **fax,
        begins_on=in_days(-1), ends_on=in_days(3), reason="転入した人の課税の照会に答えるため",
    )  # fmt: skip
    story.submit(3).allow(2).fill(1, "zeimu-shokuin1").confirm(1)
    _taken("zeimu-shokuin1", 6, 2, 3).submit(6).allow(5, "持ち出した日のうちに戻すこと。").done(4)
    story = _taken("zeimu-tanto2", 16, -3, -2, place="大泉学園町の会場").submit(16).allow(15).done(10)
    story.longer(4, 4, "会場の日程が4日のび、終わりまで予約者の課税内容を見るため").let_longer(
        3, "延長は今回かぎりとすること。"
    )
    story = _taken("zeimu-shokuin1", 14, -1, 1, place="石神井庁舎").submit(14).allow(13).done(9)
    story.longer(1, 8, "相談の予約が次の週まで入ったため")
    _taken("zeimu-shokuin2", 25, -14, -10, place="石神井庁舎").submit(25).allow(24).done(20)
    _taken("zeimu-tanto2", 12, -4, -2).submit(12).allow(11).done(9).back(
        2, "erased", "係長と二人で、USBメモリーの中身が空であることを画面で見た。"
    )


def _ended() -> None:
    """Closed, refused, withdrawn; one of a teacher."""
    story = _taken("zeimu-shokuin1", 50, -42, -40).submit(50).allow(49).done(47)
    story.back(41, "erased", "保護担当者と二人で消去し、管理簿に記した。").close(40)
    _taken("zeimu-shokuin2", 34, -20, -18, place="申請者の居宅").submit(34).refuse(
        33, "庁舎の端末で作業できるため。居宅への持出しは認めません。"
    )
    _taken("zeimu-shokuin2", 30, -15, -12).submit(30).allow(29).withdraw(27, "会場での相談が中止になったため。")
    paper = {"medium": "paper", "encryption": "paper", "place": "校外学習先（光が丘公園）", "persons": 34}
    period = {"begins_on": in_days(-1), "ends_on": in_days(1), "return_due_on": in_days(2)}
    reason = "校外学習の引率で、緊急の連絡先と配慮を要することを見るため"
    trip = Story(SCHOOL, "toyotama-kyoshi", "take_out", 3, **paper, **period, reason=reason)
    trip.submit(3).allow(2, "鍵のかかるかばんに入れ、持つ人を一人に決めること。").done(1)
