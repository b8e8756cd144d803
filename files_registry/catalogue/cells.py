"""What each cell of a version says, what it still lacks, and how two versions differ, cell by cell."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from files_registry.catalogue.models import FileVersion
from files_registry.catalogue.official_form import (
    ALL_CELLS,
    BY_FIELD,
    CELLS,
    FORM_FIELDS,
    INTERNAL,
    NONE,
    Cell,
    lines,
    ordinance_designated,
)
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.law.parameters import parameter, parameters

__all__ = [
    "ALL_CELLS",
    "BY_FIELD",
    "CELLS",
    "FORM_FIELDS",
    "INTERNAL",
    "NONE",
    "Cell",
    "CellDiff",
    "Part",
    "cells_needing_notice",
    "changed_fields",
    "class_labels",
    "diff",
    "internal_cells",
    "lines",
    "missing",
    "needs_notification",
    "ordinance_designated",
    "printed_cells",
    "value_of",
]

Labels = Mapping[str, Mapping[str, str]]
CLASSES = ("confidentiality", "retention")
CHOICES: dict[str, tuple[str, str]] = {
    "sensitive": ("含む", "含まない"),
    "ordinance_sensitive": ("含む", "含まない"),
    "manual_twin": ("有", "無"),
    "open_to_proposals": ("該当", "非該当"),
    "my_number": ("はい", "いいえ"),
    "outsourced": ("有", "無"),
    "abroad": ("有", "無"),
}


@dataclass(frozen=True)
class Part:
    """A run of text in a changed cell: `kind` is same, ins or del."""

    kind: str
    text: str


@dataclass(frozen=True)
class CellDiff:
    """One cell of two versions. `parts` is for showing; `old` and `new` are the printed values."""

    no: int | None
    label: str
    old: str
    new: str
    changed: bool
    field: str = ""
    parts: tuple[Part, ...] = ()


def printed_cells(version: FileVersion, omitted: Collection[int | str] = ()) -> list[dict[str, Any]]:
    """The twenty cells as `{no, label, value}`; never blank. `omitted` (numbers or fields) is 法第75条第3項."""
    return [
        {
            "no": cell.no,
            "label": cell.label,
            "value": NONE if cell.no in omitted or cell.field in omitted else value_of(cell, version),
        }
        for cell in CELLS
    ]


def internal_cells(version: FileVersion) -> list[dict[str, Any]]:
    """The internal fields as `{no: None, label, value, field}`; only for those who may (`can_see_internal`)."""
    labels = class_labels()
    return [
        {"no": None, "label": cell.label, "value": value_of(cell, version, labels), "field": cell.field}
        for cell in INTERNAL
    ]


def class_labels(on: date | None = None) -> Labels:
    """The ward's names of 秘匿性の区分 and 保存年限, in one query: pages and exports read them once."""
    try:
        found = parameters([f"{name}.classes" for name in CLASSES], on)
    except LookupError:
        return {}
    return {name: {row["code"]: row["label"] for row in found[f"{name}.classes"]} for name in CLASSES}


def value_of(cell: Cell, version: FileVersion, labels: Labels | None = None) -> str:
    """What the cell says: 「―」 for nothing, 「含まない」 and the like for no, items numbered.

    `labels` are `class_labels()`, for callers that ask many cells.
    """
    if cell.field in CLASSES:
        return _class(cell, version, class_labels() if labels is None else labels)
    if cell.no is not None and 16 <= cell.no <= 19 and not version.open_to_proposals:
        return NONE
    if cell.field in CHOICES:
        return _choice(cell, version)
    if cell.field in _SPECIAL:
        return _SPECIAL[cell.field](version) or NONE
    return str(getattr(version, cell.field) or "").strip() or NONE


def _numbered(text: str) -> list[str]:
    return [f"{number}{item}" for number, item in enumerate(lines(text), start=1)]


def _class(cell: Cell, version: FileVersion, labels: Labels) -> str:
    code = getattr(version, cell.field)
    return labels.get(cell.field, {}).get(code, code) or NONE


def _choice(cell: Cell, version: FileVersion) -> str:
    value = getattr(version, cell.field)
    if cell.field == "manual_twin" and not cell.applies(version):
        return NONE
    if value is None:
        return "含まない" if cell.field == "ordinance_sensitive" else NONE
    return CHOICES[cell.field][0 if value else 1]


def _persons(version: FileVersion) -> str:
    return "" if version.persons is None else f"{version.persons:,}人"


