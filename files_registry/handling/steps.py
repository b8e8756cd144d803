"""The way of a request, step by step: what is done, who has it now and since when, what comes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from files_registry.handling.acts import SAYS, Act
from files_registry.handling.models import (
    Basis,
    CheckStatus,
    Correction,
    CorrectionStatus,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
)
from nerima_privacy.calendars.eras import wareki

H, C, K = HandlingStatus, CorrectionStatus, CheckStatus
LABELS = {
    "draft": "申請の作成",
    "decide": "保護責任者の許可",
    "check": "送る前の確認（二人）",
    "act": "実施",
    "return": "返却・消去",
    "close": "終了の確認",
}
AT = {H.DRAFT: "draft", H.ASKED: "draft", H.SUBMITTED: "decide", H.DONE: "return", H.RETURNED: "close"}


@dataclass(frozen=True)
class Step:
    """One step; `state` is past, now, future or stopped, and `note` says who and when."""

    label: str
    state: str
    note: str = ""


def steps(request: HandlingRequest, now_with: str) -> list[Step]:
    """The steps of a request: a check only for what is sent, a return only for what is due back."""
    due = request.status in {H.DRAFT, H.ASKED} and "return_due_on" in SAYS[Act(request.act)].must
    returns = due or request.return_due_on is not None
    keys = [
        "draft",
        "decide",
        *(["check"] if request.channel else []),
        "act",
        *(["return", "close"] if returns else []),
    ]
    here = _here(request)
    at = keys.index(here) if here in keys else len(keys)
    labels = LABELS | ({} if request.basis in ("", Basis.DECIDED) else {"decide": request.get_basis_display()})
    return [
        Step(labels[key], _state(request, index, at), _note(request, key, index - at, now_with))
        for index, key in enumerate(keys)
    ]


def _here(request: HandlingRequest) -> str:
    status = H(request.status)
    if status == H.ALLOWED:
        return "check" if request.channel and request.confirmed_check_id is None else "act"
    if status == H.REFUSED:
        return "decide"
    if status == H.WITHDRAWN:
        if request.decided_at:
            return "act"
        return "decide" if request.submitted_at else "draft"
    if status == H.CLOSED and request.done_at is None:
        return "act"
    return AT.get(status, "")


def _state(request: HandlingRequest, index: int, at: int) -> str:
    if index != at:
        return "past" if index < at else "future"
    return "stopped" if request.status in {H.REFUSED, H.WITHDRAWN, H.CLOSED} else "now"


def _note(request: HandlingRequest, key: str, offset: int, now_with: str) -> str:
    over = request.status in {H.REFUSED, H.WITHDRAWN, H.CLOSED}
    if offset == 0:
        if over:
            return f"ここで終わりました　{short(request.status_since)}"
        return "　".join(filter(None, [now_with, f"{short(request.status_since)}から"]))
    if offset > 0:
        due = request.return_due_on if key == "return" and not over else None
        return f"期限 {short(due)}" if due else ""
    check = request.confirmed_check
    done: dict[str, tuple[date | datetime | None, object]] = {
        "draft": (request.submitted_at, request.applicant),
        "decide": (request.decided_at, request.decided_by),
        "check": (check.confirmed_at if check else None, None),
        "act": (request.done_on, None),
        "return": (request.returned_on, None),
        "close": (request.closed_at, request.closed_by),
    }
    when, who = done[key]
    return "　".join(filter(None, [short(when), str(who) if who else ""]))


def correction_steps(correction: Correction, now_with: str) -> list[Step]:
    """The steps of a correction."""
    rows = [
        ("誤りの発見", correction.reported_at, correction.found_by),
        ("保護責任者の指示", correction.instructed_at, correction.instructed_by),
        ("訂正", correction.done_on, correction.done_by),
        ("別の人の確認", correction.checked_at, correction.checked_by),
    ]
    at = {C.FOUND: 1, C.INSTRUCTED: 2, C.DONE: 3, C.NOT_NEEDED: 1, C.CHECKED: 4}[C(correction.status)]
    found = []
    for index, (label, when, who) in enumerate(rows):
        if index < at:
            found.append(Step(label, "past", "　".join(filter(None, [short(when), str(who or "")]))))
        elif index > at:
            found.append(Step(label, "future"))
        elif correction.status == C.NOT_NEEDED:
            found.append(Step(label, "stopped", f"訂正不要とされました　{short(when)}"))
        else:
            found.append(Step(label, "now", f"{now_with}　{short(correction.status_since)}から"))
    return found


def check_steps(check: SendingCheck, now_with: str) -> list[Step]:
    """The steps of a check: one, another, and the sending, which of a request is its own step."""
    last = "送付と記録" if check.request_id is None else "送付（申請の実施）"
    done = check.sent_on if check.request is None else check.request.done_on
    rows = [
        ("一人目の確認", check.filled_at, str(check.filled_by)),
        ("二人目の確認", check.confirmed_at, str(check.confirmed_by or "")),
        (last, done, str(check.sent_by or "")),
    ]
    at = 1 if check.confirmed_by_id is None else 2 if done is None else 3
    over = check.status in {K.SENT_BACK, K.CALLED_OFF}
    found = []
    for index, (label, when, who) in enumerate(rows):
        if index < at:
            found.append(Step(label, "past", "　".join(filter(None, [short(when), who]))))
        elif index > at:
            found.append(Step(label, "future"))
        elif over:
            found.append(Step(label, "stopped", f"{check.get_status_display()}　{short(check.status_since)}"))
        else:
            found.append(Step(label, "now", f"{now_with}　{short(check.status_since)}から"))
    return found


def short(moment: date | datetime | None) -> str:
    """「11月18日」 within this year, with the era's year otherwise."""
    if moment is None:
        return ""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return f"{day.month}月{day.day}日" if day.year == timezone.localdate().year else wareki(day)
