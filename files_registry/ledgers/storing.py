"""The verbs of a medium: register, move, complete (its retention begins), dispose (第15条).

Each writes a line of the file's ledger as well, so that the ledger tells all that happened to what the file holds.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.ledgers import policies
from files_registry.ledgers.checks import check_move, day_errors, refuse
from files_registry.ledgers.media_checks import disposal_errors, is_early, keeper_errors, medium_errors, moved_errors
from files_registry.ledgers.models import DisposalWay, EntryKind, LedgerEntry, MediumStatus, Origin, StoredMedium
from files_registry.ledgers.telling import tell_unit
from files_registry.ledgers.writing import build, cut, lock_for_line
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Person

S = MediumStatus
MOVES: dict[tuple[str, MediumStatus], MediumStatus] = {
    ("move", S.KEPT): S.KEPT,
    ("complete", S.KEPT): S.KEPT,
    ("dispose", S.KEPT): S.DISPOSED,
}
WORDS = {"move": "保管の場所などを変える", "complete": "保存期間を決める", "dispose": "処分を記録する"}
REGISTERED = ("label", "medium", "count", "place", "lock", "responsible", "stored_on", "retention", "remarks")
MOVED = ("place", "lock", "responsible", "remarks")
PROOF = ("disposed_by", "witness", "certificate", "early_reason")


def keep_until(completed_on: date | None, retention: str) -> date | None:
    """The last day of retention, counted from the 4月1日 after the fiscal year of completion; None without years.

    The years are those in force today: much was completed before there was a guideline.
    """
    if completed_on is None:
        return None
    years = {row["code"]: row["years"] for row in parameter("retention.years")}.get(retention, 0)
    begins = fiscal.retention_start(completed_on)
    return date(begins.year + years, begins.month, begins.day) - timedelta(days=1) if years else None


@transaction.atomic
def register_medium(
    file_pk: int, *, data: Mapping[str, Any], completed_on: date | None = None, token: str = "", actor: Person
) -> StoredMedium:
    """Put a medium into the inventory: where it lies, its lock, who answers for it, its retention (第15条).

    By whoever has 入力・更新 over the file. Raises PermissionDenied, MoveRefused (not held), Invalid.
    """
    file = lock_for_line(file_pk)
    policies.let(policies.can_write(actor, file))
    check_move(file, "register_medium")
    if token and StoredMedium.objects.filter(form_token=token).exists():
        raise MoveRefused("この媒体は、すでに登録されています。二度押されたものは登録していません。")
    done = day_errors({"completed_on": completed_on}, None, "completed_on") if completed_on else {}
    refuse(medium_errors(data, file) | _retention_errors(data["retention"]) | done)
    refuse(keeper_errors(data["responsible"], file.unit))
    medium = StoredMedium(file=file, registered_by=actor, form_token=token or None)
    for name in REGISTERED:
        setattr(medium, name, data[name])
    medium.completed_on, medium.keep_until = completed_on, keep_until(completed_on, medium.retention)
    attribute(medium, actor=actor).save()
    post = policies.post_of(actor, file)
    line_of(medium, EntryKind.STORED, medium.stored_on, actor, post, place=medium.place).save()
    record("medium.registered", actor=actor, subject=medium, post=post, facts={"count": medium.count})
    tell_unit("medium.registered", file, medium, actor=actor, title="保管する媒体の登録", also=[medium.responsible])
    return medium


@transaction.atomic
def move_medium(pk: int, *, data: Mapping[str, Any], on: date, stamp: int | None = None, actor: Person) -> StoredMedium:
    """Move a medium, or give it another lock or another who answers for it (第15条).

    By whoever has 入力・更新 over the file. Raises PermissionDenied, MoveRefused (disposed of; changed since), Invalid.
    """
    medium, file = _lock(pk)
    policies.let(policies.can_write(actor, file))
    _check(medium, "move", stamp)
    refuse(medium_errors(data, file) | moved_errors({"on": on}, medium))
    before = medium.responsible
    changed = change(medium, data)
    if not changed:
        raise Invalid({"": "いまの記録から変わったところがありません。変わったところを直してから記録してください。"})
    if "responsible" in changed:
        refuse(keeper_errors(medium.responsible, file.unit))
    post = policies.post_of(actor, file)
    _save(medium, actor)
    line_of_move(medium, changed, before, on=on, actor=actor, post=post).save()
    record("medium.moved", actor=actor, subject=medium, post=post, changed=changed, facts={"on": on})
    tell_unit("medium.moved", file, medium, actor=actor, title="媒体の移動", also=[medium.responsible])
    return medium


@transaction.atomic
def complete_medium(
    pk: int, *, completed_on: date, retention: str, stamp: int | None = None, actor: Person
) -> StoredMedium:
    """Say on which day the matter was completed: retention is counted from the next 4月1日 (第15条).

    By whoever has 入力・更新 over the file. Raises PermissionDenied, MoveRefused (disposed of; changed since), Invalid.
    """
    medium, file = _lock(pk)
    policies.let(policies.can_write(actor, file))
    _check(medium, "complete", stamp)
    refuse(day_errors({"completed_on": completed_on}, None, "completed_on") | _retention_errors(retention))
    medium.completed_on, medium.retention = completed_on, retention
    medium.keep_until = keep_until(completed_on, retention)
    _save(medium, actor)
    post, until = policies.post_of(actor, file), medium.keep_until
    words = f"完結　{wareki(completed_on)}、保存　{wareki(until)}まで" if until else f"完結　{wareki(completed_on)}"
    line_of(medium, EntryKind.CHECKED, today(), actor, post, place=medium.place, purpose=words).save()
    changed = ["completed_on", "retention", "keep_until"]
    record("medium.completed", actor=actor, subject=medium, post=post, changed=changed, facts={"until": until})
    return medium


@transaction.atomic
def dispose_medium(
    pk: int, *, on: date, way: str, data: Mapping[str, Any], stamp: int | None = None, actor: Person
) -> StoredMedium:
    """Write down that a medium was disposed of: by two people, or with the number of a certificate (第15条).

    By whoever has 削除 over the file (第11条第1項). `data`: disposed_by, witness, certificate, early_reason. Raises
    PermissionDenied, MoveRefused (disposed of already; changed since), Invalid.
    """
    medium, file = _lock(pk)
    policies.let(policies.can_dispose(actor, file))
    after = _check(medium, "dispose", stamp)
    refuse(disposal_errors({**data, "on": on, "way": way}, medium))
    end(medium, {**data, "on": on, "way": way}, after)
    reason = medium.early_reason
    _save(medium, actor, reason)
    post = policies.post_of(actor, file)
    line_of_disposal(medium, actor=actor, post=post).save()
    facts = {"on": on, "way": way, "certificate": bool(medium.certificate)}
    record("medium.disposed", actor=actor, subject=medium, post=post, reason=reason, facts=facts)
    tell_unit("medium.disposed", file, medium, actor=actor, title="媒体の処分", also=[medium.responsible])
    return medium


def change(medium: StoredMedium, data: Mapping[str, Any]) -> list[str]:
    """Give the medium what `data` says of place, lock, who answers and remarks; the names of what changed by it."""
    changed = [name for name in MOVED if name in data and getattr(medium, name) != data[name]]
    for name in changed:
        setattr(medium, name, data[name])
    return changed


def end(medium: StoredMedium, data: Mapping[str, Any], after: MediumStatus) -> None:
    """Write at the medium how it ended: on, way and the proof; why, where that was before the end of its retention."""
    for name in PROOF:
        setattr(medium, name, data.get(name, ""))
    if not is_early(medium, data["on"]):
        medium.early_reason = ""
    medium.status, medium.disposed_on, medium.disposal_way = after, data["on"], data["way"]


def line_of_move(
    medium: StoredMedium,
    changed: Collection[str],
    before: Person,
    *,
    on: date,
    actor: Person,
    post: Appointment | None,
    reason: str = "",
) -> LedgerEntry:
    """The line of a medium that was moved, or 点検 where it stayed and something else about it changed; unsaved."""
    moved = "place" in changed
    words = {"purpose": reason or ("" if moved else "媒体の責任者・施錠等の変更"), "place": medium.place}
    if "responsible" in changed:
        words["remarks"] = f"保管の責任をもつ人：{before.name}から{medium.responsible.name}へ"
    return line_of(medium, EntryKind.MOVED if moved else EntryKind.CHECKED, on, actor, post, **words)


def line_of_disposal(medium: StoredMedium, *, actor: Person, post: Appointment | None) -> LedgerEntry:
    """The line of a medium that was disposed of, or given back; unsaved."""
    on = medium.disposed_on or today()
    proof = f"（証明書 {medium.certificate}）" if medium.certificate else ""
    words = {"method": f"{medium.get_disposal_way_display()}{proof}", "witness": medium.witness}
    words |= {"place": medium.place, "remarks": medium.early_reason}
    kind = EntryKind.RETURNED if medium.disposal_way == DisposalWay.RETURN else EntryKind.ERASED
    return line_of(medium, kind, on, actor, post, done_by=medium.disposed_by, **words)


def _lock(pk: int) -> tuple[StoredMedium, PersonalInformationFile]:
    """The medium, locked until the transaction ends, and its file.

    Nothing is joined: PostgreSQL loses a locked row whose relation changed while it waited for it.
    """
    found = StoredMedium.objects.select_for_update().get(pk=pk)
    file = PersonalInformationFile.objects.select_related("current", "unit__parent").get(pk=found.file_id)
    found.file = file
    return found, file


def _check(medium: StoredMedium, move: str, stamp: int | None) -> MediumStatus:
    """Where the move leads; MoveRefused when it was disposed of, or changed since the page was opened."""
    after = MOVES.get((move, MediumStatus(medium.status)))
    if after is None:
        on = wareki(medium.disposed_on) if medium.disposed_on else ""
        raise MoveRefused(f"この媒体は{on}に処分されているので、{WORDS[move]}ことはできません。")
    if stamp is not None and stamp != medium.stamp:
        raise MoveRefused(
            "画面を開いたあとに、この媒体の記録が変わりました。いまの内容を確かめて、もう一度行ってください。"
        )
    return after


def _save(medium: StoredMedium, actor: Person, reason: str = "") -> None:
    medium.stamp += 1
    attribute(medium, actor=actor, reason=reason).save()


def line_of(
    medium: StoredMedium,
    kind: EntryKind,
    on: date,
    actor: Person,
    post: Appointment | None,
    *,
    done_by: str = "",
    **words: str,
) -> LedgerEntry:
    """The line of the ledger that tells the same; unsaved."""
    scope = f"{medium.label}（{medium.count:,}）"
    data = cut({"scope": scope, "medium": medium.medium, **words})
    entry = build(medium.file, kind=kind, on=on, done_by=done_by or actor.name, data=data, actor=actor, post=post)
    entry.origin, entry.source_label = Origin.MEDIA, f"媒体　{medium.label}"
    entry.source_url = medium.get_absolute_url()
    return entry


def _retention_errors(code: str) -> dict[str, str]:
    known = {row["code"] for row in parameter("retention.classes")}
    return {} if code in known else {"retention": "保存年限を選んでください。"}
