"""Sealing: entries committed are taken into chained blocks, in a short transaction of their own, then anchored.

Nobody who records waits for the chain: an entry is inserted with a Pending row, and only the sealer, one at a time,
reads those. Membership in a block is a row (Seal), so an entry whose id is lower but whose commit is later is not
missed: it goes into a later block.
"""

from __future__ import annotations

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from nerima_privacy.activity import anchor
from nerima_privacy.activity.chain import FIELDS, GENESIS, BlockDigest, entry_digest
from nerima_privacy.activity.models import Block, Entry, Pending, Seal

BLOCK_SIZE = 500
_LOCK = 0x6E65726D  # any number nothing else locks
logger = structlog.get_logger(__name__)


def seal() -> int:
    """Take every pending entry into blocks and anchor them. Returns how many entries.

    Raises anchor.AnchorError when the anchor disagrees: the blocks stay, not anchored, and verify_activity tells.
    """
    sealed = 0
    while count := _seal_block():
        sealed += count
        if count < BLOCK_SIZE:
            break
    anchor.extend()
    return sealed


def after_commit() -> None:
    """Seal once the current transaction is committed, once however many entries it wrote.

    Where a broker is configured the beat does it instead (tasks.py).
    """
    if settings.REDIS_URL:
        return
    waiting = transaction.get_connection().run_on_commit
    if all(hook[1] is not _seal_quietly for hook in waiting):
        transaction.on_commit(_seal_quietly)


def _seal_quietly() -> None:
    """The verb is committed already: whatever goes wrong here is told to the log, never to the person."""
    try:
        seal()
    except Exception as error:
        said = str(error) if isinstance(error, anchor.AnchorError) else ""
        logger.error("activity_sealing_failed", error=type(error).__name__, said=said)


def _seal_block() -> int:
    if not Pending.objects.exists():
        return 0
    with transaction.atomic(durable=True):
        _one_sealer_at_a_time()
        ids = list(Pending.objects.order_by("pk").values_list("pk", flat=True)[:BLOCK_SIZE])
        if not ids:
            return 0
        last = Block.objects.order_by("-number").first()
        number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
        sealed_at = timezone.now()
        rows = Entry.objects.filter(pk__in=ids).order_by("pk").values_list(*FIELDS)
        digests = [(row[0], entry_digest(row)) for row in rows]
        whole = BlockDigest(number, previous, sealed_at)
        for position, (entry_id, digest) in enumerate(digests, start=1):
            whole.add(position, entry_id, digest)
        block = Block.objects.create(
            number=number,
            sealed_at=sealed_at,
            previous_digest=previous,
            entries=len(digests),
            digest=whole.hexdigest(),
        )
        Seal.objects.bulk_create(
            Seal(entry_id=entry_id, block=block, position=position, digest=digest)
            for position, (entry_id, digest) in enumerate(digests, start=1)
        )
        Pending.objects.filter(pk__in=ids).delete()
    return len(ids)


def _one_sealer_at_a_time() -> None:
    """On SQLite the transaction itself is the lock: it is IMMEDIATE."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
