"""Requests, standing permissions, checks and corrections at every step, told by the verbs on their days."""

from datetime import date, timedelta
from typing import Any

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.demo.clock import days_ago
from files_registry.handling import checking, correcting, ruling, standing, workflow
from files_registry.handling.acts import Channel
from files_registry.handling.models import Correction, HandlingRequest, SendingCheck, StandingPermission
from files_registry.handling.turns import deciding_turn
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat

TAX, SCHOOL = "課税台帳（特別区民税・都民税）", "児童指導要録（豊玉小学校）"
MAILS = "保護者連絡先名簿（豊玉小学校）"
TAKE_OUT = {"medium": "usb", "encryption": "encrypted", "encryption_note": "USBメモリの暗号化機能"}


def _who(number: str) -> Person:
    return Person.objects.get(staff_number=number)


def _file(name: str) -> PersonalInformationFile:
    return PersonalInformationFile.objects.select_related("current").get(name=name)


def _items(file: PersonalInformationFile, count: int = 2) -> str:
    return "\n".join(file.current.items.splitlines()[:count]) if file.current else ""


def _day(days: int) -> date:
    """So many days from now."""
    return today() + timedelta(days=days)


class Story:
    """One request; each step is told `days` ago."""

    def __init__(self, name: str, who: str, act: str, days: int, **data: Any) -> None:
        file, self.person = _file(name), _who(who)
        with days_ago(days, 9, 15):
            request = workflow.draft(file.pk, act=act, actor=self.person)
            facts = {"items": _items(file), **data}
            self.request: HandlingRequest = workflow.save_draft(
                request.pk, facts, stamp=request.stamp, actor=self.person
            )

    @property
    def manager(self) -> Person:
        return deciding_turn(self.request).people[0]

    def submit(self, days: int) -> "Story":
        with days_ago(days, 9, 40):
            self.request = workflow.submit(self.request.pk, actor=self.person)
        return self

    def ask_back(self, days: int, reason: str) -> "Story":
        with days_ago(days, 13, 20):
            self.request = workflow.ask_back(self.request.pk, reason=reason, actor=self.manager)
        return self

    def allow(self, days: int, instructions: str = "") -> "Story":
        with days_ago(days, 15, 10):
            self.request = workflow.allow(self.request.pk, instructions=instructions, actor=self.manager)
        return self

    def refuse(self, days: int, reason: str) -> "Story":
        with days_ago(days, 15, 10):
            self.request = workflow.refuse(self.request.pk, reason=reason, actor=self.manager)
        return self

    def withdraw(self, days: int, reason: str) -> "Story":
        with days_ago(days, 16, 0):
            self.request = workflow.withdraw(self.request.pk, reason=reason, actor=self.person)
        return self

    def fill(self, days: int, asked: str) -> "Story":
        points = [point["code"] for point in parameter(Channel(self.request.channel).checklist)]
        with days_ago(days, 10, 30):
            check = checking.fill(self.request.pk, ticked=points, asked_of=_who(asked).pk, actor=self.person)
        self.check, self.points = check, points
        return self

    def confirm(self, days: int) -> "Story":
        with days_ago(days, 11, 0):
            checking.confirm(self.check.pk, ticked=self.points, actor=self.check.asked_of)
        return self

    def done(self, days: int) -> "Story":
        with days_ago(days, 17, 5):
            self.request = workflow.record_done(self.request.pk, done_on=today(), actor=self.person)
        return self

    def longer(self, days: int, until: int, reason: str) -> "Story":
        with days_ago(days, 9, 50):
            self.request = workflow.ask_extension(self.request.pk, due_on=_day(until), reason=reason, actor=self.person)
        return self

    def let_longer(self, days: int, answer: str) -> "Story":
        with days_ago(days, 14, 30):
            self.request = workflow.grant_extension(self.request.pk, answer=answer, actor=self.manager)
        return self

    def back(self, days: int, kind: str, evidence: str) -> "Story":
        with days_ago(days, 16, 45):
            self.request = workflow.record_return(
                self.request.pk, return_kind=kind, returned_on=today(), return_evidence=evidence, actor=self.person
            )
        return self

    def close(self, days: int) -> "Story":
        with days_ago(days, 9, 5):
            self.request = workflow.close(self.request.pk, actor=self.manager)
        return self


def load_handling() -> None:
    """Call after the files are loaded; does nothing twice."""
    if HandlingRequest.objects.exists():
        return
    _waiting()
    _under_way()
    _ended()
    _standing()
    _sendings()
    _corrections()
    _rules()


