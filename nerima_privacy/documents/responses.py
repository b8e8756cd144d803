"""Downloads: names in Japanese for browsers that read them (RFC 5987), and a plain one for the others."""

import re
import unicodedata
from urllib.parse import quote

from django.http import HttpResponse

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def disposition(filename: str, *, inline: bool = False) -> str:
    """The Content-Disposition header of `filename`; the name may be Japanese and may hold anything a person typed."""
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", filename)).strip(" .") or "download"
    stem, dot, extension = name.rpartition(".")
    if len(name) > 120 and dot:
        name = f"{stem[: 119 - len(extension)]}.{extension}"
    plain = re.sub(r"_+", "_", re.sub(r"[^A-Za-z0-9._-]", "_", name)).strip("_")
    if plain.startswith(".") or not plain:
        plain = f"download{plain}"
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def pdf_response(content: bytes, filename: str, *, inline: bool = False) -> HttpResponse:
    """A PDF to save, or with `inline` to read in the browser."""
    return file_response(content, filename, "application/pdf", inline=inline)


def xlsx_file_response(content: bytes, filename: str) -> HttpResponse:
    """A finished workbook to save."""
    return file_response(content, filename, XLSX)


def file_response(content: bytes, filename: str, content_type: str, *, inline: bool = False) -> HttpResponse:
    """Any finished file."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = disposition(filename, inline=inline)
    response["X-Content-Type-Options"] = "nosniff"
    return response
