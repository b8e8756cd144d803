"""The verbs by which a unit writes a notification. `workflow` re-exports them; callers use that module."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile
from files_registry.catalogue.numbers import take_file_numbers
from files_registry.catalogue.policies import can_draft, unit_post
from files_registry.catalogue.searching import search_text
from files_registry.catalogue.versions import drop, lock_file, propose, write_cells
from files_registry.filings.models import OPEN_STATUSES, Filing, FilingKind, FilingStatus, Result
from files_registry.filings.moves import allowed, check, lock, step
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki_time
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person, Unit

FILING_FIELDS = ("planned_on", "already_done", "late_reason", "note")
LIMITS = {"late_reason": 2000, "note": 2000}
_CEASED_BY = Q(kind=FilingKind.CEASE, filed_at__isnull=False) & ~Q(status=FilingStatus.WITHDRAWN)
AGAIN = "内容を見直して作り直すため"
UNNAMED = "（名称未記入）"


@transaction.atomic
def draft_new(
    unit_pk: int, *, actor: Person, data: Mapping[str, Any] | None = None, token: str | None = None
) -> Filing:
    """Begin a notification of a file to be held: a new file in preparation, its first version, a draft (第10条第1項).

    By 保護担当者 or 保護責任者 of the unit. `data` as for `save_draft`; `token` is of the page it was asked on, which
    begins one draft however often it is sent. Raises PermissionDenied, Invalid, MoveRefused (the unit has ended, or
    this page has begun its draft).
    """
    unit = Unit.objects.select_related("parent", "organ").get(pk=unit_pk)
    if not can_draft(actor, unit):
        raise PermissionDenied
    if unit.valid_to is not None and unit.valid_to < timezone.localdate():
        raise MoveRefused(f"{unit.name}は廃止されています。後継の組織で届け出てください。")
    cells, own = _split(data)
    number = take_file_numbers()[0]
    # Asked with the series locked: of two requests from one page the second comes here when the first is done.
    if token and Filing.objects.filter(form_token=token).exists():
        raise MoveRefused("この画面からの下書きは、もう作られています。")
    file = PersonalInformationFile(number=number, unit=unit, name=cells.get("name") or UNNAMED, created_by=actor)
    attribute(file, actor=actor).save()
    version = propose(file, None, cells, actor=actor)
    _name(file, version, actor)
    return _begin(FilingKind.NEW, file, version, None, own | {"form_token": token or None}, actor=actor)


@transaction.atomic
def draft_take_in(file_pk: int, *, actor: Person, data: Mapping[str, Any] | None = None) -> Filing:
    """Begin the late notification of a file found to be held without one (第10条第1項); it stays held meanwhile.

    By 保護担当者 or 保護責任者 of the unit. Raises PermissionDenied, MoveRefused, Invalid.
    """
    file = _for_draft(file_pk, actor)
    if file.first_filed_on is not None:
        raise MoveRefused("このファイルは届出ずみです。変えるときは変更の届出を作ってください。")
    cells, own = _split(data)
    version = propose(file, file.current, cells, actor=actor)
    own = {"planned_on": file.held_from, "already_done": True, **own}
    return _begin(FilingKind.NEW, file, version, file.current, own, actor=actor)


@transaction.atomic
def draft_change(file_pk: int, *, actor: Person, data: Mapping[str, Any] | None = None) -> Filing:
    """Begin a notification of a change: a copy of the version in force to be edited (第10条第1項).

    By 保護担当者 or 保護責任者 of the unit. Raises PermissionDenied, MoveRefused (not held, or one is open), Invalid.
    """
    file = _for_draft(file_pk, actor)
    cells, own = _split(data)
    version = propose(file, file.current, cells, actor=actor)
    return _begin(FilingKind.CHANGE, file, version, file.current, own, actor=actor)


@transaction.atomic
def draft_cease(file_pk: int, *, actor: Person, data: Mapping[str, Any] | None = None) -> Filing:
    """Begin a notification that a file is no longer held; `planned_on` is the day it ended (第10条第3項).

    A file that is down as ceased without a notification can still be notified. By 保護担当者 or 保護責任者 of the
    unit. Raises PermissionDenied, MoveRefused (not held, or one is open), Invalid.
    """
    file = _for_draft(file_pk, actor, ceasing=True)
    cells, own = _split(data)
    if cells:
        raise Invalid(dict.fromkeys(cells, "廃止の届出では、ファイルの内容は変えられません。"))
    own = {"planned_on": file.ceased_on, **own}
    return _begin(FilingKind.CEASE, file, None, file.current, own, actor=actor)


@transaction.atomic
def draft_again(pk: int, *, stamp: int | None = None, actor: Person) -> Filing:
    """Begin the notification `pk` again with all it says, after 「再検討を求める」 or a withdrawal (第10条).

    By 保護担当者 or 保護責任者 of the unit. The earlier one ends and stays readable with its version, as does a file
    that was given up. Raises PermissionDenied, MoveRefused (another result, or one is open).
    """
    old = lock(pk)
    file = lock_file(old.file_id)
    if not can_draft(actor, file.unit):
        raise PermissionDenied
    check(old, "draft_again", stamp)
    if (refused := cannot_begin_again(old)) or old.version is None:
        raise MoveRefused(refused)
    if old.status != FilingStatus.WITHDRAWN:
        old.status, old.status_since, old.closed_at = FilingStatus.WITHDRAWN, timezone.now(), timezone.now()
        old.stamp += 1
        attribute(old, actor=actor, reason=AGAIN).save()
        drop(old.version, actor=actor, reason=AGAIN)
    if file.status == FileStatus.ABANDONED:
        file.status = FileStatus.PREPARING
        attribute(file, actor=actor, reason=AGAIN).save(update_fields=["status"])
    version = propose(file, old.version, {}, actor=actor)
    _name(file, version, actor)
    own = {name: getattr(old, name) for name in FILING_FIELDS} | {"again_of": old}
    kind = FilingKind(old.kind)
    return _begin(kind, file, version, file.current, own, actor=actor, verb="filing.drafted_again")


def cannot_begin_again(old: Filing) -> str:
    """Why the notification cannot be begun again; empty when it can."""
    if old.status != FilingStatus.WITHDRAWN:
        reconsider = old.result == Result.RECONSIDER
        return "" if reconsider else "結果が「再検討を求める」ではないので、作り直すことはできません。"
    others = old.file.filings.exclude(pk=old.pk)
    there = others.filter(status__in=OPEN_STATUSES).first()
    if there is not None:
        return f"このファイルには手続中の{there.get_kind_display()}（{there.get_status_display()}）があります。"
    fits = {FileStatus.HELD} if old.base_version_id else {FileStatus.PREPARING, FileStatus.ABANDONED}
    done = old.kind == FilingKind.NEW and others.filter(kind=FilingKind.NEW, status=FilingStatus.EFFECTED).exists()
    if old.file.status not in fits or done or old.version_id is None:
        return f"「{old.file.get_status_display()}」のファイルなので、作り直すことはできません。"
    return ""


@transaction.atomic
def save_draft(pk: int, data: Mapping[str, Any], *, stamp: int, actor: Person) -> Filing:
    """Keep what was typed so far: cells (model field → value), `planned_on`, `already_done`, `late_reason`, `note`.

    By 保護担当者 or 保護責任者 of the unit. `stamp` is the filing's when the form was opened: MoveRefused names who
    saved since. Cells may be empty (only filing asks for them); what cannot be kept is Invalid.
    """
    filing = lock(pk)
    post = allowed(unit_post(actor, filing.unit_id))
    check(filing, "save_draft")
    if filing.stamp != stamp:
        raise MoveRefused(_saved_by(filing))
    cells, own = _split(data)
    changed: list[str] = []
    if filing.version is not None:
        changed = write_cells(filing.version, cells)
        filing.version.stamp += 1
        attribute(filing.version, actor=actor).save()
        _name(filing.file, filing.version, actor)
    elif cells:
        raise Invalid(dict.fromkeys(cells, "廃止の届出では、ファイルの内容は変えられません。"))
    step(filing, "save_draft", "filing.saved", actor=actor, post=post, changed=changed, values=own)
    return filing


def _for_draft(file_pk: int, actor: Person, *, ceasing: bool = False) -> PersonalInformationFile:
    """The file, locked; held (or ceased without a notification), and with no notification under way."""
    file = lock_file(file_pk)
    if not can_draft(actor, file.unit):
        raise PermissionDenied
    unnotified = ceasing and file.status == FileStatus.CEASED and not file.filings.filter(_CEASED_BY).exists()
    if file.status != FileStatus.HELD and not unnotified:
        raise MoveRefused(f"「{file.get_status_display()}」のファイルには、この届出は作れません。")
    open_filing = file.filings.filter(status__in=OPEN_STATUSES).select_related("drafted_by").first()
    if open_filing is not None:
        raise MoveRefused(
            f"このファイルには手続中の{open_filing.get_kind_display()}（{open_filing.get_status_display()}、"
            f"作成 {open_filing.drafted_by.name}）があります。終わってから作ってください。"
        )
    return file


def _begin(
    kind: FilingKind,
    file: PersonalInformationFile,
    version: FileVersion | None,
    base: FileVersion | None,
    own: Mapping[str, Any],
    *,
    actor: Person,
    verb: str = "filing.drafted",
) -> Filing:
    filing = Filing(
        kind=kind,
        status=FilingStatus.DRAFT,
        status_since=timezone.now(),
        file=file,
        unit=file.unit,
        version=version,
        base_version=base,
        drafted_by=actor,
        **own,
    )
    attribute(filing, actor=actor).save()
    record(
        verb,
        actor=actor,
        subject=filing,
        post=unit_post(actor, file.unit_id),
        facts={"kind": str(kind), "to": str(FilingStatus.DRAFT)},
    )
    return filing


def _split(data: Mapping[str, Any] | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Cells, and the filing's own fields checked."""
    data = data or {}
    own = {name: data[name] for name in FILING_FIELDS if name in data}
    errors = {
        name: f"{limit:,}字以内で書いてください（いま{len(own[name]):,}字）。"
        for name, limit in LIMITS.items()
        if len(own.get(name) or "") > limit
    }
    if errors:
        raise Invalid(errors)
    return {name: value for name, value in data.items() if name not in FILING_FIELDS}, own


def _name(file: PersonalInformationFile, version: FileVersion, actor: Person) -> None:
    """A file not held yet goes by the name being prepared."""
    if file.current_id is not None:
        return
    file.name, file.search_text = version.name or UNNAMED, search_text(version, file.number)
    attribute(file, actor=actor).save(update_fields=["name", "search_text"])


def _saved_by(filing: Filing) -> str:
    last = filing.history.select_related("history_user").first()
    who = last.history_user.name if last and last.history_user else "ほかの人"
    when = wareki_time(last.history_date) if last else "さきほど"
    return (
        f"この届出は、あなたが開いた後に{who}さんが{when}に保存しました。"
        "あなたの記入はこの画面に残っています。いまの内容と見比べてから、もう一度保存してください。"
    )
