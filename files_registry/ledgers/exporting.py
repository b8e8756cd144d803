"""Ledgers as Excel and CSV, streamed, and as a PDF of one file, one unit, one fiscal year (第15条)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone

from files_registry.ledgers import queries
from files_registry.ledgers.models import LedgerEntry
from files_registry.ledgers.outputs import Output
from files_registry.ledgers.presenters import later_of, value_of
from files_registry.ledgers.rules import COLUMNS, class_labels, label_of
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.forms import LedgerForm, LedgerLine
from nerima_privacy.documents.responses import pdf_response
from nerima_privacy.documents.tables import Column, csv_response, xlsx_response
from nerima_privacy.documents.typst_pdf import render

WIDTHS = {"purpose": 36, "scope": 30, "method": 30, "remarks": 30}
PERIOD = {"year": "年度", "kind": "取扱い", "q": "ことば"}


def correction(entry: LedgerEntry) -> str:
    """「記録12を訂正」「記録34で訂正済み」; nothing for a line that stands as it was written."""
    later = later_of(entry)
    parts = [f"記録{entry.corrects_id}を{'取消し' if entry.voids else '訂正'}"] if entry.corrects_id else []
    parts += [f"記録{later.pk}で{'取消し' if later.voids else '訂正'}済み"] if later else []
    return "、".join(parts)


def _column(name: str) -> Callable[[LedgerEntry], Any]:
    if name == "persons":
        return lambda entry: entry.persons
    return lambda entry: value_of(entry, name)


TABLE = [
    Column("記録番号", "pk", 10, "number"),
    Column("ファイル番号", "file.number", 14),
    Column("ファイルの名称", "file.name", 36),
    Column("所管", "file.unit.full_name", 24),
    Column("行った日", "on", 18),
    Column("取扱い", lambda entry: entry.get_kind_display(), 12),
    *(Column(label_of(n), _column(n), WIDTHS.get(n, 18), "number" if n == "persons" else "text") for n in COLUMNS),
    Column("行った人", "done_by", 16),
    Column("記録した人", "entered_by.name", 16),
    Column("記録した人の役割", "entered_post", 24),
    Column("記録した日時", "entered_at", 24),
    Column("訂正", correction, 24),
    Column("訂正の理由", "correction_reason", 24),
    Column("きっかけ", lambda entry: entry.source_label or entry.get_origin_display(), 20),
]


def table() -> list[Column]:
    """The columns; the class of the day a line was written stands in it by the ward's name."""
    names = class_labels()
    return [*TABLE, Column("記録したときの秘匿性", lambda e: names.get(e.confidentiality, ""), 20)]


def response(form: str, output: Output, *, file: str = "", unit: str, wanted: Mapping[str, Any]) -> HttpResponseBase:
    """What was taken out, of one file or of a whole unit: Excel and CSV line by line however many, or the paper."""
    if form == "pdf":
        return paper(file, unit, output, wanted)
    write = xlsx_response if form == "xlsx" else csv_response
    return write(f"取扱台帳_{(file or unit)[:60]}_{wareki(today())}.{form}", table(), queries.export_rows(output.lines))


def paper(name: str, unit: str, output: Output, wanted: Mapping[str, Any]) -> HttpResponseBase:
    """The PDF."""
    data: LedgerForm = {
        "title": name,
        "unit": unit,
        "period": fiscal.label(int(wanted["year"])) if "year" in wanted else "全期間",
        "printed": wareki(today()),
        "count": f"{output.count:,}件",
        "rows": [_printed(entry) for entry in queries.export_rows(output.lines)],
        "dated": today().isoformat(),
    }
    return pdf_response(render("ledger", data), f"取扱台帳_{name or unit}.pdf", inline=True)


def _printed(entry: LedgerEntry) -> LedgerLine:
    said = [entry.scope, *(value_of(entry, n) for n in ("persons", "medium", "place"))]
    how = [value_of(entry, n) for n in ("counterpart", "method", "witness", "remarks")]
    return {
        "no": str(entry.pk),
        "file": entry.file.name,
        "on": wareki(entry.on),
        "kind": str(entry.get_kind_display()),
        "purpose": entry.purpose,
        "what": "　".join(part for part in said if part),
        "how": "　".join(part for part in how if part),
        "done_by": entry.done_by,
        "entered": f"{entry.entered_by.name} {wareki(timezone.localdate(entry.entered_at))}",
        "correction": "　".join(part for part in (correction(entry), entry.correction_reason) if part),
        "struck": later_of(entry) is not None or entry.voids,
    }
