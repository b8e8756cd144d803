"""Official forms as PDF: `render()` compiles templates/documents/<name>.typ with plain data.

Fonts are the vendored ones only. The data travel as JSON strings, never as markup. The result is PDF/UA-1 and
PDF/A-2a, and the same data give the same bytes.
"""

import json
import threading
from collections.abc import Mapping
from datetime import date
from functools import cache

import typst
from django.conf import settings

from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.glyphs import FONTS, printable

TEMPLATES = settings.BASE_DIR / "templates" / "documents"
MOST_ON_PAPER = 1_000  # lines of a table somebody still reads on paper; more are for a spreadsheet
_local = threading.local()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _compiler() -> typst.Compiler:
    """One for each thread: a compiler is not to be entered twice at a time; the fonts are shared."""
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(root=str(TEMPLATES), font_paths=_fonts())
    return _local.compiler


def render(template: str, data: Mapping[str, object]) -> bytes:
    """The PDF of `template` ("register_entry", with or without ".typ") filled with `data` (shapes: forms.py)."""
    name = template.removesuffix(".typ")
    dated = date.fromisoformat(str(data["dated"])) if data.get("dated") else today()
    content = printable(dict(data)) | {"dated": [dated.year, dated.month, dated.day]}
    pdf = _compiler().compile(
        input=str(TEMPLATES / f"{name}.typ"),
        format="pdf",
        sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=0,
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"{name} did not compile to one PDF")
    return pdf
