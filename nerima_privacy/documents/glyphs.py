"""Which characters the vendored fonts can draw. A character none of them has is printed as 〓, as printers do."""

import struct
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
GETA = "〓"
# Selectors of a variant and joiners draw nothing by themselves: without them the plain character is drawn.
_INVISIBLE = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
_LAYOUT = {0x09, 0x0A}


@cache
def covered() -> frozenset[int]:
    """Code points drawn by at least one vendored font."""
    return frozenset().union(*(_cmap(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


def printable(value: Any) -> Any:
    """`value` (JSON-like) with every character that cannot be drawn replaced."""
    if isinstance(value, str):
        return _printable(value)
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    return [printable(item) for item in value] if isinstance(value, list | tuple) else value


def _printable(text: str) -> str:
    known = covered()
    kept = (c for c in text.replace("\r\n", "\n").replace("\r", "\n") if ord(c) not in _INVISIBLE)
    return "".join(c if ord(c) in known or ord(c) in _LAYOUT else GETA for c in kept)


def _cmap(font: bytes) -> set[int]:
    """Code points of a TrueType font: subtables of format 12 and 4."""
    tables = struct.unpack(">H", font[4:6])[0]
    entries = (struct.unpack(">4sLLL", font[12 + 16 * n : 28 + 16 * n]) for n in range(tables))
    base = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    found: set[int] = set()
    for n in range(struct.unpack(">H", font[base + 2 : base + 4])[0]):
        at = base + struct.unpack(">L", font[base + 8 + 8 * n : base + 12 + 8 * n])[0]
        form = struct.unpack(">H", font[at : at + 2])[0]
        if form == 12:
            found |= _format_12(font, at)
        elif form == 4:
            found |= _format_4(font, at)
    return found


def _format_12(font: bytes, at: int) -> set[int]:
    groups = struct.unpack(">L", font[at + 12 : at + 16])[0]
    spans = (struct.unpack(">LLL", font[at + 16 + 12 * n : at + 28 + 12 * n]) for n in range(groups))
    return {code for first, last, _ in spans for code in range(first, last + 1)}


def _format_4(font: bytes, at: int) -> set[int]:
    count = struct.unpack(">H", font[at + 6 : at + 8])[0] // 2

    def row(start: int) -> tuple[int, ...]:
        return struct.unpack(f">{count}H", font[start : start + 2 * count])

    ends, starts = row(at + 14), row(at + 16 + 2 * count)
    return {code for first, last in zip(starts, ends, strict=True) if first < 0xFFFF for code in range(first, last + 1)}
