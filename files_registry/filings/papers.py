"""The official forms of a notification, filled for printing (第10条)."""

from typing import Any

from django.utils import timezone

from files_registry.catalogue.cells import diff, internal_cells, printed_cells
from files_registry.filings.models import Filing, FilingKind
from files_registry.filings.presenters import day
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.typst_pdf import render as render_pdf
from roles.models import Person, Unit
from roles.seats import Seat

TITLES = {"notification": "届出書", "result": "検討結果通知書", "cease": "廃止届"}
TEMPLATES = {"notification": "filing.typ", "result": "result.typ", "cease": "cease.typ"}


def render(filing: Filing, name: str) -> bytes:
    """The PDF: 届出書, 検討結果通知書 or 廃止届."""
    fill = {"notification": notification, "result": result, "cease": cease}[name]
    return render_pdf(TEMPLATES[name], fill(filing))


def filename(filing: Filing, name: str) -> str:
    """「届出書_R8-0412_課税台帳.pdf」."""
    number = f"_{filing.number}" if filing.number else "_下書き"
    return f"{TITLES[name]}{number}_{filing.file.name[:60]}.pdf"


def notification(filing: Filing) -> dict[str, Any]:
    """保有・変更の届出書 (第10条第1項)."""
    data = _head(filing) | {
        "kind": str(filing.kind),
        "planned": wareki(filing.planned_on) if filing.planned_on else "",
        "already_done": filing.already_done,
    }
    if filing.version is None:
        return data
    if filing.kind == FilingKind.CHANGE:
        data["changes"] = [
            {"no": cell.no, "label": cell.label, "old": cell.old, "new": cell.new, "changed": cell.changed}
            for cell in diff(filing.base_version, filing.version)
        ]
    else:
        data["cells"] = printed_cells(filing.version)
    data["internal"] = [{"label": c["label"], "value": c["value"]} for c in internal_cells(filing.version)]
    return data


def cease(filing: Filing) -> dict[str, Any]:
    """廃止届 (第10条第3項)."""
    file = filing.file
    return _head(filing) | {
        "held_from": wareki(file.held_from) if file.held_from else "",
        "ceased_on": wareki(filing.planned_on) if filing.planned_on else "",
        "disposal": file.get_disposal_display() if file.disposal else "",
        "disposed_on": wareki(file.disposed_on) if file.disposed_on else "",
        "disposal_note": file.disposal_note,
    }


def result(filing: Filing) -> dict[str, Any]:
    """検討結果通知書 (第10条第2項)."""
    council = {"held_on": wareki(filing.council_on), "opinion": filing.council_outcome} if filing.council_on else None
    return {
        "document_number": filing.document_number,
        "date": day(filing.notified_at),
        "to": _office(filing.unit, str(Seat.PROTECTION_MANAGER.label), filing.filed_by),
        "sender": {"unit": "", "post": "情報公開課長", "name": _name(filing.notified_by)},
        "filing_number": filing.number or "",
        "filed_on": day(filing.filed_at),
        "kind_label": filing.get_kind_display(),
        "file_name": _file_name(filing),
        "proposed": bool(filing.propose),
        "reason": filing.consideration_reason,
        "council": council,
        "result": filing.get_result_display(),
        "conditions": filing.result_text,
        "dated": _iso(filing.notified_at),
    }


def _head(filing: Filing) -> dict[str, Any]:
    return {
        "number": filing.number or "",
        "date": day(filing.filed_at) or wareki(today()),
        "to": "情報公開課長",
        "sender": _office(filing.unit, str(Seat.PROTECTION_MANAGER.label), filing.filed_by),
        "file_name": _file_name(filing),
        "file_number": filing.file.number,
        "late": filing.late,
        "late_reason": filing.late_reason,
        "note": filing.note,
        "dated": _iso(filing.filed_at),
    }


def _file_name(filing: Filing) -> str:
    return (filing.version.name if filing.version else "") or filing.file.name


def _office(unit: Unit, post: str, person: Person | None) -> dict[str, str]:
    return {"unit": unit.full_name, "post": post, "name": _name(person)}


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _iso(moment: Any) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else today().isoformat()
