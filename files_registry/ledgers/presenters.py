"""How lines, verifications and media are said on a page; templates only print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.rights import Right
from files_registry.ledgers.models import EntryKind, LedgerEntry, MediumStatus, StoredMedium, Verification, Way
from files_registry.ledgers.rules import COLUMNS, LedgerRule, began, columns_of, label_of, labels, rule_of
from nerima_privacy.activity.presenters import HistoryPage, TimelineItem
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today

KIND_CHIP = {
    EntryKind.USED: "calm",
    EntryKind.STORED: "calm",
    EntryKind.MOVED: "info",
    EntryKind.COPIED: "today",
    EntryKind.PROVIDED: "today",
    EntryKind.RECEIVED: "info",
    EntryKind.RETURNED: "info",
    EntryKind.ERASED: "late",
    EntryKind.CHECKED: "done",
}


@dataclass(frozen=True)
class Fact:
    """A line of `components/facts.html`."""

    label: str
    value: str
    no: None = None


def value_of(entry: LedgerEntry, column: str) -> str:
    """A column in words."""
    if column == "medium":
        return str(entry.get_medium_display()) if entry.medium else ""
    if column == "persons":
        return "" if entry.persons is None else f"{entry.persons:,}件"
    return str(getattr(entry, column))


def later_of(line: Any) -> Any:
    """The line that corrected this one, or None."""
    return getattr(line, "corrected_by", None)


def line(entry: LedgerEntry) -> dict[str, Any]:
    """A row of the ledger: the corrected one struck through, each of the two leading to the other."""
    details = [
        (label_of(name, entry.kind), value)
        for name in ("persons", "medium", "place", "counterpart", "method", "witness", "remarks")
        if (value := value_of(entry, name))
    ]
    later = later_of(entry)
    return {
        "entry": entry,
        "chip": KIND_CHIP[EntryKind(entry.kind)],
        "what": entry.purpose or entry.scope or "―",
        "scope": entry.scope if entry.purpose else "",
        "details": details,
        "later": later,
        "struck": later is not None or entry.voids,
        "arrived": entry.source_label,
    }


def facts(entry: LedgerEntry, classes: Mapping[str, str]) -> list[Fact]:
    """Everything one line says."""
    rows = [("行った日", wareki(entry.on)), ("取扱い", str(entry.get_kind_display()))]
    rows += [
        (label_of(name, entry.kind), value_of(entry, name)) for name in columns_of(entry.kind) if name != "remarks"
    ]
    rows += [("行った人", entry.done_by), ("備考", entry.remarks)]
    rows += [("記録したときの秘匿性", classes.get(entry.confidentiality, "区分なし"))]
    rows += [("訂正の理由", entry.correction_reason)] if entry.corrects_id else []
    return [Fact(label, value) for label, value in rows]


def verification_facts(done: Verification) -> list[Fact]:
    """Everything one verification says."""
    rows = [
        ("照合した日", wareki(done.on)),
        ("照合の方法", str(done.get_way_display())),
        ("処理", done.process),
        ("処理した件数", f"{done.total:,}件"),
        ("照合した件数", f"{done.examined:,}件（{share(done)}）"),
        ("抽出の方法", done.sampling),
        ("誤りの件数", f"{done.errors:,}件"),
        ("誤りへの対応", done.remedy),
        ("照合した人", done.done_by),
        ("備考", done.remarks),
    ]
    rows += [("訂正の理由", done.correction_reason)] if done.corrects_id else []
    return [Fact(label, value) for label, value in rows]


def share(done: Verification) -> str:
    """「全件」, or how much of all: 「5.0%」."""
    if done.examined == done.total:
        return "全件"
    return f"抽出　{done.examined * 100 / done.total:.1f}%"


def verification_row(done: Verification) -> dict[str, Any]:
    """A row of the list of verifications."""
    later = later_of(done)
    return {
        "done": done,
        "share": share(done),
        "chip": "late" if done.errors else "done",
        "said": f"誤り{done.errors:,}件" if done.errors else "誤りなし",
        "later": later,
        "struck": later is not None or done.voids,
    }


def who(rule: LedgerRule) -> str:
    """What the class asks of the ledger, in a sentence."""
    if not rule.code:
        return "秘匿性の区分が決まっていないファイルです。取扱いごとに要る欄だけを書きます。"
    kinds = "、".join(str(EntryKind(k).label) for k in EntryKind.values if k in rule.kinds) or "なし"
    sentence = f"{rule.label}のファイルです。必ず記録する取扱いは {kinds}。"
    if rule.fields:
        sentence += f"必ず書く欄は {labels(rule.fields)}（取扱いにない欄を除きます）。"
    return sentence


def kinds_for_script(rule: LedgerRule) -> dict[str, dict[str, list[str]]]:
    """kind → the columns it has and those that must be filled, for the form to show no others."""
    return {
        kind: {"has": columns_of(kind), "must": sorted(rule.required(kind)), "place": [label_of("place", kind)]}
        for kind in EntryKind.values
    }


def ledger_row(
    file: PersonalInformationFile, known: Mapping[str, LedgerRule], on: date, held: frozenset[Right]
) -> dict[str, Any]:
    """A line of the list of ledgers: when it was last written, whether too long ago, what the reader may do."""
    rule = rule_of(file, known)
    last: date | None = getattr(file, "last_on", None)
    days = rule.silent_days
    since = last or began(file.held_from, file.created_at)
    return {
        "file": file,
        "unit": file.unit.full_name,
        "class": rule.label,
        "last_on": last,
        "silent": bool(days and since + timedelta(days=days) < on),
        "days": days,
        "verified_on": getattr(file, "verified_on", None),
        "verify": bool(rule.ways),
        "writes": Right.ENTER in held,
        "repeats": getattr(file, "own_last", None) if Right.ENTER in held else None,
        "rights": "" if held == frozenset(Right) else "、".join(str(right.label) for right in Right if right in held),
    }


MEDIUM_CHIP = {MediumStatus.KEPT: "info", MediumStatus.DISPOSED: "calm"}


def medium_row(medium: StoredMedium, on: date, ahead: int) -> dict[str, Any]:
    """A line of the inventory, with how its retention stands."""
    until = medium.keep_until
    past = medium.status == MediumStatus.KEPT and until is not None and until < on
    soon = not past and medium.status == MediumStatus.KEPT and until is not None and until <= on + timedelta(days=ahead)
    return {
        "medium": medium,
        "chip": "late" if past else "soon" if soon else MEDIUM_CHIP[MediumStatus(medium.status)],
        "said": "処分の時期" if past else "まもなく満了" if soon else medium.get_status_display(),
        "until": until,
    }


def medium_facts(medium: StoredMedium, retention: Iterable[tuple[str, str]]) -> list[Fact]:
    """Everything the inventory says of a medium."""
    rows = [
        ("媒体の種類", str(medium.get_medium_display())),
        ("数量", f"{medium.count:,}"),
        ("保管場所", medium.place),
        ("施錠等", str(medium.get_lock_display())),
        ("保管の責任をもつ人", medium.responsible.name),
        ("保管をはじめた日", wareki(medium.stored_on)),
        ("保存年限", dict(retention).get(medium.retention, medium.retention)),
        ("完結した日", wareki(medium.completed_on) if medium.completed_on else ""),
        ("保存期間の満了日", wareki(medium.keep_until) if medium.keep_until else ""),
        ("備考", medium.remarks),
    ]
    if medium.status == MediumStatus.DISPOSED:
        rows += [
            ("処分した日", wareki(medium.disposed_on) if medium.disposed_on else ""),
            ("処分の方法", str(medium.get_disposal_way_display())),
            ("処分した人", medium.disposed_by),
            ("立ち会った人", medium.witness),
            ("証明書の番号", medium.certificate),
        ]
        rows += [("満了前に処分した理由", medium.early_reason)] if medium.early_reason else []
    return [Fact(label, value) for label, value in rows]


def told(changes: HistoryPage) -> list[TimelineItem]:
    """The 経過 of a medium from its own history, for what is done to many at once is one entry of the record."""
    return [
        TimelineItem(
            item.at, item.who, "", item.what, item.reason, [] if item.first else [c.label for c in item.changes]
        )
        for item in changes.items
    ]


def ways_asked(rule: LedgerRule, last: Mapping[str, date], first: date) -> list[dict[str, Any]]:
    """Each way the class asks for: when it was last done, and the day by which it is due again."""
    rows = []
    for way in rule.ways:
        due = (last.get(way) or first) + timedelta(days=rule.verify_days)
        rows.append({"label": str(Way(way).label), "last": last.get(way), "due": due, "late": due < today()})
    return rows


def initial_of(entry: LedgerEntry) -> dict[str, Any]:
    """What a form begins with to repeat or to correct a line."""
    return {"kind": entry.kind, "done_by": entry.done_by} | {name: getattr(entry, name) for name in COLUMNS}
