"""The register as a list: filtered, under its tabs, with what a line shows; in one query."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from files_registry.catalogue.policies import UNIT_SEATS, WARD_WIDE, units_of
from files_registry.catalogue.policies import visible_to as files_visible_to
from files_registry.systems import policies
from files_registry.systems.models import InformationSystem, SystemFile
from files_registry.systems.queries import (
    administered_by,
    lacking_any,
    links_on,
    overdue,
    topics,
    unadministered,
    with_administrator,
    with_findings,
)
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.web.paging import NarrowPaginator
from nerima_privacy.web.pickers import spellings, words
from roles.holdings import holdings_of
from roles.models import Person, Unit
from roles.seats import Seat

PER_PAGE = 50
TABS = [
    ("use", "使用中"),
    ("mine", "わたしの担当"),
    ("bare", "管理者のいないもの"),
    ("short", "足りないもの"),
    ("all", "すべて"),
]


def listed(user: Person, tab: str, wanted: dict[str, Any]) -> QuerySet[InformationSystem]:
    """The systems of a tab the reader may know of, by name."""
    on, rows = today(), policies.visible_to(user)
    if tab != "all":
        rows = rows.filter(valid_on(on))
    if tab == "mine":
        own = holdings_of(user).unit_ids(*UNIT_SEATS)
        rows = rows.filter(Q(unit__in=own) | Q(pk__in=administered_by(user)))
    elif tab == "bare":
        rows = rows.filter(unadministered(on))
    elif tab == "short":
        rows = with_findings(rows, on, list(topics(on)))
    if "unit" in wanted:
        rows = rows.filter(unit=wanted["unit"])
    for word in words(wanted.get("q", "")):
        found = Q()
        for way in spellings(word):
            found |= Q(name__icontains=way) | Q(unit__name__icontains=way)
        rows = rows.filter(found)
    return rows.order_by("name", "pk")


def lines(rows: QuerySet[InformationSystem], on: date, codes: list[str]) -> QuerySet[InformationSystem]:
    """What a line shows: the unit, the administrator, how many files, and what is lacking."""
    kept = links_on(on).filter(system=OuterRef("pk"))
    count = kept.order_by().values("system").annotate(how_many=Count("pk")).values("how_many")
    return with_administrator(rows.select_related("unit__parent"), on).annotate(
        files=Coalesce(Subquery(count, output_field=IntegerField()), Value(0)),
        unagreed=Exists(kept.filter(lacking_any(on, codes))),
        late=Exists(overdue(on).filter(system=OuterRef("pk"))),
    )


def links_page(links: QuerySet[SystemFile], count: int, user: Person) -> NarrowPaginator:
    """The files of a system page by page: those in it first, by name; `known` says whether the reader knows of each."""
    known = Exists(files_visible_to(user, single=True).filter(pk=OuterRef("file")))

    def dress(rows: QuerySet[SystemFile]) -> QuerySet[SystemFile]:
        return rows.select_related("file__unit__parent").defer("file__search_text").annotate(known=known)

    paginator = NarrowPaginator(
        links.order_by(F("valid_to").desc(nulls_first=True), "file__name", "pk"), PER_PAGE, dress
    )
    paginator.count = count  # read together with the rest of the page
    return paginator


def reader_units(user: Person) -> QuerySet[Unit]:
    """The units whose systems the reader may come across, for the filter."""
    holdings = holdings_of(user)
    units = Unit.objects.select_related("parent").filter(Q(is_section=True) | Q(is_school=True))
    if holdings.has(*WARD_WIDE):
        return units
    allowed = Q(pk__in=holdings.unit_ids(*UNIT_SEATS))
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        allowed |= Q(pk__in=units_of(departments))
    return units.filter(allowed)
