"""How records of this area are said on a page; templates only print."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from files_registry.catalogue.presenters import Fact
from files_registry.handling.acts import ORDER, Act, Level
from files_registry.handling.models import (
    CheckStatus,
    Correction,
    CorrectionStatus,
    Extension,
    ExtensionStatus,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
    StandingPermission,
    StandingStatus,
)
from files_registry.handling.turns import Waiting, who_has_it
from files_registry.handling.writing_forms import DUES, PLACES
from nerima_privacy.activity.presenters import TimelineItem, field_label
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today

H = HandlingStatus
KIND = {
    H.DRAFT: "calm",
    H.SUBMITTED: "info",
    H.ASKED: "today",
    H.ALLOWED: "info",
    H.REFUSED: "calm",
    H.WITHDRAWN: "calm",
    H.DONE: "info",
    H.RETURNED: "info",
    H.CLOSED: "done",
}
STANDING_KIND = {
    StandingStatus.ASKED: "info",
    StandingStatus.IN_FORCE: "done",
    StandingStatus.REFUSED: "calm",
    StandingStatus.WITHDRAWN: "calm",
    StandingStatus.ENDED: "calm",
}
EXTENSION_KIND = {
    ExtensionStatus.ASKED: "info",
    ExtensionStatus.GRANTED: "done",
    ExtensionStatus.REFUSED: "calm",
    ExtensionStatus.WITHDRAWN: "calm",
    ExtensionStatus.SETTLED: "calm",
}
CHECK_KIND = {
    CheckStatus.FILLED: "info",
    CheckStatus.CONFIRMED: "done",
    CheckStatus.SENT: "done",
    CheckStatus.SENT_BACK: "today",
    CheckStatus.CALLED_OFF: "calm",
}
CORRECTION_KIND = {
    CorrectionStatus.FOUND: "info",
    CorrectionStatus.INSTRUCTED: "today",
    CorrectionStatus.DONE: "info",
    CorrectionStatus.CHECKED: "done",
    CorrectionStatus.NOT_NEEDED: "calm",
}
WRITTEN = {field_label(HandlingRequest, name) for name in ORDER}


def kind(subject: HandlingRequest | StandingPermission | SendingCheck | Correction) -> str:
    """The colour of the state."""
    tables: dict[type, dict[Any, str]] = {
        HandlingRequest: KIND,
        StandingPermission: STANDING_KIND,
        SendingCheck: CHECK_KIND,
        Correction: CORRECTION_KIND,
    }
    return tables[type(subject)][subject.status]


def warning(request: HandlingRequest) -> str:
    """What is late about it, in a word; empty when nothing is."""
    if request.overdue(today()):
        return "返却・消去の期限を過ぎています"
    return "期間が終わりましたが、実施の記録がありません" if request.lapsed(today()) else ""


def day(value: date | datetime | None) -> str:
    """The day, in Tokyo; nothing for none."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return wareki(value) if value else ""


def waited(since: datetime) -> str:
    """「きょうから」, 「3日待ち」."""
    count = (today() - timezone.localtime(since).date()).days
    return "きょうから" if count <= 0 else f"{count}日待ち"


def now_sentence(waiting: Waiting | None, mine: bool) -> str:
    """Who has it now and since when."""
    if waiting is None:
        return ""
    who = "あなたの番です" if mine else f"いまは {waiting.seat} の番です"
    note = f"　{waiting.note}、{waiting.seat}が行います。" if waiting.note else ""
    since = "" if day(waiting.since) == wareki(today()) else f"{day(waiting.since)}から、"
    return f"{who}（{since}{waited(waiting.since)}）。{note}"


def list_row(request: HandlingRequest) -> dict[str, Any]:
    """A line of the list (after `turns.seat_all`)."""
    waiting = who_has_it(request)
    return {
        "request": request,
        "name": f"{request.get_act_display()}　{request.file.name}",
        "kind": "late" if warning(request) else kind(request),
        "warning": warning(request),
        "extending": getattr(request, "extending", False),  # annotated by `turn_queries.with_extension`
        "holder": waiting.seat if waiting else "―",
        "since": request.status_since,
        "waited": waited(request.status_since) if waiting else "",
        "due_on": request.return_due_on if request.status == H.DONE else None,
    }


def period(first: date | None, last: date | None) -> str:
    return f"{day(first)}から{day(last)}まで" if first and last else day(first) or day(last)


