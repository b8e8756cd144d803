"""The arithmetic of the chain: the digest of an entry, and of a block over its entries and the block before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
# Every column of Entry, in the order they are hashed. Adding one breaks every chain: it needs a second version.
FIELDS = (
    "id",
    "at",
    "actor_id",
    "actor_name",
    "post_label",
    "verb",
    "subject_type_id",
    "subject_id",
    "subject_label",
    "reason",
    "changed",
    "facts",
)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def entry_digest(row: Sequence[Any]) -> str:
    """SHA-256, in hex, of an entry as canonical JSON; `row` holds its values in the order of FIELDS, as read back."""
    values = [_moment(value) if isinstance(value, datetime) else value for value in row]
    text = json.dumps(["entry-1", *values], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class BlockDigest:
    """Computed seal by seal, so that a block of any size takes no memory."""

    def __init__(self, number: int, previous: str, sealed_at: datetime) -> None:
        self._hash = hashlib.sha256(f"block-1 {number} {previous} {_moment(sealed_at)}\n".encode())

    def add(self, position: int, entry_id: int, digest: str) -> None:
        self._hash.update(f"{position} {entry_id} {digest}\n".encode())

    def hexdigest(self) -> str:
        return self._hash.hexdigest()
