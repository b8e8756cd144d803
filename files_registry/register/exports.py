"""The book in files: one entry as the official form, a whole edition as CSV and JSON; and what is left off it."""

import json
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.timezone import localdate

from files_registry.register import book, presenters
from files_registry.register.models import Edition, EditionEntry, ListingDecision
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.documents.responses import disposition, pdf_response, xlsx_file_response
from nerima_privacy.documents.tables import Column, csv_response, xlsx_response
from nerima_privacy.documents.typst_pdf import render
from nerima_privacy.documents.xlsx_forms import register_entry_xlsx

LEFT_OFF = [
    Column("ファイル番号", "number", 14),
    Column("名称", "name", 36),
    Column("機関", "current.organ.name", 18),
    Column("所管", "unit.full_name", 28),
    Column("根拠", lambda file: presenters.ground_label(file.ground), 44),
    Column("理由", "reason", 44),
    Column("判断した日", lambda file: wareki(localdate(file.decided_at)), 20),
]


def _printed(entry: EditionEntry) -> dict[str, str]:
    """What stands at the foot of the form."""
    published = wareki(localdate(entry.edition.published_at))
    return {"published": published, "edition": f"第{entry.edition.number}版"}


def _filename(entry: EditionEntry) -> str:
    return f"個人情報ファイル簿（単票）_{entry.key}_{entry.name[:60]}_第{entry.edition.number}版"


def entry_pdf(entry: EditionEntry) -> HttpResponse:
    """The one-page form."""
    dated = localdate(entry.edition.published_at).isoformat()
    content = render("register_entry", {"cells": entry.cells, **_printed(entry), "dated": dated})
    return pdf_response(content, f"{_filename(entry)}.pdf", inline=True)


def entry_excel(entry: EditionEntry) -> HttpResponse:
    """The same form as a workbook."""
    return xlsx_file_response(register_entry_xlsx(entry.cells, **_printed(entry)), f"{_filename(entry)}.xlsx")


def left_off_excel(files: QuerySet[Any]) -> FileResponse:
    """What is off the book, with its ground and reason: internal, for the yearly report."""
    reasons = ListingDecision.objects.filter(pk=OuterRef("decision")).values("reason")[:1]
    rows = files.annotate(reason=Subquery(reasons)).iterator(chunk_size=500)
    return xlsx_response("個人情報ファイル簿に載せないファイル.xlsx", LEFT_OFF, rows)


def whole_csv(edition: Edition) -> StreamingHttpResponse:
    """One row a file; the columns are those of `presenters.columns`."""
    columns = [Column(column["label"], itemgetter(column["name"])) for column in presenters.columns()]
    return csv_response(f"個人情報ファイル簿_第{edition.number}版.csv", columns, _rows(edition))


def whole_json(edition: Edition) -> StreamingHttpResponse:
    """The same rows as JSON, written out one by one."""
    response = StreamingHttpResponse(_json(edition), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = disposition(f"個人情報ファイル簿_第{edition.number}版.json")
    return response


def _rows(edition: Edition) -> Iterator[dict[str, Any]]:
    for entry in book.whole(edition):
        row = {"key": entry.key, "edition": edition.number}
        yield row | {f"cell{cell['no']}": cell["value"] for cell in entry.cells}


def _json(edition: Edition) -> Iterator[str]:
    head = {
        "edition": {
            "number": edition.number,
            "as_of": edition.as_of.isoformat(),
            "published_on": localdate(edition.published_at).isoformat(),
            "entries": edition.entries_count,
            "note": edition.note,
        },
        "columns": {column["name"]: column["label"] for column in presenters.columns()},
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "entries": ['
    for place, row in enumerate(_rows(edition)):
        yield ("," if place else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"