def facts(request: HandlingRequest, media: dict[str, str]) -> list[Fact]:
    """What is asked for, in the order a decision needs it."""
    act = Act(request.act)
    rows = [
        ("行為", request.get_act_display() + (f"（{request.act_text}）" if request.act_text else "")),
        ("申請者", f"{request.applicant.name}（{request.applicant_unit.name}）"),
        ("作成者", request.prepared_by.name if request.prepared_by_id != request.applicant_id else ""),
        ("必要な理由", request.reason),
        ("取り扱う記録項目", request.items),
        ("本人の数", f"{request.persons:,}人" if request.persons is not None else ""),
        ("送る方法", request.get_channel_display() if request.channel else ""),
        ("送り先", request.recipient),
        (PLACES.get(act, "場所"), request.place),
        ("媒体", media.get(request.medium, request.medium)),
        ("暗号化", "　".join(filter(None, [request.get_encryption_display(), request.encryption_note]))),
        ("期間", period(request.begins_on, request.ends_on)),
        (DUES.get(act, "返却・消去の期限"), day(request.return_due_on)),
        ("包括許可", f"包括許可 {request.standing.pk}　{request.standing.acts_label}" if request.standing else ""),
    ]
    return [Fact(None, label, value) for label, value in rows if value]


def outcome(request: HandlingRequest, class_label: str) -> list[Fact]:
    """What was decided, done, and returned."""
    return decision(request, class_label) + doings(request)


def decision(request: HandlingRequest, class_label: str) -> list[Fact]:
    """What was decided, by which seat, when, with which instruction."""
    grant = request.grant
    rows = [
        ("秘匿性の区分", class_label if request.submitted_at else ""),
        ("この行為に要るもの", Level(request.level).label if request.level else ""),
        ("申請した日", day(request.submitted_at)),
        ("許可の根拠", request.get_basis_display() if request.basis else ""),
        ("決めた人", f"{request.decided_by.name}（{request.decided_post}）" if request.decided_by else ""),
        ("決めた日", day(request.decided_at)),
        ("指示・条件・理由", request.instructions),
        ("開いた権限", _right(grant) if grant else ""),
    ]
    return [Fact(None, label, value) for label, value in rows if value]


def doings(request: HandlingRequest) -> list[Fact]:
    """What was checked, done and returned."""
    rows = [
        ("送る前の確認", _checked(request.confirmed_check)),
        ("実施した日", day(request.done_on)),
        (
            "返却・消去",
            f"{request.get_return_kind_display()}（{day(request.returned_on)}）" if request.return_kind else "",
        ),
        ("返却・消去の確かめ方", request.return_evidence),
        ("終わった日", day(request.closed_at)),
    ]
    return [Fact(None, label, value) for label, value in rows if value]


def extension_row(extension: Extension) -> dict[str, Any]:
    """A later day of return: asked for by whom and why, decided by whom and how."""
    who = f"{extension.decided_by.name}（{extension.decided_post}）" if extension.decided_by else ""
    return {
        "extension": extension,
        "status": extension.get_status_display(),
        "kind": EXTENSION_KIND[ExtensionStatus(extension.status)],
        "asked_on": day(extension.asked_at),
        "late": extension.late,
        "decided": "　".join(filter(None, [day(extension.decided_at), who])),
    }


def _right(grant: Any) -> str:
    rights = "、".join(right.label for right in grant.rights)
    last = day(grant.ends_at - timedelta(microseconds=1))
    if grant.ended_at:
        return f"{rights}（{day(grant.ended_at)}に閉じました）"
    if grant.ends_at <= timezone.now():
        return f"{rights}（{last}の終わりに閉じました）"
    return f"{rights}（{day(grant.begins_at)}に開き、{last}の終わりに自動で閉じます）"


def _checked(check: SendingCheck | None) -> str:
    if check is None or check.confirmed_by is None:
        return ""
    return f"一人目　{check.filled_by.name}、二人目　{check.confirmed_by.name}（{day(check.confirmed_at)}）"


def told(items: list[TimelineItem]) -> list[TimelineItem]:
    """The 経過 with what was written anew; the columns that only keep who and when are in the sentence already."""
    return [replace(item, changed_labels=[name for name in item.changed_labels if name in WRITTEN]) for item in items]
