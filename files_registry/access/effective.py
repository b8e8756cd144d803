"""Which rights hold at a moment: by a seat of the unit, or by a grant whose every ground still stands (第11条第1項);
閲覧 besides by an examination of the unit, as long as it lasts (第24条).

A grant's row in guardian's table is a right only between its two moments, while the person is active, works or holds a
seat where the grant says, and the file has not ceased. All of this is asked of the database each time, so that nothing
has to run for a right to end.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from files_registry.access.models import FileGroupRight, FileUserRight, GroupKind, PostGroup
from files_registry.catalogue.examining import LIVED, examined_units, examines
from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.rights import Right
from nerima_privacy.calendars.periods import valid_on
from roles.holdings import Holdings, holdings_of
from roles.models import Engagement, Person, Posting
from roles.seats import Seat

ENDED = (FileStatus.CEASED, FileStatus.ABANDONED)
NO_GRANTS = (Seat.SYSTEM_ADMINISTRATOR, Seat.AUDIT_OFFICER)
CODENAMES = tuple(right.value for right in Right)


def grounds_of(person: Person, holdings: Holdings) -> frozenset[int]:
    """The units a grant may rest on: where the person works now, and whose seats the person holds now."""
    posted = {place["unit"] for place in _places(person, holdings)}
    return frozenset(posted) | {post.unit_id for post in holdings.appointments if post.unit_id}


def takes_grants(person: Person, holdings: Holdings) -> bool:
    """Whether a grant opens anything to the person: not to システム管理者, nor to 監査責任者, who see by engagement."""
    return person.is_active and person.engagement != Engagement.SYSTEM and not holdings.has(*NO_GRANTS)


def _places(person: Person, holdings: Holdings) -> QuerySet[Posting, Any]:
    """The units where the person works now, as a subquery: asking for a right costs no query more for it.

    Nobody works in a unit that was abolished, though the posting was left open.
    """
    lasting = Posting.objects.on(holdings.on).filter(valid_on(holdings.on, "unit__"), person=person)
    return lasting.order_by().values("unit")


def groups_of(person: Person, holdings: Holdings) -> QuerySet[PostGroup]:
    """The groups the person belongs to now, by working in a unit or by holding its seat."""
    own = GroupKind.STAFF if person.engagement == Engagement.WARD else GroupKind.DISPATCHED
    meant = Q(kind=own, unit__in=_places(person, holdings))
    officer = holdings.seat_units(Seat.PROTECTION_OFFICER)
    if officer:
        meant |= Q(kind=GroupKind.OFFICERS, unit__in=officer)
    return PostGroup.objects.filter(meant)


def rows_of(person: Person, at: datetime | None = None) -> tuple[QuerySet[FileUserRight], QuerySet[FileGroupRight]]:
    """The rows of guardian's tables that are rights of the person at a moment, now when not given.

    A person's row rests on working in its unit, or on holding a seat of it.
    """
    at, holdings = at or timezone.now(), holdings_of(person)
    if not takes_grants(person, holdings):
        return FileUserRight.objects.none(), FileGroupRight.objects.none()
    between = Q(begins_at__lte=at, ends_at__gt=at)
    ground = Q(unit__in=_places(person, holdings))
    seats = {post.unit_id for post in holdings.appointments if post.unit_id}
    if seats:
        ground |= Q(unit__in=seats)
    own = FileUserRight.objects.filter(between, ground, user=person)
    groups = groups_of(person, holdings).values("group")
    return own, FileGroupRight.objects.filter(between, group__in=groups)


def managed_units(holdings: Holdings) -> set[int]:
    """The units whose files the person manages by 保護責任者 or 保護担当者 (第5条第3項・第6条第3項)."""
    return holdings.unit_ids(*UNIT_SEATS)


def allowed_files(person: Person, right: Right = Right.OPEN) -> QuerySet[PersonalInformationFile]:
    """The files over which the person has the right now, as one query whatever their number."""
    examined = examined_units(person) if right == Right.OPEN else frozenset()
    return _files(person, right, examined)


def worked_with(person: Person, right: Right = Right.OPEN) -> QuerySet[PersonalInformationFile]:
    """The same without what is only examined: the files the person works with, by a seat or a grant."""
    return _files(person, right)


def _files(person: Person, right: Right, examined: frozenset[int] = frozenset()) -> QuerySet[PersonalInformationFile]:
    files = PersonalInformationFile.objects.all()
    if not person.is_active:
        return files.none()
    managed = files.filter(unit__in=managed_units(holdings_of(person)))
    others = granted(person, right)
    if examined:
        others.append(files.filter(unit__in=examined, status__in=LIVED).order_by().values("pk"))
    return files.filter(pk__in=managed.order_by().values("pk").union(*others))


def granted(person: Person, right: Right = Right.OPEN) -> list[QuerySet[Any, Any]]:
    """The keys of the files a grant opens to the person now: those given to the person, those given to a group.

    Joined to the file, for every page asks this: subqueries within subqueries took longer to put together than to
    answer. The permission is looked up first, once, for its key stands in the index between the person and the end.
    """
    permission = Permission.objects.filter(codename=right.value, content_type__app_label="files_registry")
    means = Q(permission=Subquery(permission.values("pk")[:1])) & ~Q(content_object__status__in=ENDED)
    return [rows.filter(means).order_by().values("content_object") for rows in rows_of(person)]


def rights_of(person: Person, file: PersonalInformationFile) -> frozenset[Right]:
    """What the person may do with one file now; one query, none for who manages it."""
    return rights_on(person, [file])[file.pk]


def rights_on(person: Person, files: Iterable[PersonalInformationFile]) -> dict[int, frozenset[Right]]:
    """The same for the files of a page, in one query."""
    files = list(files)
    holdings = holdings_of(person)
    managed = managed_units(holdings) if person.is_active else set()
    found = {file.pk: frozenset(Right) if file.unit_id in managed else frozenset[Right]() for file in files}
    if person.is_active and examined_units(person):
        found |= {file.pk: found[file.pk] | {Right.OPEN} for file in files if examines(person, file)}
    asked = [file.pk for file in files if file.unit_id not in managed and file.status not in ENDED]
    if asked:
        for pk, codename in _codenames(person, asked):
            found[pk] |= {Right(codename)}
    return found


def _codenames(person: Person, files: list[int]) -> Iterable[tuple[int, str]]:
    """(file, codename) of each right; `files` are those of one page, never of a whole list."""
    own, shared = rows_of(person)
    columns = ("content_object", "permission__codename")
    own_rows = own.filter(content_object__in=files, permission__codename__in=CODENAMES).values_list(*columns)
    shared_rows = shared.filter(content_object__in=files, permission__codename__in=CODENAMES).values_list(*columns)
    return own_rows.union(shared_rows)
