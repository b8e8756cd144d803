"""The way of a notification, step by step: what is done, who has it now and since when, what comes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from files_registry.filings.models import Filing, FilingKind, FilingStatus
from nerima_privacy.calendars.eras import wareki

S = FilingStatus
ORDER = {
    FilingKind.NEW: ["draft", "confirm", "consider", "council", "notify", "hold"],
    FilingKind.CHANGE: ["draft", "confirm", "consider", "council", "notify", "apply"],
    FilingKind.CEASE: ["draft", "confirm", "receive"],
}
LABELS = {
    "draft": "作成",
    "confirm": "保護責任者の確認",
    "consider": "情報公開課の検討",
    "council": "運営委員会",
    "notify": "結果の通知",
    "hold": "保有の開始",
    "apply": "変更の実施",
    "receive": "情報公開課の受理",
}
AT = {
    S.DRAFT: "draft",
    S.RETURNED: "draft",
    S.CORRECTING: "draft",
    S.SUBMITTED: "confirm",
    S.FILED: "consider",
    S.PROPOSED: "council",
    S.DECIDED: "notify",
}
FINISHED = {S.EFFECTED, S.RECEIVED}


@dataclass(frozen=True)
class Step:
    """One step; `state` is past, now, future or stopped, and `lines` say who and when."""

    label: str
    state: str
    lines: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """Who and when in a line."""
        return "　".join(self.lines)


def steps(filing: Filing, now_with: str) -> list[Step]:
    """The steps of `filing`, the council's only where it was or is asked."""
    keys = [key for key in ORDER[FilingKind(filing.kind)] if key != "council" or filing.propose]
    here = _here(filing)
    at = keys.index(here) if here else len(keys)
    return [
        Step(LABELS[key], _state(filing, index, at), _lines(filing, key, index - at, now_with))
        for index, key in enumerate(keys)
    ]


def _here(filing: Filing) -> str:
    """The step the filing stands at; none when it has ended well. A withdrawn one stands where it was left."""
    status = S(filing.status)
    if status in FINISHED:
        return ""
    if status == S.NOTIFIED:
        return "hold" if filing.kind == FilingKind.NEW else "apply"
    if status == S.WITHDRAWN:
        return _left_at(filing)
    step = AT[status]
    return "receive" if step == "consider" and filing.kind == FilingKind.CEASE else step


def _left_at(filing: Filing) -> str:
    if filing.notified_at:
        return "hold" if filing.kind == FilingKind.NEW else "apply"
    if filing.filed_at:
        return "receive" if filing.kind == FilingKind.CEASE else "consider"
    return "confirm" if filing.submitted_at else "draft"


def _state(filing: Filing, index: int, at: int) -> str:
    if index < at:
        return "past"
    if index > at:
        return "future"
    return "stopped" if filing.status == S.WITHDRAWN else "now"


def _lines(filing: Filing, key: str, offset: int, now_with: str) -> tuple[str, ...]:
    if offset == 0:
        if filing.status == S.WITHDRAWN:
            return ("ここで取り下げました", short(filing.closed_at))
        return (now_with, f"{short(filing.status_since)}から") if now_with else (f"{short(filing.status_since)}から",)
    if offset > 0:
        planned = filing.planned_on if key in {"hold", "apply"} else None
        return (f"予定 {short(planned)}",) if planned else ()
    return tuple(line for line in _done(filing)[key] if line)


def _done(filing: Filing) -> dict[str, tuple[str, ...]]:
    return {
        "draft": (short(filing.drafted_at), name(filing.drafted_by)),
        "confirm": (short(filing.filed_at), name(filing.filed_by)),
        "consider": (short(filing.considered_at), name(filing.considered_by)),
        "council": (f"{short(filing.council_on)}開催" if filing.council_on else "",),
        "notify": (short(filing.notified_at), name(filing.notified_by)),
        "hold": (short(filing.effected_on),),
        "apply": (short(filing.effected_on),),
        "receive": (short(filing.closed_at), name(filing.considered_by or filing.notified_by)),
    }


def name(person: object | None) -> str:
    """The person's name, or nothing."""
    return str(person) if person else ""


def short(moment: date | datetime | None) -> str:
    """「11月18日」 within this year, with the era's year otherwise."""
    if moment is None:
        return ""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return f"{day.month}月{day.day}日" if day.year == timezone.localdate().year else wareki(day)
