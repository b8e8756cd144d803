"""The anchor: a file outside the database with one JSON line for each block, only ever appended to.

Whoever rewrites the chain in the database cannot make it agree with these lines. Where the file lies, and who may
write to it, is settings.ACTIVITY_ANCHOR; docs/how-to/verify-the-record.md says how to keep it apart.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone

from nerima_privacy.activity.models import Block

GRACE = timedelta(minutes=1)
_TAIL = 8192


class AnchorError(Exception):
    """The anchor and the database disagree; nothing is appended until somebody has looked."""


@dataclass(frozen=True)
class Line:
    """A block as it was sealed: its digest, how many entries, the lowest and highest entry id, and when."""

    block: int
    digest: str
    entries: int
    first: int
    last: int
    at: str


def path() -> Path:
    return Path(settings.ACTIVITY_ANCHOR)


def lines() -> Iterator[Line]:
    """Every line from the first, one at a time. AnchorError names a line that cannot be read."""
    if not path().exists():
        return
    with path().open(encoding="utf-8", errors="replace") as file:
        for number, text in enumerate(file, start=1):
            if text.endswith("\n"):  # the last may be torn: a crash in the middle of writing it
                yield _parse(text, number)


def extend(*, anew: bool = False) -> int:
    """Append a line for each block the anchor lacks, in order, and wait until the disk has them. Returns how many.

    Heals a crash between a block's commit and its line. AnchorError when the last line is not the database's block,
    or when the file is gone although older blocks exist (`anew` starts it again, on purpose).
    """
    with _locked() as descriptor:
        last = _last_line(descriptor)
        if last is None and not anew and Block.objects.filter(sealed_at__lt=timezone.now() - GRACE).exists():
            raise AnchorError(f"アンカー {path()} がないか空です。以前のブロックがあるので作り直しません。")
        if last and not Block.objects.filter(number=last.block, digest=last.digest).exists():
            raise AnchorError(f"アンカーの最後の行（ブロック {last.block}）がデータベースと一致しません。")
        return _append(descriptor, last.block if last else 0)


def _append(descriptor: int, after: int) -> int:
    blocks = (
        Block.objects.filter(number__gt=after)
        .annotate(first=Min("seals__entry_id"), last=Max("seals__entry_id"))
        .order_by("number")
    )
    count = 0
    for block in blocks.iterator(chunk_size=1000):
        line = Line(block.number, block.digest, block.entries, block.first, block.last, block.sealed_at.isoformat())
        os.write(descriptor, (json.dumps(asdict(line)) + "\n").encode())
        count += 1
    if count:
        os.fsync(descriptor)
    return count


@contextmanager
def _locked() -> Iterator[int]:
    """The open file, one process at a time."""
    path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _last_line(descriptor: int) -> Line | None:
    size = os.fstat(descriptor).st_size
    start = max(0, size - _TAIL)
    tail = os.pread(descriptor, size - start, start)
    whole = tail[: tail.rfind(b"\n") + 1]
    if len(whole) < len(tail):
        os.ftruncate(descriptor, start + len(whole))  # a torn line: the block it was for is appended again
    text = whole.rstrip(b"\n").rsplit(b"\n", 1)[-1]
    return _parse(text.decode(errors="replace"), None) if text else None


def _parse(text: str, number: int | None) -> Line:
    try:
        return Line(**json.loads(text))
    except (ValueError, TypeError):
        raise AnchorError(f"アンカーの{f'{number}行目' if number else '最後の行'}が読めません。") from None
