"""The verbs of the ledger: write, write several, correct (第15条).

Checks of input are in verifying.py, media in storing.py and many_media.py, taking ledgers out in outputs.py. Each is
one transaction: lock the file, ask who may, look the state up, check the facts, write, record once. A line is never
edited; a later line corrects an earlier one. Raises PermissionDenied, MoveRefused, Invalid (field → sentence).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.ledgers import policies
from files_registry.ledgers.checks import MOVES, check_move, entry_errors, refuse
from files_registry.ledgers.many_media import dispose_media, hand_over_media
from files_registry.ledgers.models import LedgerEntry, Origin
from files_registry.ledgers.outputs import output_ledger, output_unit
from files_registry.ledgers.rules import COLUMNS, rule_of, rule_of_line
from files_registry.ledgers.storing import complete_medium, dispose_medium, move_medium, register_medium
from files_registry.ledgers.telling import tell_unit
from files_registry.ledgers.verifying import correct_verification, verify
from files_registry.ledgers.writing import build, lock_for_line
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki_time
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Person

__all__ = [
    "MOVES",
    "complete_medium",
    "correct_verification",
    "dispose_media",
    "dispose_medium",
    "hand_over_media",
    "move_medium",
    "output_ledger",
    "output_unit",
    "register_medium",
    "verify",
]
MOST_ROWS = 50
TWICE = "この記入は、すでに記録されています。二度押されたものは記録していません。"


@transaction.atomic
def write_entry(
    file_pk: int, *, kind: str, on: date, done_by: str, data: Mapping[str, Any], token: str = "", actor: Person
) -> LedgerEntry:
    """Write one line of a file's ledger: what was done with what it holds (第15条).

    By whoever has 入力・更新 over the file (第11条第1項). `data`: the columns of rules.COLUMNS. `token` names the form:
    a second click writes nothing. Raises PermissionDenied, MoveRefused (not held; written already), Invalid.
    """
    file, post = _open(file_pk, actor, "write")
    _refuse_twice(token)
    facts = {**data, "kind": kind, "on": on, "done_by": done_by}
    refuse(entry_errors(facts, rule_of(file), file))
    entry = build(file, kind=kind, on=on, done_by=done_by, data=data, actor=actor, post=post)
    entry.form_token = token or None
    entry.save()
    record("ledger.written", actor=actor, subject=entry, post=post, facts={"kind": kind, "on": on})
    return entry


@transaction.atomic
def write_entries(
    file_pk: int, *, rows: Sequence[Mapping[str, Any]], token: str = "", actor: Person
) -> list[LedgerEntry]:
    """Write several lines of one ledger at once, all or none; one entry in the record (第15条).

    By whoever has 入力・更新 over the file. Each row: kind, on, done_by and columns. Invalid names rows as `0-place`.
    Raises PermissionDenied, MoveRefused, Invalid.
    """
    file, post = _open(file_pk, actor, "write")
    _refuse_twice(token)
    if not 0 < len(rows) <= MOST_ROWS:
        raise Invalid({"": f"1行から{MOST_ROWS}行までを書いてください。"})
    rule = rule_of(file)
    refuse(
        {
            f"{place}-{name}": sentence
            for place, row in enumerate(rows)
            for name, sentence in entry_errors(row, rule, file).items()
        }
    )
    entries = [
        build(file, kind=row["kind"], on=row["on"], done_by=row["done_by"], data=row, actor=actor, post=post)
        for row in rows
    ]
    for entry in entries:
        entry.origin = Origin.BULK
    entries[0].form_token = token or None
    written = LedgerEntry.objects.bulk_create(entries)
    record("ledger.written_together", actor=actor, subject=file, post=post, facts={"count": len(written)})
    return written


@transaction.atomic
def correct_entry(
    pk: int,
    *,
    kind: str,
    on: date | None,
    done_by: str,
    data: Mapping[str, Any],
    reason: str,
    voids: bool = False,
    actor: Person,
) -> LedgerEntry:
    """Write a line that takes the place of an earlier one; both stay readable (第15条).

    By who wrote the line, or 保護責任者・保護担当者 of the unit, with 入力・更新. `voids`: the earlier line should
    never have been written; the new one only says so. Raises PermissionDenied, MoveRefused (corrected already),
    Invalid.
    """
    old = LedgerEntry.objects.select_related("file").get(pk=pk)
    file, post = _open(old.file_id, actor, "correct")
    policies.let(policies.can_correct(actor, old, file))
    later = LedgerEntry.objects.filter(corrects=old).select_related("entered_by").first()
    if later is not None:
        raise MoveRefused(
            f"この記録は、{later.entered_by.name}さんが{wareki_time(later.entered_at)}に訂正しました。"
            "さらに直すときは、訂正した記録のほうを訂正してください。"
        )
    if voids:
        kind, on, done_by, data = old.kind, old.on, old.done_by, _columns(old)
    facts = {**data, "kind": kind, "on": on, "done_by": done_by}
    refuse(({} if voids else entry_errors(facts, rule_of_line(old), file)) | _reason_errors(reason))
    entry = build(file, kind=kind, on=on or old.on, done_by=done_by, data=data, actor=actor, post=post)
    entry.corrects, entry.voids, entry.correction_reason = old, voids, reason.strip()
    entry.confidentiality = old.confidentiality
    entry.save()
    record(
        "ledger.corrected", actor=actor, subject=entry, post=post, reason=reason, facts={"of": old.pk, "voids": voids}
    )
    tell_unit("ledger.corrected", file, entry, actor=actor, title="取扱台帳の記録の訂正", also=[old.entered_by])
    return entry


def _open(file_pk: int, actor: Person, move: str) -> tuple[PersonalInformationFile, Appointment | None]:
    """The file, locked: written to by `actor`, in a state something may be written in."""
    file = lock_for_line(file_pk)
    policies.let(policies.can_write(actor, file))
    check_move(file, move)
    return file, policies.post_of(actor, file)


def _refuse_twice(token: str) -> None:
    if token and LedgerEntry.objects.filter(form_token=token).exists():
        raise MoveRefused(TWICE)


def _columns(entry: LedgerEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in COLUMNS}


def _reason_errors(reason: str) -> dict[str, str]:
    if not reason.strip():
        return {"reason": "訂正の理由を書いてください。例　件数の写しまちがい"}
    return {"reason": f"200字以内で書いてください（いま{len(reason):,}字）。"} if len(reason) > 200 else {}