def _taken(who: str, days: int, last: int, due: int, **data: Any) -> Story:
    """Taking the tax register out, from `days` ago until `last` days from now."""
    period = {"begins_on": _day(1 - days), "ends_on": _day(last), "return_due_on": _day(due)}
    facts = {"persons": 40, "place": "光が丘区民センター", **TAKE_OUT, **period, **data}
    reason = "出張申告相談の会場で、その日の予約者の課税内容を確かめながら相談を受けるため"
    return Story(TAX, who, "take_out", days, reason=reason, **facts)


def _waiting() -> None:
    """Being written, waiting for 保護責任者, for the seat above because the manager asks, and asked back."""
    Story(TAX, "zeimu-shokuin1", "copy", 1, persons=300, reason="年末の賦課の点検のため")
    _taken("zeimu-shokuin1", 2, 6, 7).submit(2)
    mail = {"channel": "mail", "encryption": "encrypted", "encryption_note": "ZIP（AES256）、パスワードは電話"}
    period = {"begins_on": _day(0), "ends_on": _day(5)}
    reason = "東京都の担当課からの照会に、期限までに答えるため"
    send = {"persons": 12, "recipient": "東京都主税局課税部（区の宛先名簿 12番）", **mail, **period, "reason": reason}
    Story(TAX, "zeimu-kacho", "send", 1, **send).submit(1)
    copy = {"persons": 1200, "medium": "server", "place": "共有フォルダー", "encryption": "plain"}
    copy |= {"encryption_note": "庁内の閉じた網の中に置くため", "begins_on": _day(-3), "ends_on": _day(20)}
    story = Story(TAX, "zeimu-shokuin2", "copy", 4, **copy, return_due_on=_day(25), reason="統計の集計のため")
    story.submit(4).ask_back(3, "集計に氏名は要りますか。要る項目だけにできないか、確かめてください。")


