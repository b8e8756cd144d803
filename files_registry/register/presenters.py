"""How the book and its judgements are worded."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from files_registry.catalogue.cells import CELLS
from files_registry.register.book import Difference, Found, with_changes
from files_registry.register.models import Edition, EditionEntry, Ground, ListingDecision
from files_registry.register.questions import Conclusion
from nerima_privacy.calendars.eras import wareki

OFFICE = "総務部 情報公開課"
SOME = 50


def edition_label(edition: Edition) -> str:
    """「令和8年11月1日版（第12版）」."""
    return f"{wareki(edition.as_of)}版（第{edition.number}版）"


def sensitive_label(entry: EditionEntry) -> str:
    """As the form says it."""
    return "含む" if entry.sensitive else "含まない"


def address(entry: EditionEntry, name: str = "entry", number: int | None = None) -> str:
    """The address of an entry, its PDF or its Excel; of an edition when `number` is given."""
    if number is None:
        return reverse(f"register:{name}", args=[entry.key])
    return reverse(f"register:edition-{name}", args=[number, entry.key])


def row(entry: EditionEntry, number: int | None = None) -> dict[str, Any]:
    """An entry with its addresses."""
    return {
        "entry": entry,
        "sensitive": sensitive_label(entry),
        "url": address(entry, "entry", number),
        "pdf": address(entry, "pdf", number),
        "excel": address(entry, "excel", number),
    }


def rows(found: Found, number: int | None = None) -> list[dict[str, Any]]:
    """The list of entries with their addresses."""
    return [row(entry, number) for entry in found.entries]


def appearances(entries: Iterable[EditionEntry]) -> list[dict[str, Any]]:
    """The editions an entry stood in, newest first, each with whether it said something else before."""
    stood = list(entries)
    older = [*stood[1:], None]
    return [
        {
            "label": edition_label(entry.edition),
            "url": address(entry, "entry", entry.edition.number),
            "changed": bool(before and before.digest != entry.digest),
        }
        for entry, before in zip(stood, older, strict=True)
    ]


def changes_of(difference: Difference) -> dict[str, Any]:
    """The first of what came, changed and went, with the cells old and new, and how many there are."""
    old, new = difference.old, difference.new
    changed = list(difference.changed[:SOME])
    return {
        "old": old,
        "new": new,
        "added": [{"entry": e, "url": address(e, "entry", new.number)} for e in difference.added[:SOME]],
        "added_count": difference.added.count(),
        "changed": [
            {**change, "url": address(change["entry"], "entry", new.number)}
            for change in (with_changes(old, changed) if old else [])
        ],
        "changed_count": difference.changed.count(),
        "removed": [{"entry": e, "url": address(e, "entry", old.number)} for e in difference.removed[:SOME]]
        if old
        else [],
        "removed_count": difference.removed.count(),
        "some": SOME,
    }


def verdict(conclusion: Conclusion) -> dict[str, str]:
    """The conclusion in a chip and a sentence."""
    if conclusion.listed is None:
        return {"kind": "soon", "text": "まだ決まりません", "sentence": "答えていない質問があります。"}
    if not conclusion.listed:
        return {"kind": "calm", "text": "載せない", "sentence": conclusion.ground_label}
    if conclusion.omitted:
        return {"kind": "done", "text": "一部を省いて載せる", "sentence": "選んだ欄の記載を省きます（法第75条第3項）。"}
    return {"kind": "done", "text": "載せる", "sentence": "載せない根拠は見当たりません（法第75条第1項）。"}


def ground_label(ground: str) -> str:
    """The ground in words with its article."""
    return str(Ground(ground).label)


def decision_label(decision: ListingDecision) -> str:
    """「載せない　本人の数が…」."""
    if decision.listed:
        return "一部を省いて載せる" if decision.omitted_cells else "載せる"
    return f"載せない　{decision.get_ground_display()}"


HEAD = [
    ("key", "整理番号", "ファイルごとの番号。版が変わっても同じです。"),
    ("edition", "版", "ファイル簿の版の番号。"),
]


def columns() -> list[dict[str, Any]]:
    """The columns of the CSV in their order, with the names the JSON gives them."""
    head = [{"name": name, "label": label, "text": text} for name, label, text in HEAD]
    cells = [
        {
            "name": f"cell{cell.no}",
            "label": f"{cell.no} {cell.label}",
            "text": "単票の欄。当たるものがないときは「―」です。",
        }
        for cell in CELLS
    ]
    return head + cells
