"""What the pages of files read, in a fixed number of queries."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from files_registry.catalogue.examining import examined_units
from files_registry.catalogue.models import FileVersion, PersonalInformationFile, VersionStatus
from files_registry.catalogue.policies import (
    UNIT_SEATS,
    WARD_WIDE,
    can_see_internal,
    posted_units,
    unit_post,
    units_of,
)
from files_registry.catalogue.searching import normalise
from roles.holdings import holdings_of
from roles.models import Person, Unit
from roles.seats import Seat

PER_PAGE = 50
LIST_FIELDS = [
    "number",
    "name",
    "status",
    "unit__name",
    "unit__is_department",
    "unit__parent__name",
    "current__purpose",
    "current__processing",
    "current__sensitive",
    "current__my_number",
]


def filtered(files: QuerySet[PersonalInformationFile], wanted: dict[str, Any]) -> QuerySet[PersonalInformationFile]:
    """The files that match: every word in number, name, purpose or items, whatever the width of the letters."""
    for word in normalise(wanted.get("q", "")).split():
        files = files.filter(search_text__contains=word)
    if "unit" in wanted:
        files = files.filter(unit=wanted["unit"])
    if "status" in wanted:
        files = files.filter(status=wanted["status"])
    if "processing" in wanted:
        files = files.filter(current__processing=wanted["processing"])
    for name in ("my_number", "sensitive"):
        if name in wanted:
            files = files.filter(**{f"current__{name}": wanted[name] == "yes"})
    return files


def for_list(files: QuerySet[PersonalInformationFile]) -> QuerySet[PersonalInformationFile]:
    """What a line of the list shows, no more."""
    return files.select_related("unit__parent", "current").only(*LIST_FIELDS)


def for_page(files: QuerySet[PersonalInformationFile]) -> QuerySet[PersonalInformationFile]:
    """What the page of one file shows."""
    return files.select_related("unit__parent", "current__organ", "current__unit__parent", "current__parent_file")


def reader_units(user: Person) -> QuerySet[Unit]:
    """The units whose files the reader may come across, for the filter."""
    holdings = holdings_of(user)
    units = Unit.objects.select_related("parent").filter(Q(is_section=True) | Q(is_school=True))
    if holdings.has(*WARD_WIDE):
        return units
    own = holdings.unit_ids(*UNIT_SEATS) | posted_units(user, holdings) | examined_units(user)
    allowed = Q(pk__in=own)
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        allowed |= Q(pk__in=units_of(departments))
    return units.filter(allowed)


def may_see_internal(user: Person) -> bool:
    """Whether the reader holds any seat over files, or examines some; which is asked of each (`can_see_internal`)."""
    seated = holdings_of(user).has(*WARD_WIDE, *UNIT_SEATS, Seat.DEPARTMENT_PROTECTION_MANAGER)
    return seated or bool(examined_units(user))


def drafting_units(user: Person) -> QuerySet[Unit]:
    """The living units for which the reader prepares notifications (第6条第3項・第10条第1項)."""
    ids = holdings_of(user).seat_units(*UNIT_SEATS)
    return Unit.objects.select_related("parent").filter(pk__in=ids)


def own_files(user: Person) -> QuerySet[PersonalInformationFile]:
    """The files of the units the reader holds a seat of, to copy from or to name as parent."""
    ids = holdings_of(user).unit_ids(*UNIT_SEATS)
    return PersonalInformationFile.objects.filter(unit__in=ids, current__isnull=False).order_by("name").only("name")


def versions_for(user: Person, file: PersonalInformationFile) -> QuerySet[FileVersion]:
    """The versions the reader may read, newest first.

    Those with a seat of the unit: every one. Those with a seat above it: not what was never filed. Others: the one in
    force.
    """
    versions = file.versions.select_related("organ", "unit__parent", "parent_file").order_by("-number")
    if unit_post(user, file.unit_id):
        return versions
    if can_see_internal(user, file):
        lived = Q(status__in=[VersionStatus.IN_FORCE, VersionStatus.SUPERSEDED])
        return versions.filter(lived | Q(filing__filed_at__isnull=False))
    return versions.filter(status=VersionStatus.IN_FORCE)


EXPORT_LIMIT = 2000


def export_rows(files: QuerySet[PersonalInformationFile]) -> Iterator[PersonalInformationFile]:
    """Every file with what a row of the export shows, a chunk at a time."""
    related = files.select_related("unit__parent", "current__organ", "current__unit__parent", "current__parent_file")
    return related.defer("search_text").iterator(chunk_size=EXPORT_LIMIT)


def ids(files: Iterable[PersonalInformationFile]) -> list[int]:
    """The keys of a page of files."""
    return [file.pk for file in files]