def _as_of(version: FileVersion) -> str:
    return wareki(version.persons_as_of) if version.persons_as_of else ""


def _desk(version: FileVersion) -> str:
    name, address = version.desk_name.strip(), version.desk_address.strip()
    return f"（名称）{name or NONE}　（所在地）{address or NONE}" if name or address else ""


_SPECIAL: dict[str, Any] = {
    "items": lambda version: "、".join(_numbered(version.items)),
    "recipients": lambda version: "、".join(lines(version.recipients)),
    "organ": lambda version: version.organ.name,
    "unit": lambda version: version.unit_label or version.unit.full_name,
    "desk_name": _desk,
    "processing": lambda version: version.get_processing_display(),
    "persons": _persons,
    "persons_as_of": _as_of,
    "parent_file": lambda version: version.parent_file.name if version.parent_file else "",
}


def diff(old: FileVersion | None, new: FileVersion, *, internal: bool = False) -> list[CellDiff]:
    """Every cell of `new` beside `old`, in the order of the form; nothing is changed when there is no old version."""
    labels = class_labels() if internal else {}
    return [_cell_diff(cell, old, new, labels) for cell in (CELLS + INTERNAL if internal else CELLS)]


def _cell_diff(cell: Cell, old: FileVersion | None, new: FileVersion, labels: Labels) -> CellDiff:
    after = value_of(cell, new, labels)
    before = value_of(cell, old, labels) if old else ""
    changed = old is not None and before != after
    parts: tuple[Part, ...]
    if not changed or old is None:
        parts = (Part("same", after),)
    elif cell.is_list:
        parts = _list_parts(lines(getattr(old, cell.field)), lines(getattr(new, cell.field)))
    else:
        parts = (Part("del", before), Part("ins", after))
    return CellDiff(cell.no, cell.label, before, after, changed, cell.field, parts)


def _list_parts(old: list[str], new: list[str]) -> tuple[Part, ...]:
    """Item by item: what stayed, what went, what came."""
    parts: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Part("same", "、".join(new[c:d])))
            continue
        if b > a:
            parts.append(Part("del", "、".join(old[a:b])))
        if d > c:
            parts.append(Part("ins", "、".join(new[c:d])))
    return tuple(parts)


def missing(version: FileVersion) -> dict[str, str]:
    """field → a sentence saying what is missing before this version can be filed. Empty when it can."""
    found: dict[str, str] = {}
    for cell in ALL_CELLS:
        if not cell.required or not cell.applies(version):
            continue
        for field in cell.fields:
            if _is_empty(version, field):
                found[field] = _missing_sentence(cell, field)
    return found


def _is_empty(version: FileVersion, field: str) -> bool:
    value: Any = getattr(version, f"{field}_id" if field in {"organ", "unit"} else field)
    return value is None or (isinstance(value, str) and not value.strip())


def _missing_sentence(cell: Cell, field: str) -> str:
    label = "所在地" if field == "desk_address" else cell.label
    where = f"{cell.no}欄の" if cell.no else ""
    verb = "選んで" if cell.field in {"sensitive", "ordinance_sensitive", "processing", "manual_twin"} else "書いて"
    return f"{where}「{label}」を{verb}ください（{cell.article}）。"


def changed_fields(old: FileVersion | None, new: FileVersion) -> list[str]:
    """The names of the cell fields whose values differ; every filled-in one when there is no old version."""
    if old is None:
        return [field for field in FORM_FIELDS if not _is_empty(new, _column(field))]
    return [field for field in FORM_FIELDS if _compare(old, field) != _compare(new, field)]


def _column(field: str) -> str:
    return f"{field}_id" if field in {"organ", "unit", "parent_file"} else field


def _compare(version: FileVersion, field: str) -> Any:
    value = getattr(version, _column(field))
    if BY_FIELD[field].is_list:
        return lines(value)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def cells_needing_notice(on: date | None = None) -> set[str]:
    """The fields whose change must be notified beforehand (第10条第1項); the law parameter names fields or numbers."""
    named: Iterable[Any] = parameter("filing.change_cells", on)
    wanted = {str(name) for name in named}
    return {field for cell in CELLS if {str(cell.no), *cell.fields} & wanted for field in cell.fields}


def needs_notification(old: FileVersion | None, new: FileVersion, on: date | None = None) -> bool:
    """Whether going from `old` to `new` must be notified before it is done (第10条第1項). A new file always must."""
    return old is None or bool(cells_needing_notice(on) & set(changed_fields(old, new)))
