"""The register as a list: filtered, under its tabs, with what a line shows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from files_registry.catalogue.policies import UNIT_SEATS, WARD_WIDE, units_of
from files_registry.catalogue.policies import visible_to as files_visible_to
from files_registry.systems import policies
from files_registry.systems.models import InformationSystem, SystemFile
from files_registry.systems.queries import (
    administered_by,
    agreed_on,
    in_office,
    kept_in,
    topics,
    unadministered,
    with_findings,
)
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.web.objects import objects
from nerima_privacy.web.paging import NarrowPaginator
from nerima_privacy.web.pickers import spellings, words
from nerima_privacy.web.together import Reading, read, reading
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


@dataclass(frozen=True)
class Line:
    """A system as the register shows it: who administers it, how many files are in it, and what is lacking."""

    system: InformationSystem
    administrator: str
    files: int
    unagreed: bool
    late: bool


def lines(systems: Sequence[InformationSystem], on: date, codes: Iterable[str]) -> list[Line]:
    """The systems of one page as lines, with their units; one query for all of them."""
    keys, wanted = [system.pk for system in systems], set(codes)
    units = Unit.objects.filter(pk__in={system.unit_id for system in systems})
    named, kept, agreed, running = read(
        [
            reading(in_office(on).filter(system__in=keys), "system", "valid_from", "pk", "person__name"),
            Reading(kept_in(keys, on), ("system", "held_by", "how_many")),
            reading(agreed_on(on).filter(system__in=keys), "system", "unit", "topic", "review_on"),
            objects(units, "name", "is_department", "parent__name"),
        ]
    )
    by_key = {unit.pk: unit for unit in running}
    for system in systems:
        system.unit = by_key[system.unit_id]
    serving = {system: name for system, _, _, name in sorted(named)}  # the one named last
    pairs: dict[int, dict[int, int]] = defaultdict(dict)
    for system, unit, how_many in kept:
        if unit is not None:
            pairs[system][unit] = how_many
    topics_of, late = defaultdict(set), set()
    for system, unit, topic, review_on in agreed:
        topics_of[system, unit].add(topic)
        if review_on < on and unit in pairs[system]:
            late.add(system)
    return [
        Line(
            system=system,
            administrator=serving.get(system.pk, ""),
            files=sum(pairs[system.pk].values()),
            unagreed=any(wanted - topics_of[system.pk, unit] for unit in pairs[system.pk]),
            late=system.pk in late,
        )
        for system in systems
    ]


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
