"""Verbs on the file itself. Holding, changing and ceasing go through notifications: filings/workflow.py (第10条)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from files_registry.catalogue.models import Disposal, FileStatus, PersonalInformationFile
from files_registry.catalogue.policies import can_record_disposal, unit_post
from files_registry.catalogue.versions import lock_file
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.outbox import queue
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat

MOVES: dict[tuple[str, FileStatus], FileStatus] = {("record_disposal", FileStatus.CEASED): FileStatus.CEASED}


@transaction.atomic
def record_disposal(pk: int, *, kind: str, on: date, note: str, actor: Person) -> PersonalInformationFile:
    """Write down what happened to the data of a ceased file: erased, transferred, returned, handed over.

    By 保護責任者 or 保護担当者 of the unit (第10条第3項). Raises PermissionDenied, MoveRefused (not ceased, or written
    already), Invalid (kind, on, note).
    """
    file = lock_file(pk)
    if not can_record_disposal(actor, file):
        raise PermissionDenied
    if ("record_disposal", FileStatus(file.status)) not in MOVES:
        raise MoveRefused(f"「{file.get_status_display()}」のファイルには、廃止後のデータの記録はできません。")
    if file.disposal:
        raise MoveRefused(
            f"すでに「{file.get_disposal_display()}」と記録されています。誤りは情報公開課に相談してください。"
        )
    _check(file, kind, on, note)
    file.disposal, file.disposed_on, file.disposal_note = kind, on, note.strip()
    attribute(file, actor=actor, reason=file.get_disposal_display()).save()
    record(
        "file.disposed",
        actor=actor,
        subject=file,
        post=unit_post(actor, file.unit_id),
        changed=["disposal", "disposed_on", "disposal_note"],
        facts={"disposal": kind, "on": on.isoformat()},
    )
    people = {*holders(Seat.DISCLOSURE_STAFF), *holders(Seat.PROTECTION_MANAGER, file.unit)} - {actor}
    queue("file.disposed", to=people, subject=file, title=f"廃止後のデータの記録　{file.name}")
    return file


def _check(file: PersonalInformationFile, kind: str, on: date | None, note: str) -> None:
    errors: dict[str, str] = {}
    if kind not in Disposal.values:
        errors["kind"] = "消去・移管・返却・引継ぎのどれかを選んでください。"
    if on is None:
        errors["on"] = "消去・移管等の日を書いてください。"
    elif on > today():
        errors["on"] = "きょうまでの日付を書いてください。"
    elif file.held_from and on < file.held_from:
        errors["on"] = f"保有を始めた{wareki(file.held_from)}以後の日付を書いてください。"
    if not note.strip():
        errors["note"] = "どのように確かめたか（立会い、証明書の番号など）を書いてください。"
    elif len(note) > 2000:
        errors["note"] = "2,000字以内で書いてください。"
    if errors:
        raise Invalid(errors)
