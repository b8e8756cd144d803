"""Standing permissions, and what is sent under them without a request: checked by two, then sent (第12条・第14条)."""

from files_registry.demo.clock import days_ago
from files_registry.demo.requests import MAILS, SCHOOL, Story, file_of, in_days, items_of, person
from files_registry.handling import checking, standing
from files_registry.handling.acts import Channel
from files_registry.handling.models import SendingCheck, StandingPermission
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat


def tell_standing() -> None:
    """One in force and used, one that waits."""
    file, teacher = file_of(SCHOOL), person("toyotama-kyoshi")
    scope = {
        "acts": ["copy"],
        "recipients": "",
        "places": "職員室の鍵つき書庫",
        "items": items_of(file, 3),
        "max_persons": 40,
        "encrypted": True,
        "reason": "学級ごとの面談の前に、担任が要る項目の写しを作るため",
    }
    with days_ago(40, 16, 0):
        asked = standing.ask(file.pk, {**scope, "valid_from": today(), "valid_to": in_days(200)}, actor=teacher)
    with days_ago(38, 8, 30):
        principal = holders(Seat.PROTECTION_MANAGER, asked.unit)[0]
        allowed = standing.allow(asked.pk, conditions="面談が終わった日に裁断すること。", actor=principal)
    for days in (30, 9):
        _used(allowed, teacher, days)
    with days_ago(2, 10, 0):
        wider = {**scope, "acts": ["copy", "take_out"], "places": "職員室の鍵つき書庫\n校外学習先"}
        standing.ask(file.pk, {**wider, "valid_from": today(), "valid_to": in_days(120)}, actor=teacher)


def _used(permission: StandingPermission, teacher: Person, days: int) -> None:
    facts = {
        "persons": 34,
        "medium": "paper",
        "encryption": "paper",
        "place": "職員室の鍵つき書庫",
        "begins_on": in_days(-days),
        "ends_on": in_days(3 - days),
        "return_due_on": in_days(4 - days),
        "reason": "保護者面談のため",
        "standing": permission,
    }
    story = Story(SCHOOL, teacher.staff_number, "copy", days, **facts).submit(days).done(days)
    story.back(days - 3, "erased", "副校長と二人で裁断した。").close(days - 4)


def tell_sendings() -> None:
    """Mails to the parents under a standing permission, without a request: at every step until they are sent."""
    file, teacher = file_of(MAILS), person("toyotama-kyoshi")
    scope = {
        "acts": ["send"],
        "recipients": "配信に登録した保護者",
        "places": "",
        "items": items_of(file, 9),
        "max_persons": 600,
        "encrypted": False,
        "reason": "学校行事と災害時の連絡を、決まった手順で登録者に配信するため",
    }
    with days_ago(60, 9, 0):
        period = {"valid_from": today(), "valid_to": in_days(200)}
        asked = standing.ask(file.pk, {**scope, **period}, actor=teacher)
    with days_ago(59, 9, 0):
        principal = holders(Seat.PROTECTION_MANAGER, asked.unit)[0]
        allowed = standing.allow(asked.pk, conditions="一斉配信の前に、宛先の組を二人で見ること。", actor=principal)
    for days, what, step in (
        (20, "学芸会の日程の連絡", "sent"),
        (12, "早帰りの連絡", "confirmed"),
        (9, "保護者会の欠席の確認", "called_off"),
        (2, "個人面談の日程の連絡", "confirmed"),
        (1, "校外学習の持ち物の連絡", "filled"),
    ):
        _went(_mailed(allowed, teacher, days, what), days, step)


def _went(check: SendingCheck, days: int, step: str) -> None:
    """Confirmed by the colleague who was asked, then sent on the same day or called off; or left as it is."""
    if step == "filled":
        return
    with days_ago(days, 14, 5):
        checking.confirm(check.pk, ticked=[point["code"] for point in check.points], actor=check.asked_of)
    if step == "sent":
        with days_ago(days, 14, 20):
            how = "配信の画面で宛先の組を二人で見て、14時15分に配信した。"
            remains = "送信済みの記録が配信の仕組みに残る。下書きは消した。"
            checking.mark_sent(check.pk, sent_on=today(), sent_how=how, remains=remains, actor=check.filled_by)
    elif step == "called_off":
        with days_ago(days, 15, 0):
            checking.call_off(check.pk, reason="電話で確かめられたので、配信しないことにした。", actor=check.filled_by)


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
            permission.file_id, facts, ticked=points, asked_of=person("toyotama-fuku").pk, actor=teacher
        )
