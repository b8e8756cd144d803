"""Who may ask, who decides and who sees (第12–14条). Each rule names who and by which article; never when."""

from itertools import chain
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from files_registry.access.effective import rows_of, worked_with
from files_registry.catalogue.examining import examination_of, examined_units
from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS, posted_units, unit_post, units_of
from files_registry.catalogue.rights import Right, may
from files_registry.handling.models import (
    Correction,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
    StandingPermission,
)
from files_registry.handling.turns import checking_turn, deciding_turn
from nerima_privacy.calendars.periods import today, valid_on
from roles.holdings import holdings_of
from roles.models import Appointment, Engagement, Person, Unit
from roles.seats import Seat

Row = TypeVar("Row", bound=Model)


def own_units(user: Person) -> set[int]:
    """The units the user works for: as one of the ward's staff, or by a seat of the unit; those they took over too."""
    holdings = holdings_of(user)
    return holdings.with_predecessors(posted_units(user, holdings)) | holdings.unit_ids(*UNIT_SEATS)


def files_to_ask_for(user: Person) -> QuerySet[PersonalInformationFile]:
    """The held files the user may ask to copy, send or take out of: of the own unit, or by a grant (第12条)."""
    held = PersonalInformationFile.objects.filter(status=FileStatus.HELD)
    if not user.is_active:
        return held.none()
    return held.filter(Q(unit__in=own_units(user)) | Q(pk__in=worked_with(user).values("pk")))


def asking_unit(user: Person, file: PersonalInformationFile) -> int | None:
    """The unit in which the user asks for an act with a file: the own one, or where a grant says; None: may not."""
    if not user.is_active:
        return None
    holdings = holdings_of(user)
    works = holdings.seat_units(*UNIT_SEATS)
    if file.unit_id in works:
        return file.unit_id
    works = works | posted_units(user, holdings)
    if file.unit_id in works:
        return file.unit_id
    heirs = [unit for unit in sorted(works) if file.unit_id in holdings.with_predecessors({unit})]
    if heirs:
        return heirs[0]
    own, shared = rows_of(user)
    granted = own.filter(content_object=file.pk).values_list("unit", flat=True).first()
    return granted or shared.filter(content_object=file.pk).values_list("unit", flat=True).first()


def can_use(user: Person, permission: StandingPermission) -> bool:
    """Staff of the unit it was given to, while it stands and the file is held (第12条)."""
    holdings, unit = holdings_of(user), permission.unit_id
    if not permission.stands(today()) or permission.file.status != FileStatus.HELD:
        return False
    if unit not in holdings.seat_units(*UNIT_SEATS) and unit not in posted_units(user, holdings):
        return False
    return asking_unit(user, permission.file) == unit


def can_ask(user: Person, file: PersonalInformationFile) -> bool:
    """Staff of the unit that holds the file, and who holds a grant on it, through an agency too (第12条)."""
    return file.status == FileStatus.HELD and asking_unit(user, file) is not None


def can_prepare_for(user: Person, applicant: Person, file: PersonalInformationFile) -> bool:
    """For oneself; 保護担当者 of the unit for others who may ask (第6条第3項)."""
    if user.pk == applicant.pk:
        return can_ask(user, file)
    return unit_post(user, file.unit_id, Seat.PROTECTION_OFFICER) is not None and can_ask(applicant, file)


def colleagues(units: set[int]) -> QuerySet[Person]:
    """The ward's own staff who work in one of the units today."""
    works = valid_on(today(), "postings__") & Q(postings__unit__in=units)
    return Person.objects.filter(works, is_active=True, engagement=Engagement.WARD).distinct().order_by("staff_number")


