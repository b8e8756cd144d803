"""The list of files as a table: what the reader may see, streamed row by row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponseBase

from files_registry.catalogue import listing
from files_registry.catalogue.cells import Labels, class_labels, value_of
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.official_form import CELLS, INTERNAL, Cell
from files_registry.catalogue.policies import can_see_internal
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.tables import Column, csv_response, xlsx_response
from roles.models import Person

WIDE = {"name", "purpose", "items", "scope", "collection", "recipients"}


@dataclass(frozen=True)
class ExportRow:
    """A file, and whether the reader may see its internal fields."""

    file: PersonalInformationFile
    internal: bool
    labels: Labels


def response(kind: str, files: QuerySet[PersonalInformationFile], user: Person) -> HttpResponseBase:
    """Excel or CSV of `files`."""
    name = f"個人情報ファイル一覧_{wareki(today())}.{kind}"
    write = xlsx_response if kind == "xlsx" else csv_response
    return write(name, COLUMNS, _rows(files, user))


def _rows(files: QuerySet[PersonalInformationFile], user: Person) -> Iterator[ExportRow]:
    labels = class_labels()
    for file in listing.export_rows(files):
        yield ExportRow(file, can_see_internal(user, file), labels)


def _cell(cell: Cell) -> Callable[[ExportRow], str]:
    def get(row: ExportRow) -> str:
        version = row.file.current
        if version is None or not (cell.printed or row.internal):
            return ""
        return value_of(cell, version, row.labels)

    return get


def _title(cell: Cell) -> str:
    return f"{cell.no} {cell.label}" if cell.no else cell.label


COLUMNS = [
    Column("ファイル番号", "file.number", 14),
    Column("ファイルの名称", "file.name", 36),
    Column("所管", "file.unit.full_name", 24),
    Column("状態", lambda row: row.file.get_status_display(), 10),
    Column("保有開始日", "file.held_from", 18),
    Column("廃止日", "file.ceased_on", 18),
    *(Column(_title(cell), _cell(cell), 40 if cell.field in WIDE else 20) for cell in [*CELLS, *INTERNAL]),
]
