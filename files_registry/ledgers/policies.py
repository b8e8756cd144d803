"""Who writes and reads a ledger: whoever has the right over the file now (第11条第1項), asked for each file.

保護責任者 and 保護担当者 of the unit have every right by seat (第5条第3項・第6条第3項); everybody else by a grant.
Who may not even know of the file meets 404: `files_registry.catalogue.policies.visible_to` is the only door.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import seat_over, unit_post
from files_registry.catalogue.rights import Right, files_for, may
from files_registry.ledgers.models import LedgerEntry, StoredMedium, Verification, WrittenOnce
from roles.models import Appointment, Person, Unit


def can_write(person: Person, file: PersonalInformationFile) -> bool:
    """入力・更新: entries, verifications, media (第11条第1項・第15条・第17条)."""
    return may(person, Right.ENTER, file)


def can_dispose(person: Person, file: PersonalInformationFile) -> bool:
    """削除: the end of a medium (第11条第1項・第15条)."""
    return may(person, Right.ERASE, file)


def can_export(person: Person, file: PersonalInformationFile) -> bool:
    """出力 (第11条第1項)."""
    return may(person, Right.OUTPUT, file)


def can_export_unit(person: Person, unit: Unit) -> bool:
    """All ledgers of a unit at once: its 保護責任者 and 保護担当者, who have every right over its files (第15条)."""
    return unit_post(person, unit.pk) is not None


def can_correct(person: Person, line: WrittenOnce, file: PersonalInformationFile) -> bool:
    """Who wrote the line, while 入力・更新 lasts; 保護責任者・保護担当者 of the unit any line (第15条)."""
    own = line.entered_by_id == person.pk and getattr(line, "source_id", None) is None
    return can_write(person, file) and (own or unit_post(person, file.unit_id) is not None)


def let(allowed: bool) -> None:
    """PermissionDenied unless allowed; for verbs."""
    if not allowed:
        raise PermissionDenied


def post_of(person: Person, file: PersonalInformationFile) -> Appointment | None:
    """The appointment in which the person acts on the file; None for those who have a grant only."""
    return seat_over(person, file.unit)


def within(person: Person, right: Right = Right.ENTER) -> QuerySet[PersonalInformationFile]:
    """The files the person has the right over, one query whatever their number (第11条第1項).

    All of them are known to the person: those of the units managed, and those of a grant, for whatever right a grant
    gives, it gives 閲覧 with it. To ask `visible_to` besides doubled the query, in which PostgreSQL then lost its way.
    """
    return files_for(person, right)


def entries_of(file: PersonalInformationFile) -> QuerySet[LedgerEntry]:
    """The lines of one file's ledger; the file was reached through its own door (第15条)."""
    return LedgerEntry.objects.filter(file=file)


def verifications_of(file: PersonalInformationFile) -> QuerySet[Verification]:
    """The verifications of one file; reached in the same way (第17条)."""
    return Verification.objects.filter(file=file)


def media_of(file: PersonalInformationFile) -> QuerySet[StoredMedium]:
    """The media of one file; reached in the same way (第15条)."""
    return StoredMedium.objects.filter(file=file)