def visible_to(user: Person) -> QuerySet[HandlingRequest]:
    """The requests `user` may know of; the only door to them.

    Applicant and who prepared it: their own. Once submitted: whoever has the right to open the file, by a seat or a
    grant, for what is asked about a file is behind the right as all it holds (第11条第1項); who was asked for the
    second check; 保護責任者・保護担当者 of the applicant's unit; 保護管理責任者 of the 部; 総括保護管理者. 監査責任者
    within an audit: those over the files of the examined units, once submitted, since what was asked and allowed is
    what is examined; a draft is nobody's act yet (第24条). Nobody else.
    """
    rows = HandlingRequest.objects.all()
    if not user.is_active:
        return rows.none()
    submitted = rows.exclude(status=HandlingStatus.DRAFT)
    asked = SendingCheck.objects.filter(asked_of=user, request__isnull=False).order_by().values("request")
    mine = [rows.filter(applicant=user), rows.filter(prepared_by=user), submitted.filter(pk__in=asked)]
    return _any_of(rows, mine, _shown(user, submitted, "applicant_unit"))


def _any_of(rows: QuerySet[Row], *parts: list[QuerySet[Row]]) -> QuerySet[Row]:
    """Those in any of the parts. Said as a union, for each part has an index of its own and the whole of an OR none."""
    keys = [part.order_by().values("pk") for part in chain(*parts)]
    return rows.filter(pk__in=keys[0].union(*keys[1:]))


def _shown(user: Person, rows: QuerySet[Row], other: str = "") -> list[QuerySet[Row]]:
    """What stands over the files the user works with, or over the units the user oversees or examines (第11条・第24条).

    `other` is a second unit it concerns: its 保護責任者 and 保護担当者 know of it. What is examined is never acted on.
    """
    holdings = holdings_of(user)
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        return [rows]
    shown = [rows.filter(file__in=worked_with(user).order_by().values("pk"))]
    if other and (own := holdings.unit_ids(*UNIT_SEATS)):
        shown.append(rows.filter(**{f"{other}__in": own}))
    if examined := examined_units(user):
        shown.append(rows.filter(unit__in=examined))
    if departments := holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER):
        shown.append(rows.filter(unit__in=units_of(departments)))
    return shown


def standing_visible_to(user: Person) -> QuerySet[StandingPermission]:
    """The unit that may use them, for it must know what they allow; the applicant; else as requests (第12条)."""
    rows = StandingPermission.objects.all()
    if not user.is_active:
        return rows.none()
    mine = [rows.filter(applicant=user), rows.filter(users_unit__in=own_units(user))]
    return _any_of(rows, mine, _shown(user, rows))


def checks_visible_to(user: Person) -> QuerySet[SendingCheck]:
    """The checks the user made or is asked for, or of what the user asked for; else as requests (第14条)."""
    rows = SendingCheck.objects.all()
    if not user.is_active:
        return rows.none()
    own = ("filled_by", "asked_of", "confirmed_by", "request__applicant", "request__prepared_by")
    return _any_of(rows, [rows.filter(**{name: user}) for name in own], _shown(user, rows, "sender_unit"))


def corrections_visible_to(user: Person) -> QuerySet[Correction]:
    """Corrections: who found it or corrected it; else as requests (第13条)."""
    rows = Correction.objects.all()
    if not user.is_active:
        return rows.none()
    return _any_of(rows, [rows.filter(found_by=user), rows.filter(done_by=user)], _shown(user, rows))


def can_write(user: Person, request: HandlingRequest) -> bool:
    """The applicant and who prepared it, as long as they may ask (第12条)."""
    mine = user.pk == request.applicant_id
    # The reader of a page knows the own holdings already; the applicant as read with the request would read them anew.
    if asking_unit(user if mine else request.applicant, request.file) is None:
        return False
    prepares = user.pk == request.prepared_by_id and unit_post(user, request.file.unit_id, Seat.PROTECTION_OFFICER)
    return user.is_active and (mine or bool(prepares))


def can_report(user: Person, request: HandlingRequest) -> bool:
    """Say what was done, returned or erased, or take it back: the applicant or who prepared it, also after leaving."""
    return user.is_active and user.pk in {request.applicant_id, request.prepared_by_id}


