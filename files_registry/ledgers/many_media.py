"""The verbs of many media at once: hand over, dispose (第15条). All of them or none.

What is done was done to things that stand somewhere, counted by those who did it. So when one of them was disposed of
or changed since the page was opened, nothing is written and that one is named: the rest would not be what was counted,
and a certificate would say what nobody saw. The page keeps what was typed, and leaves out what is gone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models, transaction

from files_registry.catalogue.policies import seat_over
from files_registry.catalogue.rights import Right
from files_registry.ledgers import policies
from files_registry.ledgers.checks import refuse
from files_registry.ledgers.media_checks import (
    disposal_errors,
    is_early,
    keeper_errors,
    medium_errors,
    moved_errors,
    proof_errors,
)
from files_registry.ledgers.models import JointDisposal, LedgerEntry, Lock, MediumStatus, StoredMedium
from files_registry.ledgers.storing import MOVES, PROOF, change, end, line_of_disposal, line_of_move
from files_registry.ledgers.telling import tell_of_media
from nerima_privacy.activity.history import update_many
from nerima_privacy.activity.recording import record
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person, Unit

MOST_MEDIA = 1_000
NAMED = 5
MOST_REASON = 200
Seen = Mapping[int, int]  # medium → the stamp the page showed
HANDED = ("place", "lock", "responsible")


@transaction.atomic
def hand_over_media(
    unit_pk: int, *, media: Seen, data: Mapping[str, Any], on: date, reason: str, actor: Person
) -> list[StoredMedium]:
    """Give many media of a unit to another who answers for them, another place or another lock (第15条).

    By whoever has 入力・更新 over the file of each (第11条第1項). `data`: place, lock, responsible; what is empty stays
    as it is. Answers those that changed. Raises PermissionDenied, MoveRefused (disposed of or changed since), Invalid.
    """
    unit, rows = _lock(unit_pk, media, actor, Right.ENTER, "move")
    wanted = {name: data[name] for name in HANDED if data.get(name)}
    refuse(_handing_errors(wanted, reason, unit) | _of_any(rows, lambda row: moved_errors({"on": on}, row)))
    post, lines, changed = seat_over(actor, unit), list[LedgerEntry](), list[StoredMedium]()
    former = {row.responsible for row in rows}
    for row in rows:
        before = row.responsible
        if names := change(row, wanted):
            row.stamp += 1
            changed.append(row)
            lines.append(line_of_move(row, names, before, on=on, actor=actor, post=post, reason=reason.strip()))
    if not changed:
        raise Invalid({"": "選んだ媒体は、どれもすでにそのとおりです。変わるところを書いてください。"})
    update_many(StoredMedium, changed, (*wanted, "stamp"), actor=actor, reason=reason.strip())
    LedgerEntry.objects.bulk_create(lines)
    facts = {"media": len(changed), "files": len({row.file_id for row in changed}), "on": on}
    record("media.handed_over", actor=actor, subject=unit, post=post, reason=reason, changed=wanted, facts=facts)
    tell_of_media("media.handed_over", unit, changed, actor=actor, title="媒体の引継ぎ", also=former)
    return changed


@transaction.atomic
def dispose_media(
    unit_pk: int, *, media: Seen, on: date, way: str, data: Mapping[str, Any], counted: int, actor: Person
) -> JointDisposal:
    """Write down that many media of a unit were disposed of together, with one proof (第15条).

    By whoever has 削除 over the file of each (第11条第1項). `data`: disposed_by, witness, certificate, early_reason;
    the reason stands only at those whose retention is not over. `counted`: how many media they counted. Raises
    PermissionDenied, MoveRefused (disposed of or changed since), Invalid.
    """
    unit, rows = _lock(unit_pk, media, actor, Right.ERASE, "dispose")
    facts = {**data, "on": on, "way": way}
    refuse(proof_errors(facts) | _of_any(rows, lambda row: disposal_errors(facts, row)) | _count_errors(counted, rows))
    post = seat_over(actor, unit)
    label = post.label[:120] if post else ""
    disposal = JointDisposal.objects.create(unit=unit, entered_by=actor, entered_post=label)
    early = {row.pk for row in rows if is_early(row, on)}
    for row in rows:
        end(row, facts, MediumStatus.DISPOSED)
        row.disposal, row.stamp = disposal, row.stamp + 1
    reason = data.get("early_reason", "") if early else ""
    fields = (*PROOF, "status", "disposed_on", "disposal_way", "disposal", "stamp")
    for why, share in ((reason, early), ("", {row.pk for row in rows} - early)):
        update_many(StoredMedium, [row for row in rows if row.pk in share], fields, actor=actor, reason=why)
    LedgerEntry.objects.bulk_create(line_of_disposal(row, actor=actor, post=post) for row in rows)
    told = {"media": len(rows), "files": len({row.file_id for row in rows}), "early": len(early), "on": on, "way": way}
    record("media.disposed", actor=actor, subject=disposal, post=post, reason=reason, facts=told)
    responsible = {row.responsible for row in rows}
    tell_of_media("media.disposed", unit, rows, actor=actor, title="媒体の処分", also=responsible)
    return disposal


def _lock(unit_pk: int, seen: Seen, actor: Person, right: Right, move: str) -> tuple[Unit, list[StoredMedium]]:
    """The unit and the media, locked in the order of their keys until the transaction ends; all as the page showed.

    PermissionDenied when one of them is of another unit, or of a file over which `actor` has not the right.
    """
    if not 0 < len(seen) <= MOST_MEDIA:
        raise Invalid({"which": f"媒体を1件から{MOST_MEDIA:,}件まで選んでください。"})
    unit = Unit.objects.select_related("parent").get(pk=unit_pk)
    # Nothing is joined: PostgreSQL loses a locked row whose relation changed while it waited for it.
    rows = list(StoredMedium.objects.select_for_update().filter(pk__in=seen).order_by("pk"))
    models.prefetch_related_objects(rows, "responsible", "file__current", "file__unit__parent")
    files = {row.file_id for row in rows}
    allowed = policies.files_of(actor, unit, right).filter(pk__in=files).count()
    policies.let(len(rows) == len(seen) and allowed == len(files))
    gone = [row for row in rows if (move, MediumStatus(row.status)) not in MOVES]
    if gone:
        raise MoveRefused(f"{named(gone)}は、画面を開いたあとに処分されました。1件も記録していません。{AGAIN}")
    stale = [row for row in rows if row.stamp != seen[row.pk]]
    if stale:
        raise MoveRefused(f"{named(stale)}の記録は、画面を開いたあとに変わりました。1件も記録していません。{AGAIN}")
    return unit, rows


AGAIN = "残りの媒体を確かめて、もう一度行ってください。"


def named(media: Sequence[StoredMedium]) -> str:
    """「甲」「乙」, and how many more."""
    first = "".join(f"「{medium.label}」" for medium in media[:NAMED])
    return f"{first}など{len(media):,}件の媒体" if len(media) > NAMED else f"媒体{first}"


def _handing_errors(wanted: Mapping[str, Any], reason: str, unit: Unit) -> dict[str, str]:
    errors = medium_errors(wanted, None) | keeper_errors(wanted.get("responsible"), unit)
    if not wanted:
        errors["responsible"] = "新しい責任者、保管場所、施錠等のどれかを書いてください。"
    if wanted.get("lock") == Lock.NONE:
        errors = {**errors, "lock": "施錠していない媒体は、その理由と代わりの措置を、1件ずつ記録してください。"}
        errors.pop("remarks", None)
    if not reason.strip():
        errors["reason"] = "引き継ぐ理由を書いてください。例　人事異動"
    elif len(reason) > MOST_REASON:
        errors["reason"] = f"{MOST_REASON}字以内で書いてください（いま{len(reason):,}字）。"
    return errors


def _of_any(rows: Iterable[StoredMedium], ask: Any) -> dict[str, str]:
    """What is wrong with some of the media: each sentence once, with the first it is true of."""
    errors: dict[str, str] = {}
    many: Counter[str] = Counter()
    for row in rows:
        for name, sentence in ask(row).items():
            many[name] += 1
            errors.setdefault(name, f"「{row.label}」　{sentence}")
    return {name: f"{said}（ほか{many[name] - 1:,}件）" if many[name] > 1 else said for name, said in errors.items()}


def _count_errors(counted: int, rows: Sequence[StoredMedium]) -> dict[str, str]:
    """They counted as many as were chosen, so that nothing is ended by a wrong filter."""
    if counted == len(rows):
        return {}
    return {"counted": f"選んだ媒体は{len(rows):,}件です。処分した媒体を数えて、選び直すか、数を直してください。"}
