"""What the pages of audits read, in a fixed number of queries."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from audits.examinations import policies
from audits.examinations.models import OPEN_STATUSES, Audit, AuditStatus
from files_registry.catalogue.examining import LIVED, examinations_of
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.searching import normalise
from nerima_privacy.calendars.periods import today
from roles.holdings import Holdings
from roles.models import Appointment, Person, Unit
from roles.seats import Seat

PER_PAGE = 50
TABS = [("open", "いまのもの"), ("ended", "終わったもの")]


def listed(user: Person, tab: str) -> QuerySet[Audit]:
    """The audits of a tab: what waits for a decision first, then what ends soonest; ended ones newest first."""
    audits = policies.visible_to(user)
    going = Q(status__in=OPEN_STATUSES) & (~Q(status=AuditStatus.UNDER_WAY) | Q(ends_on__gte=today()))
    if tab == "ended":
        return audits.exclude(going).order_by("-ends_on", "-pk")
    return audits.filter(going).order_by("status_since", "pk")


def for_list(audits: QuerySet[Audit]) -> QuerySet[Audit]:
    """What a line of the list shows."""
    return audits.prefetch_related(_officers(), _units()).defer("matters", "decision_note", "end_reason")


def for_board(audits: QuerySet[Audit]) -> QuerySet[Audit]:
    """What a line of the board shows."""
    return audits.prefetch_related(_units()).defer("purpose", "matters", "decision_note", "end_reason")


def for_page(audits: QuerySet[Audit]) -> QuerySet[Audit]:
    """What the page of one shows."""
    people = audits.select_related("planned_by", "submitted_by", "decided_by", "ended_by", "continues")
    return people.prefetch_related(_officers(), _units())


def _officers() -> Prefetch:
    return Prefetch("officers", Person.objects.order_by("kana", "pk"))


def _units() -> Prefetch:
    return Prefetch("units", Unit.objects.select_related("parent").order_by("code"))


def turns(user: Person, holdings: Holdings) -> QuerySet[Audit]:
    """What waits for the decision of 総括保護管理者; the number beside the menu line."""
    waiting = Audit.objects.filter(status=AuditStatus.SUBMITTED)
    if not holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        return waiting.none()
    sent = Audit.officers.through.objects.filter(person=user).values("audit")
    return waiting.exclude(Q(planned_by=user) | Q(submitted_by=user) | Q(pk__in=sent))


def officers() -> QuerySet[Person]:
    """Who is 監査責任者 today, or will be."""
    seats = Appointment.objects.filter(seat=Seat.AUDIT_OFFICER).filter(Q(valid_to=None) | Q(valid_to__gte=today()))
    return Person.objects.filter(pk__in=seats.values("person"), is_active=True).order_by("kana", "pk")


def units() -> QuerySet[Unit]:
    """The 部, 課 and 学校 that stand today or will, each 部 followed by its units."""
    living = Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today()))
    return living.select_related("parent").order_by("is_school", "code")


def examined_by(user: Person, audit: Audit) -> frozenset[int]:
    """The units whose files the audit opens to the user now."""
    return next((found.units for found in examinations_of(user) if found.key == audit.pk), frozenset())


def files_of(user: Person, audit: Audit, wanted: dict[str, Any]) -> QuerySet[PersonalInformationFile]:
    """The files the audit opens to the user now, by unit and name."""
    files = PersonalInformationFile.objects.filter(unit__in=examined_by(user, audit), status__in=LIVED)
    for word in normalise(wanted.get("q", "")).split():
        files = files.filter(search_text__contains=word)
    if unit := wanted.get("unit"):
        files = files.filter(unit=unit)
    return files.order_by("unit__code", "name", "pk")


def for_files(files: QuerySet[PersonalInformationFile]) -> QuerySet[PersonalInformationFile]:
    """What a line of the list of files shows."""
    return files.select_related("unit__parent").defer("search_text", "disposal_note")
