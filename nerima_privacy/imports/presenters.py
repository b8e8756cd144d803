"""What the pages of an import say."""

import csv
import io
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from nerima_privacy.imports import kinds, progress
from nerima_privacy.imports.models import ImportRun, RunStatus

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAITING = {RunStatus.WAITING, RunStatus.CHECKING, RunStatus.COMMITTING}
CHIPS = {
    RunStatus.CHECKED: "today",
    RunStatus.WRONG: "late",
    RunStatus.FAILED: "late",
    RunStatus.DONE: "done",
    RunStatus.DISCARDED: "calm",
}
DONE_WORDS = {"create": "加わりました", "change": "変わりました", "unchanged": "そのままです"}
PLAN_WORDS = {"create": "加わります", "change": "変わります", "unchanged": "そのままです"}


def line(run: ImportRun) -> dict[str, Any]:
    """A row of the list."""
    return {"run": run, "kind": kinds.kind(run.kind).title, "chip": CHIPS.get(RunStatus(run.status), "info")}


def detail(run: ImportRun) -> dict[str, Any]:
    """The page of one run."""
    status = RunStatus(run.status)
    errors = [p for p in run.problems if not p["warning"]]
    warnings = [p for p in run.problems if p["warning"]]
    words = DONE_WORDS if status == RunStatus.DONE else PLAN_WORDS
    return {
        **line(run),
        "waiting": status in WAITING,
        "progress": progress.of(run.pk),
        "errors": errors,
        "errors_hidden": max(0, run.errors_count - len(errors)),
        "warnings": warnings,
        "counts": run.counts,
        "words": words,
        "shown_at": kinds.kind(run.kind).shown_at if status == RunStatus.DONE else "",
        "can_commit": status == RunStatus.CHECKED,
        "can_discard": status in {RunStatus.CHECKED, RunStatus.WRONG, RunStatus.FAILED},
        "total": sum(count["create"] + count["change"] for count in run.counts),
    }


def problems_csv(run: ImportRun) -> str:
    """Errors first; opens in Excel."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(["区分", "セル", "見出し", "内容"])
    for problem in run.problems:
        kind = "注意" if problem["warning"] else "誤り"
        writer.writerow([kind, problem["cell"], _plain(problem["header"]), _plain(problem["message"])])
    return out.getvalue()


def _plain(text: str) -> str:
    """A header somebody typed may look like a formula; it must not become one."""
    return f"'{text}" if text[:1] in "=+-@" and text else text


def template_workbook(kind: kinds.ImportKind) -> HttpResponse:
    """One sheet a sort of row, with its headers."""
    book = Workbook()
    book.remove(book.active)
    for sheet in kind.sheets:
        page = book.create_sheet(sheet.name)
        page.append([column.header for column in sheet.columns])
        page.freeze_panes = "A2"
        for index, column in enumerate(sheet.columns, start=1):
            page.cell(1, index).font = Font(bold=True)
            page.column_dimensions[get_column_letter(index)].width = max(14, len(column.header) * 2 + 2)
    response = HttpResponse(content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{kind.key}.xlsx"'
    book.save(response)
    return response
