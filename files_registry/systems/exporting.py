"""The register as an Excel file: what the reader may see, streamed."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase

from files_registry.systems import presenters
from files_registry.systems.listing import lines
from files_registry.systems.models import InformationSystem
from files_registry.systems.queries import topics
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.tables import Column, xlsx_response

CHUNK = 500
COLUMNS = [
    Column("名称", "system.name", 32),
    Column("所管", "system.unit.full_name", 24),
    Column("なにに使うか", "system.purpose", 40),
    Column("使いはじめた日", "system.valid_from", 18),
    Column("使い終えた日", "system.valid_to", 18),
    Column("管理者", lambda row: row.administrator or "いません", 18),
    Column("ファイルの数", "files", 12, kind="number"),
    Column("足りないもの", lambda row: "、".join(word for word, _ in presenters.lacking(row)), 28),
]


def response(systems: QuerySet[InformationSystem]) -> HttpResponseBase:
    """Excel of `systems`."""
    return xlsx_response(f"情報システム一覧_{wareki(today())}.xlsx", COLUMNS, _rows(systems))


def _rows(systems: QuerySet[InformationSystem]) -> Iterator[Any]:
    on, codes = today(), list(topics())
    rows = systems.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield from lines(chunk, on, codes)
