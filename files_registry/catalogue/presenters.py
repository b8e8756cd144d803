"""How a file is said on a page; templates only print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from files_registry.catalogue.cells import CellDiff, Part, diff, internal_cells, printed_cells
from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile, VersionStatus
from files_registry.catalogue.official_form import BY_FIELD
from files_registry.catalogue.panels import Procedure
from nerima_privacy.calendars.eras import wareki

STATUS_KIND = {
    FileStatus.PREPARING: "info",
    FileStatus.HELD: "done",
    FileStatus.CEASED: "calm",
    FileStatus.ABANDONED: "calm",
}
VERSION_KIND = {
    VersionStatus.PROPOSED: "info",
    VersionStatus.IN_FORCE: "done",
    VersionStatus.SUPERSEDED: "calm",
    VersionStatus.DROPPED: "calm",
}
SHORT_PROCESSING = {"computerised": "電算処理", "manual": "マニュアル処理"}


@dataclass(frozen=True)
class Fact:
    """A row of components/facts.html; `parts` only where the cell changed."""

    no: int | None
    label: str
    value: str
    old: str = ""
    new: str = ""
    changed: bool = False
    parts: list[Part] = field(default_factory=list)
    small: str = ""


def facts(version: FileVersion) -> list[Fact]:
    """The twenty cells in the order of the form."""
    return [Fact(cell["no"], cell["label"], cell["value"]) for cell in printed_cells(version)]


def internal_facts(version: FileVersion) -> list[Fact]:
    """The fields the public never sees."""
    return [Fact(None, cell["label"], cell["value"]) for cell in internal_cells(version)]


def split_changes(diffs: Iterable[CellDiff]) -> tuple[list[Fact], list[Fact]]:
    """The changed cells, then the others."""
    rows = [(cell.changed, fact_of(cell)) for cell in diffs]
    return [fact for changed, fact in rows if changed], [fact for changed, fact in rows if not changed]


def fact_of(cell: CellDiff) -> Fact:
    """A cell of two versions as a row: old struck out, new marked."""
    if not cell.changed:
        return Fact(cell.no, cell.label, cell.new)
    separator = "、" if cell.field in BY_FIELD and BY_FIELD[cell.field].is_list else ""
    parts = _joined(cell.parts, separator)
    return Fact(cell.no, cell.label, cell.new, old=cell.old, new=cell.new, changed=True, parts=parts)


def _joined(parts: Sequence[Part], separator: str) -> list[Part]:
    """The runs with the list's separator between them, which difference by item leaves out."""
    last = len(parts) - 1
    return [Part(part.kind, part.text + (separator if index < last else "")) for index, part in enumerate(parts)]


def compared(old: FileVersion, new: FileVersion, *, internal: bool) -> list[dict[str, Any]]:
    """Each cell of two versions side by side."""
    return [
        {"no": cell.no, "label": cell.label, "old": cell.old, "new": cell.new, "changed": cell.changed}
        for cell in diff(old, new, internal=internal)
    ]


def version_period(version: FileVersion) -> str:
    """「令和6年4月1日から令和8年3月31日まで」, or that it has no effect yet."""
    if version.status == VersionStatus.PROPOSED:
        return "まだ効力がありません"
    if version.status == VersionStatus.DROPPED:
        return "効力をもちませんでした"
    start = f"{wareki(version.in_force_from)}から" if version.in_force_from else ""
    end = f"{wareki(version.in_force_to)}まで" if version.in_force_to else ""
    return start + end or "日付の記録がありません"


def version_rows(versions: Iterable[FileVersion]) -> list[dict[str, Any]]:
    """The versions, newest first, each with the one before it to compare with."""
    rows = list(versions)
    before = {version.pk: rows[index + 1] if index + 1 < len(rows) else None for index, version in enumerate(rows)}
    return [
        {
            "version": version,
            "kind": VERSION_KIND[VersionStatus(version.status)],
            "period": version_period(version),
            "before": before[version.pk],
        }
        for version in rows
    ]


def marks(version: FileVersion | None) -> list[tuple[str, str]]:
    """Chips that say what kind of data the file holds."""
    if version is None:
        return []
    found = []
    if version.my_number:
        found.append(("特定個人情報ファイル", "today"))
    if version.sensitive:
        found.append(("要配慮個人情報を含む", "soon"))
    return found


def life(file: PersonalInformationFile) -> str:
    """The days of the file's life in a line."""
    said = []
    if file.held_from:
        said.append(f"{wareki(file.held_from)}から保有")
    if file.ceased_on:
        said.append(f"{wareki(file.ceased_on)}に廃止")
    if file.disposal and file.disposed_on:
        said.append(f"{wareki(file.disposed_on)}に{file.get_disposal_display()}")
    return "、".join(said)


def status_kind(file: PersonalInformationFile) -> str:
    """The colour of the file's state."""
    return STATUS_KIND[FileStatus(file.status)]


def list_row(file: PersonalInformationFile, procedure: Procedure | None, internal: bool) -> dict[str, Any]:
    """A line of the list."""
    version = file.current
    return {
        "file": file,
        "unit": file.unit.full_name,
        "purpose": short(version.purpose) if version else "まだ効力のある版がありません",
        "processing": SHORT_PROCESSING.get(version.processing, "―") if version else "―",
        "sensitive": {True: "含む", False: "含まない", None: "―"}[version.sensitive if version else None],
        "my_number": {True: "該当", False: "非該当", None: "―"}[version.my_number if version and internal else None],
        "kind": status_kind(file),
        "procedure": procedure,
    }


def short(text: str, limit: int = 60) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit]}…"
