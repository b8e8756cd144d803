"""Who writes and reads a ledger: whoever has the right over the file now (第11条第1項), asked for each file.

保護責任者 and 保護担当者 of the unit have every right by seat (第5条第3項・第6条第3項); everybody else by a grant.
監査責任者 within an audit has 閲覧 alone (第24条): the ledger, the verifications and the media of an examined file are
read, since they are the proof of how it is handled, and nothing is written, disposed of or taken out: each of those
asks for a right of its own.
Who may not even know of the file meets 404: `files_registry.catalogue.policies.visible_to` is the only door.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.policies import seat_over, unit_post
from files_registry.catalogue.rights import Right, files_for, may
from files_registry.ledgers.models import JointDisposal, LedgerEntry, StoredMedium, Verification, WrittenOnce
from roles.holdings import holdings_of
from roles.models import Appointment, Person, Unit

LIVED = (FileStatus.HELD, FileStatus.CEASED)


def can_write(person: Person, file: PersonalInformationFile) -> bool:
    """入力・更新: entries, verifications, media (第11条第1項・第15条・第17条)."""
    return may(person, Right.ENTER, file)


def can_dispose(person: Person, file: PersonalInformationFile) -> bool:
    """削除: the end of a medium (第11条第1項・第15条)."""
    return may(person, Right.ERASE, file)


def can_export(person: Person, file: PersonalInformationFile) -> bool:
    """出力, of what one may open (第11条第1項): whoever has it by a grant, and by seat 保護責任者・保護担当者."""
    return may(person, Right.OPEN, file) and may(person, Right.OUTPUT, file)


def exports(person: Person) -> QuerySet[PersonalInformationFile]:
    """The files whose ledgers the person may take out now; one query whatever their number."""
    return within(person, Right.OUTPUT).filter(pk__in=files_for(person, Right.OPEN).values("pk"))


def exports_of(person: Person, unit: Unit) -> QuerySet[PersonalInformationFile]:
    """Those of a unit and of the units it took over: for 保護責任者 and 保護担当者 all, for others what was granted."""
    return _of_unit(exports(person), person, unit)


def files_of(person: Person, unit: Unit, right: Right) -> QuerySet[PersonalInformationFile]:
    """The files of a unit, and of the units it took over, over which the person has the right now (第11条第1項)."""
    return _of_unit(within(person, right), person, unit)


def _of_unit(files: QuerySet[PersonalInformationFile], person: Person, unit: Unit) -> QuerySet[PersonalInformationFile]:
    units = holdings_of(person).with_predecessors({unit.pk})
    return files.filter(unit__in=units, status__in=LIVED)


def can_export_unit(person: Person, unit: Unit) -> bool:
    """The ledgers of a unit together: whoever may take out one of them, and only those (第11条第1項・第15条)."""
    return exports_of(person, unit).exists()


def can_certify(person: Person, disposal: JointDisposal) -> bool:
    """Whether the person has 削除 over every file whose media were disposed of together (第11条第1項・第15条)."""
    files = PersonalInformationFile.objects.filter(stored_media__disposal=disposal)
    return not files.exclude(pk__in=within(person, Right.ERASE).order_by().values("pk")).exists()


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
