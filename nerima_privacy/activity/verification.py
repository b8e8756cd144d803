"""Recomputes the whole chain, row by row from the database, and compares it with the anchor outside.

Reads in pages by key, so that ten million entries take no more memory than a thousand, and no transaction is held
open: blocks do not change, and what is sealed meanwhile is either seen or left for the next time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from nerima_privacy.activity import anchor
from nerima_privacy.activity.chain import FIELDS, GENESIS, BlockDigest, entry_digest
from nerima_privacy.activity.models import Block, Entry, Pending, Seal

PAGE = 900
SHOWN = 20
BACKDATED = timedelta(hours=1)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `entry` is the entry's id where one can be named, `block` its block."""

    kind: str
    text: str
    entry: int | None = None
    block: int | None = None


@dataclass
class Report:
    """What was verified, what is not anchored yet, and the first problems in the order of the chain."""

    entries: int = 0
    blocks: int = 0
    anchored_blocks: int = 0
    not_anchored: int = 0
    oldest_not_anchored: datetime | None = None
    backdated: int = 0
    first_backdated: int | None = None
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, kind: str, text: str, *, entry: int | None = None, block: int | None = None) -> None:
        self.problem_count += 1
        if len(self.problems) < SHOWN:
            self.problems.append(Problem(kind, text, entry, block))

    def wait(self, count: int, since: datetime | None) -> None:
        """Count entries the anchor does not hold yet."""
        self.not_anchored += count
        if since and (self.oldest_not_anchored is None or since < self.oldest_not_anchored):
            self.oldest_not_anchored = since

    @property
    def oldest_seconds(self) -> int | None:
        return int((timezone.now() - self.oldest_not_anchored).total_seconds()) if self.oldest_not_anchored else None


