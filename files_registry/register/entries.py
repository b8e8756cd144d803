"""What one entry of the book says: the printed cells of a version, with the omissions of 法第75条第3項."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from files_registry.catalogue.cells import lines, printed_cells
from files_registry.catalogue.models import FileVersion
from files_registry.register.folding import fold
from files_registry.register.questions import ITEMS

OMITTED = "（法第75条第3項の規定により記載を省いています）"
SOME_OMITTED = "（ほかの項目は、法第75条第3項の規定により記載を省いています）"
NAME, PURPOSE, UNIT = 1, 4, 3


@dataclass(frozen=True)
class Printed:
    """One entry before it has a place in an edition. `digest` covers all the public sees."""

    name: str
    organ_name: str
    department_name: str
    unit_name: str
    purpose: str
    sensitive: bool
    cells: list[dict[str, Any]]
    search_text: str
    digest: str


def build(version: FileVersion, omitted: Collection[int] = (), omitted_items: Collection[int] = ()) -> Printed:
    """The entry of `version`. `omitted` are cell numbers, `omitted_items` lines of cell 5, counted from 1."""
    cells = [
        {"no": cell["no"], "label": cell["label"], "value": _value(cell, version, omitted, omitted_items)}
        for cell in printed_cells(version)
    ]
    says = {cell["no"]: cell["value"] for cell in cells}
    department = version.unit.department
    content = [department.name if department else "", cells]
    return Printed(
        name=says[NAME],
        organ_name=version.organ.name,
        department_name=department.name if department else "",
        unit_name=says[UNIT],
        purpose=says[PURPOSE],
        sensitive=bool(version.sensitive),
        cells=cells,
        search_text="\n".join(fold(says[no]) for no in (NAME, PURPOSE, ITEMS)),
        digest=hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest(),
    )


def _value(cell: dict[str, Any], version: FileVersion, omitted: Collection[int], items: Collection[int]) -> str:
    if cell["no"] not in omitted:
        return str(cell["value"])
    if cell["no"] != ITEMS:
        return OMITTED
    kept = [item for no, item in enumerate(lines(version.items), start=1) if no not in items]
    return "、".join(f"{no}{item}" for no, item in enumerate(kept, start=1)) + SOME_OMITTED