def _under_way() -> None:
    """A sending checked by one and by two, out and due, out and late, back and to be looked at."""
    post = {"channel": "post", "medium": "paper", "encryption": "paper", "recipient": "対象者の住所（窓空き封筒）"}
    period = {"begins_on": _day(-2), "ends_on": _day(8), "reason": "更正の通知を送るため"}
    story = Story(TAX, "zeimu-shokuin1", "send_out", 4, persons=86, **post, **period)
    story.submit(4).allow(3, "封入は二人で行うこと。").fill(1, "zeimu-shokuin2")
    fax = {"channel": "fax", "encryption": "plain", "encryption_note": "ファクスのため。番号を登録済みの相手に限る"}
    story = Story(
        TAX, "zeimu-shokuin2", "send", 3, persons=1, recipient="品川区税務課", **fax,
        begins_on=_day(-1), ends_on=_day(3), reason="転入した人の課税の照会に答えるため",
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
        2, "erased", "係長と二人で、USBメモリの中身が空であることを画面で見た。"
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
    period = {"begins_on": _day(-1), "ends_on": _day(1), "return_due_on": _day(2)}
    reason = "校外学習の引率で、緊急の連絡先と配慮を要することを見るため"
    trip = Story(SCHOOL, "toyotama-kyoshi", "take_out", 3, **paper, **period, reason=reason)
    trip.submit(3).allow(2, "鍵のかかるかばんに入れ、持つ人を一人に決めること。").done(1)


def _standing() -> None:
    """One in force and used, one that waits."""
    file, teacher = _file(SCHOOL), _who("toyotama-kyoshi")
    scope = {
        "acts": ["copy"],
        "recipients": "",
        "places": "職員室の鍵つき書庫",
        "items": _items(file, 3),
        "max_persons": 40,
        "encrypted": True,
        "reason": "学級ごとの面談の前に、担任が要る項目の写しを作るため",
    }
    with days_ago(40, 16, 0):
        asked = standing.ask(file.pk, {**scope, "valid_from": today(), "valid_to": _day(200)}, actor=teacher)
    with days_ago(38, 8, 30):
        principal = holders(Seat.PROTECTION_MANAGER, asked.unit)[0]
        allowed = standing.allow(asked.pk, conditions="面談が終わった日に裁断すること。", actor=principal)
    for days in (30, 9):
        _used(allowed, teacher, days)
    with days_ago(2, 10, 0):
        wider = {**scope, "acts": ["copy", "take_out"], "places": "職員室の鍵つき書庫\n校外学習先"}
        standing.ask(file.pk, {**wider, "valid_from": today(), "valid_to": _day(120)}, actor=teacher)


def _used(permission: StandingPermission, teacher: Person, days: int) -> None:
    facts = {
        "persons": 34,
        "medium": "paper",
        "encryption": "paper",
        "place": "職員室の鍵つき書庫",
        "begins_on": _day(-days),
        "ends_on": _day(3 - days),
        "return_due_on": _day(4 - days),
        "reason": "保護者面談のため",
        "standing": permission,
    }
    story = Story(SCHOOL, teacher.staff_number, "copy", days, **facts).submit(days).done(days)
    story.back(days - 3, "erased", "副校長と二人で裁断した。").close(days - 4)


def _sendings() -> None:
    """Mails to the parents under a standing permission, without a request: checked by two, and one that waits."""
    file, teacher = _file(MAILS), _who("toyotama-kyoshi")
    scope = {
        "acts": ["send"],
        "recipients": "配信に登録した保護者",
        "places": "",
        "items": _items(file, 9),
        "max_persons": 600,
        "encrypted": False,
        "reason": "学校行事と災害時の連絡を、決まった手順で登録者に配信するため",
    }
    with days_ago(60, 9, 0):
        period = {"valid_from": today(), "valid_to": _day(200)}
        asked = standing.ask(file.pk, {**scope, **period}, actor=teacher)
    with days_ago(59, 9, 0):
        principal = holders(Seat.PROTECTION_MANAGER, asked.unit)[0]
        allowed = standing.allow(asked.pk, conditions="一斉配信の前に、宛先の組を二人で見ること。", actor=principal)
    for days, what in ((20, "学芸会の日程の連絡"), (6, "早帰りの連絡"), (1, "校外学習の持ち物の連絡")):
        check = _mailed(allowed, teacher, days, what)
        if days > 1:
            with days_ago(days, 14, 5):
                checking.confirm(check.pk, ticked=[point["code"] for point in check.points], actor=check.asked_of)


def _mailed(permission: StandingPermission, teacher: Person, days: int, what: str) -> SendingCheck:
    facts = {
        "channel": Channel.MAIL,
        "what": what,
        "items": permission.items,
        "persons": 96,
        "recipient": "配信に登録した保護者",
        "encryption": "plain",
        "standing": permission,
    }
    points = [point["code"] for point in parameter(Channel.MAIL.checklist)]
    with days_ago(days, 13, 40):
        return checking.fill_without_request(
            permission.file_id, facts, ticked=points, asked_of=_who("toyotama-fuku").pk, actor=teacher
        )


def _corrections() -> None:
    """Waiting for an order, ordered and late, corrected and to be checked, checked, not needed."""
    rows = [
        (2, "電話番号", 12, "11月に入れた電話番号が、1行ずつずれて入っている。"),
        (30, "住所", 5, "町名の変更の前の表記のまま残っている。"),
        (14, "扶養関係", 3, "前年の区分が写されている。"),
        (60, "所得", 1, "入力の桁が一つ多い。"),
        (45, "氏名", 2, "字体が届出と違って見える。"),
    ]
    found = [_found(*row) for row in rows]
    manager = holders(Seat.PROTECTION_MANAGER, found[0].unit)[0]
    for correction, days in zip(found[1:4], (29, 13, 59), strict=True):
        with days_ago(days, 10, 0):
            order = "原本と照らし、入力した人とは別の人が直すこと。"
            correcting.instruct(correction.pk, instruction=order, due_on=_day(10), actor=manager)
    for correction, days in zip(found[2:4], (3, 55), strict=True):
        with days_ago(days, 15, 0):
            note = "申告書の原本と照らして入れ直した。"
            correcting.correct(correction.pk, done_on=today(), done_note=note, actor=_who("zeimu-shokuin2"))
    with days_ago(54, 9, 0):
        correcting.check_done(found[3].pk, actor=_who("zeimu-tanto1"))
    with days_ago(44, 9, 0):
        correcting.dismiss(found[4].pk, instruction="届出の字体と同じです。端末の表示の違いでした。", actor=manager)


def _found(days: int, items: str, persons: int, description: str) -> Correction:
    data = {"items": items, "persons": persons, "description": description}
    with days_ago(days, 11, 30):
        return correcting.find(_file(TAX).pk, {"found_on": today(), **data}, actor=_who("zeimu-shokuin1"))


def _rules() -> None:
    """税務課 asks more than the ward."""
    unit = _file(TAX).unit
    with days_ago(100, 9, 0):
        ruling.set_rules(
            unit.pk,
            levels={"3b": {"copy": "each"}, "3c": {"send": "each", "take_out": "each"}},
            valid_from=today(),
            reason="課税の記録は、区分が低くても外に出ると本人への影響が大きいため。",
            actor=holders(Seat.PROTECTION_MANAGER, unit)[0],
        )