class Verification:
    """One run. `run()` gives the report."""

    def __init__(self, *, with_anchor: bool = True) -> None:
        self.report = Report()
        self.seals = _Ahead(_sealed_rows())
        self.anchor = _Ahead(self._lines() if with_anchor else iter(()))
        self.with_anchor = with_anchor

    def run(self) -> Report:
        self._walk()
        if self.with_anchor:
            self._anchor_beyond_the_chain()
        self._outside_the_chain()
        self._waiting()
        return self.report

    def _lines(self) -> Iterator[anchor.Line]:
        """The anchor up to the first line nobody could have written."""
        try:
            yield from anchor.lines()
        except anchor.AnchorError as error:
            self.report.add("anchor_altered", str(error))

    def _walk(self) -> None:
        previous: Any = None
        for block in _blocks():
            number, digest = (previous.number, previous.digest) if previous else (0, GENESIS)
            for gone in range(number + 1, min(block.number, number + 1 + SHOWN)):
                first = self._skip_to(gone)
                text = f"ブロック {gone}{f'（記録 {first} から）' if first else ''}が削除されています"
                self.report.add("block_removed", text, entry=first, block=gone)
            if block.previous_digest != digest and block.number == number + 1:
                text = f"ブロック {block.number} が前のブロックにつながっていません"
                self.report.add("out_of_chain", text, block=block.number)
            self._block(block, previous)
            self._against_anchor(block)
            self.report.blocks += 1
            previous = block
        for row in self.seals:
            text = f"記録 {row.entry_id} の入っていたブロック {row.block} が削除されています"
            self.report.add("block_removed", text, entry=row.entry_id, block=row.block)

    def _skip_to(self, number: int) -> int | None:
        """Pass the seals of a block that is gone; the first entry among them."""
        first: int | None = None
        while self.seals.head and self.seals.head.block <= number:
            first = first or self.seals.head.entry_id
            next(self.seals)
        return first

    def _block(self, block: Any, previous: Any) -> None:
        """Every entry of a block, in order, and then the digest over them."""
        problems = self.report.problem_count
        whole = BlockDigest(block.number, block.previous_digest, block.sealed_at)
        first: int | None = None
        position = 0
        while self.seals.head and self.seals.head.block <= block.number:
            row = next(self.seals)
            first = first or row.entry_id
            for gap in range(position + 1, min(row.position, position + 1 + SHOWN)):
                self._removed(block.number, gap, before=row.entry_id)
            position = row.position
            whole.add(row.position, row.entry_id, row.digest)
            self._entry(row, previous)
        for gap in range(position + 1, min(block.entries, position + SHOWN) + 1):
            self._removed(block.number, gap, before=None)
        if self.report.problem_count == problems and whole.hexdigest() != block.digest:
            text = f"ブロック {block.number} の要約値が中身と合いません（記録 {first} から）"
            self.report.add("out_of_chain", text, entry=first, block=block.number)

    def _entry(self, row: Any, previous: Any) -> None:
        self.report.entries += 1
        if row.values is None:
            text = f"記録 {row.entry_id} が削除されています（ブロック {row.block} の {row.position} 番目）"
            self.report.add("removed", text, entry=row.entry_id, block=row.block)
            return
        if entry_digest(row.values) != row.digest:
            text = f"記録 {row.entry_id} の内容が変えられています（ブロック {row.block} の {row.position} 番目）"
            self.report.add("changed", text, entry=row.entry_id, block=row.block)
        if previous and row.values[1] < previous.sealed_at - BACKDATED:
            self.report.backdated += 1
            self.report.first_backdated = self.report.first_backdated or row.entry_id

    def _removed(self, block: int, position: int, *, before: int | None) -> None:
        where = f"、記録 {before} の前" if before else ""
        self.report.add("removed", f"ブロック {block} の {position} 番目の記録が削除されています{where}", block=block)

    def _against_anchor(self, block: Any) -> None:
        if not self.with_anchor:
            return
        line = self.anchor.head
        if line is None:
            known = self.report.oldest_not_anchored  # the first such block is the oldest: one query in all
            since = known or Entry.objects.filter(seal__block=block.number).aggregate(at=Min("at"))["at"]
            self.report.wait(block.entries, since or block.sealed_at)
            return
        if line.block > block.number:
            text = f"アンカーからブロック {block.number} の行が抜けています"
            self.report.add("anchor_altered", text, block=block.number)
            return
        while self.anchor.head and self.anchor.head.block <= block.number:
            line = next(self.anchor)
        self.report.anchored_blocks += 1
        if (line.block, line.digest, line.entries) != (block.number, block.digest, block.entries):
            text = f"ブロック {block.number}（記録 {line.first} から）がアンカーと違います（鎖かアンカーの書換え）"
            self.report.add("anchor_differs", text, entry=line.first, block=block.number)

    def _anchor_beyond_the_chain(self) -> None:
        """Lines for blocks the walk did not meet: a tail that was cut off, unless it was sealed meanwhile."""
        for line in self.anchor:
            if not Block.objects.filter(number=line.block, digest=line.digest).exists():
                text = f"末尾のブロック {line.block}（記録 {line.first} から {line.entries} 件）が削除されています"
                self.report.add("tail_removed", text, entry=line.first, block=line.block)
        if not anchor.path().exists() and self.report.blocks:
            self.report.add("anchor_missing", f"アンカー {anchor.path()} がありません")

    def _outside_the_chain(self) -> None:
        strangers: QuerySet[Any] = Entry.objects.filter(seal=None, pending=None)
        for pk in strangers.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=PAGE):
            text = f"記録 {pk} は正規の手続の外で挿入されています（封印待ちにもブロックにもありません）"
            self.report.add("inserted_outside", text, entry=pk)
        for pk in Pending.objects.exclude(entry__seal=None).order_by("pk").values_list("pk", flat=True)[:SHOWN]:
            self.report.add("out_of_chain", f"記録 {pk} は封印済みなのに封印待ちに戻されています", entry=pk)

    def _waiting(self) -> None:
        pending = Pending.objects.filter(entry__seal=None)
        oldest = pending.order_by("entry__at").values_list("pk", "entry__at").first()
        self.report.wait(pending.count(), oldest[1] if oldest else None)
        since = self.report.oldest_not_anchored
        if self.with_anchor and since and timezone.now() - since > anchor.GRACE:
            text = f"アンカーされていない記録が {self.report.not_anchored} 件あり、1分より古いものがあります"
            stuck = oldest[0] if oldest and oldest[1] == since else None
            self.report.add("not_anchored", text, entry=stuck)


class _Ahead:
    """An iterator whose next item can be looked at."""

    def __init__(self, items: Iterator[Any]) -> None:
        self._items = items
        self.head = next(items, None)

    def __iter__(self) -> _Ahead:
        return self

    def __next__(self) -> Any:
        if self.head is None:
            raise StopIteration
        item, self.head = self.head, next(self._items, None)
        return item


@dataclass(frozen=True)
class _Sealed:
    block: int
    position: int
    entry_id: int
    digest: str
    values: tuple[Any, ...] | None


def _blocks() -> Iterator[Any]:
    last = -1
    while page := list(Block.objects.filter(number__gt=last).order_by("number")[:PAGE]):
        yield from page
        last = page[-1].number


def _sealed_rows() -> Iterator[_Sealed]:
    """Every seal in the order of the chain, with its entry's values, None where the entry is gone."""
    block = position = -1
    fields = ("block_id", "position", "entry_id", "digest")
    while True:
        after = Q(block_id__gt=block) | Q(position__gt=position)  # with the line below: the index finds the place
        page = list(
            Seal.objects.filter(after, block_id__gte=block).order_by("block_id", "position").values_list(*fields)[:PAGE]
        )
        if not page:
            return
        rows = Entry.objects.filter(pk__in=[seal[2] for seal in page]).values_list(*FIELDS)
        entries = {row[0]: row for row in rows}
        for seal in page:
            yield _Sealed(seal[0], seal[1], seal[2], seal[3], entries.get(seal[2]))
        block, position = page[-1][0], page[-1][1]