def deciding_post(user: Person, subject: HandlingRequest | StandingPermission | Correction) -> Appointment | None:
    """The appointment by which `user` decides: 保護責任者, or the next seat up; never who asked (第12条・第13条)."""
    return deciding_turn(subject).post(user)


def can_decide(user: Person, subject: HandlingRequest | StandingPermission | Correction) -> bool:
    """See `deciding_post` (第12条)."""
    return deciding_post(user, subject) is not None


def can_fill_check(user: Person, request: HandlingRequest) -> bool:
    """Who sends checks first: the applicant or who prepared it (第14条)."""
    return can_report(user, request)


def confirmers(user: Person, *units: int) -> QuerySet[Person]:
    """Who may make the second check after `user`: who sees it as staff of the sender's or the file's unit (第14条)."""
    barred = valid_on(today()) & Q(seat__in=[Seat.SYSTEM_ADMINISTRATOR, Seat.AUDIT_OFFICER])
    no_reader = Appointment.objects.filter(barred, person=OuterRef("pk"))
    return colleagues(set(units)).filter(~Exists(no_reader), is_superuser=False).exclude(pk=user.pk)


def can_call_off(user: Person, check: SendingCheck) -> bool:
    """Who made the first check; 保護責任者 and 保護担当者 of the file's unit, for who has left (第14条)."""
    return user.is_active and (user.pk == check.filled_by_id or unit_post(user, check.unit_id) is not None)


def can_mark_sent(user: Person, check: SendingCheck) -> bool:
    """Who made one of the two checks, also after leaving; colleagues who may open the file (第14条)."""
    mine = user.pk in {check.filled_by_id, check.confirmed_by_id}
    return user.is_active and (mine or _colleague(user, check))


def can_confirm(user: Person, check: SendingCheck) -> bool:
    """Another than who filled it, of the ward's staff of the sender's or the file's unit: who was asked (第14条).

    Or who may open the file, where that person is away.
    """
    if user.pk == check.filled_by_id or not user.is_active:
        return False
    return _colleague(user, check, asked=user.pk == check.asked_of_id)


def _colleague(user: Person, check: SendingCheck, *, asked: bool = False) -> bool:
    """Of the sender's or the file's unit, and let in: by the right, by a seat of the unit, or for being asked."""
    units = {check.unit_id, check.sender_unit_id}
    seated = bool(units & holdings_of(user).unit_ids(*UNIT_SEATS))
    return bool(units & own_units(user)) and (asked or seated or may(user, Right.OPEN, check.file))


def can_find(user: Person, file: PersonalInformationFile) -> bool:
    """Tell of an error: whoever works with the file (第13条). The same people as may ask for an act with it."""
    return asking_unit(user, file) is not None and file.status in {FileStatus.HELD, FileStatus.CEASED}


def can_correct(user: Person, correction: Correction) -> bool:
    """Write down what was corrected by order: who found it, or may open the file, while working with it (第13条)."""
    if asking_unit(user, correction.file) is None:
        return False
    return user.pk == correction.found_by_id or may(user, Right.OPEN, correction.file)


def checking_post(user: Person, correction: Correction) -> Appointment | None:
    """保護責任者 or 保護担当者 of the unit, else the next seat up; never who made the correction (第13条)."""
    if user.pk == correction.done_by_id:
        return None
    return unit_post(user, correction.unit_id) or checking_turn(correction).post(user)


def can_check(user: Person, correction: Correction) -> bool:
    """See `checking_post` (第13条)."""
    return checking_post(user, correction) is not None


def can_see_rules(user: Person, unit: Unit) -> bool:
    """Staff of the unit, 保護管理責任者 of its 部, 総括保護管理者 (第12条); who examines the unit (第24条)."""
    holdings = holdings_of(user)
    if examination_of(user, unit.pk) is not None:
        return True
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER) or unit.pk in own_units(user):
        return True
    above = unit.department
    return above is not None and holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=above.pk) is not None
