"""Who sees which file, and who may do what with it. Rights come from seats held now (第3–6条), never from flags."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from files_registry.catalogue.examining import examination_of, examined_units
from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from nerima_privacy.web.finding import one_or_404
from roles.holdings import Holdings, holdings_of
from roles.models import Appointment, Engagement, Person, Posting, Unit
from roles.seats import Seat

WARD_WIDE = (Seat.GENERAL_PROTECTION_MANAGER, Seat.DISCLOSURE_MANAGER, Seat.DISCLOSURE_STAFF)
UNIT_SEATS = (Seat.PROTECTION_MANAGER, Seat.PROTECTION_OFFICER)
KNOWN = Q(status__in=[FileStatus.HELD, FileStatus.CEASED]) | Q(first_filed_on__isnull=False)
LIVED = Q(status__in=[FileStatus.HELD, FileStatus.CEASED])


def visible_to(user: Person, *, single: bool = False) -> QuerySet[PersonalInformationFile]:
    """The files `user` may know of; the only door to them.

    総括保護管理者, 情報公開課長 and its staff: every file that was ever filed or held. 保護管理責任者: those of the
    own 部. 保護責任者・保護担当者: all of the own unit, drafts included, and of the units it took over. Other staff
    of the ward: what their unit holds or held. システム管理者, superusers, 派遣, 委託先: nothing; 監査責任者 nothing
    but, within an audit, what was ever filed or held by the units it examines (第7条第3項・第24条).
    Besides, everybody what an area above opens to the person (`register_sight`).
    `single`, for the page of one: the postings are asked within its query instead of in one of their own.
    """
    holdings = holdings_of(user)
    files = PersonalInformationFile.objects.all()
    if not user.is_active:
        return files.none()
    examined = examined_units(user)
    if holdings.has(*WARD_WIDE):
        own = holdings.unit_ids(*UNIT_SEATS)
        return files.filter(KNOWN | Q(unit__in=own)) if own else files.filter(KNOWN)
    own = holdings.unit_ids(*UNIT_SEATS)
    known = [files.filter(unit__in=own)] if own else []
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        known.append(files.filter(KNOWN, unit__in=units_of(departments)))
    if examined:
        known.append(files.filter(KNOWN, unit__in=examined))
    posted = postings(user, holdings) if single else posted_units(user, holdings) - own
    known.append(files.filter(LIVED, unit__in=posted))
    # Said as a union, for each part has an index of its own and the whole of an OR has none.
    keys = [part.order_by().values("pk") for part in known] + [keys for sight in _sights for keys in sight(user)]
    return files.filter(pk__in=keys[0].union(*keys[1:]))


def visible_one(user: Person, pk: int, *related: str) -> PersonalInformationFile:
    """One of the files `user` may know of, or 404 (`visible_to`).

    A file of a unit whose seat the user holds is found by that alone: the whole of `visible_to` takes longer to put
    together than such a page to answer. 監査責任者 mostly look at files of other units: the whole is asked.
    """
    holdings = holdings_of(user)
    own = set() if holdings.has(Seat.AUDIT_OFFICER) else holdings.unit_ids(*UNIT_SEATS)
    managed = PersonalInformationFile.objects.filter(unit__in=own).select_related(*related)
    found = managed.filter(pk=pk).first() if own else None
    return found or one_or_404(visible_to(user, single=True).select_related(*related), pk)


Sight = Callable[[Person], list[QuerySet[PersonalInformationFile, Any]]]
_sights: list[Sight] = []


def register_sight(sight: Sight) -> Sight:
    """Register `fn(person) -> [files.values("pk")]`: files an area above opens to the person, such as by a grant."""
    if sight not in _sights:
        _sights.append(sight)
    return sight


def units_of(departments: set[int]) -> QuerySet[Unit, Any]:
    """The 部 themselves and the units under them, as a subquery."""
    return Unit.objects.filter(Q(pk__in=departments) | Q(parent__in=departments)).values("pk")


def postings(user: Person, holdings: Holdings) -> QuerySet[Posting, int]:
    """The units whose files the user sees as one of its staff, as a subquery.

    Nobody hired through an agency or a contractor, no superuser, and no holder of the seats that must see no files.
    """
    current = Posting.objects.on(holdings.on).filter(person=user).values_list("unit", flat=True)
    barred = holdings.has(Seat.SYSTEM_ADMINISTRATOR, Seat.AUDIT_OFFICER)
    if user.engagement != Engagement.WARD or user.is_superuser or barred:
        return current.none()
    return current


def posted_units(user: Person, holdings: Holdings) -> set[int]:
    """The same units as a handful of ids, read once: lists are quicker with them."""
    known: set[int] | None = holdings.__dict__.get("_posted")
    if known is None:
        known = holdings.__dict__["_posted"] = set(postings(user, holdings))
    return known


def seat_over(user: Person, unit: Unit) -> Appointment | None:
    """The appointment by which `user` answers for `unit`: its own seats, then its 部's, then the ward's."""
    holdings = holdings_of(user)
    department = unit.department
    return (
        holdings.post(*UNIT_SEATS, unit_id=unit.pk)
        or (department and holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=department.pk))
        or holdings.post(*WARD_WIDE)
    )


def can_see_internal(user: Person, file: PersonalInformationFile) -> bool:
    """Whether internal fields, versions not in force and filings are shown: only to those with a seat over the unit.

    Staff of the unit see the printed cells only (第11条: no more than the work needs). 監査責任者 within an audit of
    the unit reads them as the seats above do: they are what 第10条 leaves to be examined (第24条).
    """
    return seat_over(user, file.unit) is not None or examination_of(user, file.unit_id) is not None


def unit_post(user: Person, unit_id: int, *seats: Seat) -> Appointment | None:
    """The appointment to one of the unit's seats (保護責任者・保護担当者 when none are named), or None."""
    return holdings_of(user).post(*(seats or UNIT_SEATS), unit_id=unit_id)


def can_draft(user: Person, unit: Unit) -> bool:
    """保護担当者 or 保護責任者 of the unit prepares notifications (第6条第3項・第10条第1項)."""
    return unit_post(user, unit.pk) is not None


def can_record_disposal(user: Person, file: PersonalInformationFile) -> bool:
    """保護責任者 or 保護担当者 of the unit, once the file has ceased (第10条第3項・第18条)."""
    return unit_post(user, file.unit_id) is not None
