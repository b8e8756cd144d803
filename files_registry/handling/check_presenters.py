"""How a check before sending is said on a page and on its sheet (第14条)."""

from files_registry.catalogue.presenters import Fact
from files_registry.handling.models import CheckStatus, SendingCheck
from files_registry.handling.presenters import day
from nerima_privacy.calendars.eras import wareki_time


def sending_facts(check: SendingCheck) -> list[Fact]:
    """What is sent by which way to whom, and on which ground."""
    ground = f"包括許可 {check.standing_id}" if check.standing_id else "記録だけでよい行為"
    rows = [
        ("送る方法", check.get_channel_display()),
        ("送るもの", check.what),
        ("取り扱う記録項目", check.items),
        ("本人の数", f"{check.persons:,}人" if check.persons is not None else ""),
        ("送り先" if check.channel != "web" else "掲載する場所", check.recipient),
        ("暗号化", check.get_encryption_display() if check.encryption else ""),
        ("送る人の所属", check.sender_unit.name),
        ("許可の根拠", f"申請 {check.request_id}" if check.request_id else ground),
    ]
    return [Fact(None, label, value) for label, value in rows if value]


def check_people(check: SendingCheck) -> list[Fact]:
    """Who checked first and second, and by which list."""
    second = f"{check.asked_of.name}に頼んでいます"
    if check.confirmed_by is not None:
        second = f"{check.confirmed_by.name}（{wareki_time(check.confirmed_at)}）" if check.confirmed_at else ""
    rows = [
        ("一人目", f"{check.filled_by.name}（{wareki_time(check.filled_at)}）"),
        ("二人目", second if check.confirmed_by or check.status == CheckStatus.FILLED else ""),
        ("チェックリストの根拠", check.source),
    ]
    return [Fact(None, label, value) for label, value in rows if value]


def sent_facts(check: SendingCheck) -> list[Fact]:
    """When and how it was sent, what remained, and who wrote it down; nothing before."""
    if check.sent_by is None or check.sent_at is None:
        return []
    rows = [
        ("送った日", day(check.sent_on)),
        ("送った方法、受付番号など", check.sent_how),
        ("手もとに残ったもの", check.remains),
        ("記録した人", f"{check.sent_by.name}（{wareki_time(check.sent_at)}）"),
    ]
    return [Fact(None, label, value) for label, value in rows]
