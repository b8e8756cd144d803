"""How a notification is said on a page; templates only print."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from files_registry.catalogue.cells import diff, missing
from files_registry.catalogue.models import FileVersion
from files_registry.catalogue.official_form import BY_FIELD, FORM_FIELDS
from files_registry.catalogue.presenters import Fact, facts, internal_facts, split_changes
from files_registry.filings.lateness import due_on
from files_registry.filings.models import Filing, FilingKind, FilingStatus, Result
from files_registry.filings.turns import ENDED, Waiting, who_has_it
from nerima_privacy.activity.presenters import TimelineItem, field_label
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today

S = FilingStatus
STATUS_KIND = {
    S.DRAFT: "calm",
    S.SUBMITTED: "info",
    S.RETURNED: "today",
    S.FILED: "info",
    S.CORRECTING: "today",
    S.PROPOSED: "info",
    S.DECIDED: "info",
    S.NOTIFIED: "info",
    S.EFFECTED: "done",
    S.RECEIVED: "done",
    S.WITHDRAWN: "calm",
}
RULE = {
    FilingKind.NEW: ("第10条第1項", "保有する前に、あらかじめ届け出る"),
    FilingKind.CHANGE: ("第10条第1項", "変更する前に、あらかじめ届け出る"),
    FilingKind.CEASE: ("第10条第3項", "保有をやめたら、速やかに届け出る"),
}
PLANNED = {
    FilingKind.NEW: "保有開始の予定日",
    FilingKind.CHANGE: "変更の予定日",
    FilingKind.CEASE: "保有をやめた日",
}


def status_kind(filing: Filing) -> str:
    """The colour of the state."""
    return STATUS_KIND[FilingStatus(filing.status)]


def article(filing: Filing) -> str:
    """「第10条第1項　変更する前に、あらかじめ届け出る」."""
    return "　".join(RULE[FilingKind(filing.kind)])


def days(since: datetime) -> int:
    """Whole days since a moment, in Tokyo's calendar."""
    return (today() - timezone.localtime(since).date()).days


def waited(since: datetime) -> str:
    """「きょうから」, 「3日待ち」."""
    count = days(since)
    return "きょうから" if count <= 0 else f"{count}日待ち"


def now_sentence(waiting: Waiting | None, mine: bool) -> str:
    """Who has it now and since when."""
    if waiting is None:
        return ""
    since = wareki(timezone.localtime(waiting.since).date())
    who = "あなたの番です" if mine else f"いまは {waiting.seat} の番です"
    note = f"　{waiting.note}、{waiting.seat}が行います。" if waiting.note else ""
    return f"{who}（{since}から、{waited(waiting.since)}）。{note}"


def list_holder(filing: Filing) -> str:
    """Who has it, in a list (after `turns.seat_all`)."""
    waiting = who_has_it(filing)
    return waiting.seat if waiting else "―"


def list_row(filing: Filing, review_days: int) -> dict[str, Any]:
    """A line of the list."""
    ended = filing.status in ENDED
    return {
        "filing": filing,
        "name": filing.file.name,
        "unit": filing.unit.full_name,
        "kind": status_kind(filing),
        "holder": list_holder(filing),
        "since": filing.closed_at if ended and filing.closed_at else filing.status_since,
        "waited": "" if ended else waited(filing.status_since),
        "due_on": due_on(filing, review_days),
        "ended": ended,
    }


def content(filing: Filing, internal: bool) -> dict[str, Any]:
    """What is notified: every cell for a new file, the changes for a change, the file as it was for ceasing."""
    shown = filing.version or filing.base_version
    if filing.version is not None and filing.base_version is not None:
        changed, unchanged = split_changes(diff(filing.base_version, filing.version, internal=internal))
        return {"changed": changed, "unchanged": unchanged}
    if shown is None:
        return {}
    return {"facts": facts(shown), "internal_facts": internal_facts(shown) if internal else []}


def missing_cells(filing: Filing) -> list[dict[str, str]]:
    """What the draft still leaves open, with the place on the form."""
    if filing.version is None:
        return []
    return [
        {"field": field, "label": numbered_label(field), "sentence": sentence}
        for field, sentence in missing(filing.version).items()
    ]


PARTS = {"desk_name": "（名称）", "desk_address": "（所在地）"}


def numbered_label(field: str) -> str:
    """「5　記録項目」; cell 11 is two fields, internal fields have no number."""
    cell = BY_FIELD[field]
    label = f"{cell.label}{PARTS.get(field, '')}"
    return f"{cell.no}　{label}" if cell.no else label


def summary(filing: Filing) -> list[Fact]:
    """The dates and decisions of the notification itself."""
    rows = [
        (PLANNED[FilingKind(filing.kind)], wareki(filing.planned_on) if filing.planned_on else ""),
        ("届出番号", filing.number or ""),
        ("届け出た日", day(filing.filed_at)),
        ("おくれた理由", filing.late_reason if filing.late or filing.late_reason else ""),
        ("申し送り", filing.note),
        ("運営委員会への発議", {True: "発議する", False: "発議しない", None: ""}[filing.propose]),
        ("発議する・しない理由", filing.consideration_reason),
        ("運営委員会の開催日", wareki(filing.council_on) if filing.council_on else ""),
        ("運営委員会の意見", filing.council_outcome),
        ("結果", filing.get_result_display() if filing.result else ""),
        ("結果の内容・条件", filing.result_text),
        ("結果を通知した日", day(filing.notified_at)),
        ("検討結果通知書の文書番号", filing.document_number),
        ("実施した日", wareki(filing.effected_on) if filing.effected_on else ""),
    ]
    return [Fact(None, label, value) for label, value in rows if value]


def day(moment: datetime | None) -> str:
    """The day of a moment, in Tokyo."""
    return wareki(timezone.localtime(moment).date()) if moment else ""


KEPT_LABELS = {field_label(FileVersion, name) for name in FORM_FIELDS} | {field_label(Filing, "planned_on")}


def told(items: list[TimelineItem]) -> list[TimelineItem]:
    """The 経過 with the cells that changed; the columns that only keep who and when are in the sentence already."""
    return [
        replace(item, changed_labels=[label for label in item.changed_labels if label in KEPT_LABELS]) for item in items
    ]


def must_reconsider(filing: Filing) -> bool:
    """Whether the result stands in the way of holding or changing."""
    return filing.status == S.NOTIFIED and filing.result == Result.RECONSIDER
