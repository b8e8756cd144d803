"""What the public reads. Everything here touches Edition and EditionEntry only: nothing internal can come along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from files_registry.register.entries import Printed
from files_registry.register.folding import words
from files_registry.register.models import Edition, EditionEntry
from nerima_privacy.web.remembering import remembered

PAGE = 50
MOST = 3000
TRIGRAM = 3  # characters
DAY = 24 * 60 * 60
SHOWN = ("key", "position", "name", "organ_name", "unit_name", "purpose", "sensitive")


@dataclass(frozen=True)
class Search:
    """What a reader asked for. `sensitive` is "yes", "no" or "" for either."""

    query: str = ""
    organ: str = ""
    department: str = ""
    sensitive: str = ""

    @property
    def words(self) -> list[str]:
        return words(self.query)

    @property
    def narrows(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.words or self.organ or self.department or self.sensitive)


@dataclass
class Found:
    """One page of entries; `capped` when more were found than are shown."""

    page: Page
    entries: list[EditionEntry] = field(default_factory=list)
    capped: bool = False


def current() -> Edition | None:
    """The edition in force, None while nothing was ever published."""
    return Edition.objects.order_by("-number").first()


def earlier(edition: Edition) -> Edition | None:
    """The edition before."""
    return Edition.objects.filter(number__lt=edition.number).order_by("-number").first()


def find(edition: Edition, search: Search, number: Any = 1) -> Found:
    """A page of 50 of what is found, in the order of the book."""
    places: Sequence[int] = range(1, edition.entries_count + 1)
    if search.narrows:
        places = _places(edition, search)
    page = Paginator(places[:MOST] if search.narrows else places, PAGE).get_page(number)
    shown = EditionEntry.objects.filter(edition=edition, position__in=list(page.object_list))
    return Found(page, list(shown.only(*SHOWN).order_by("position")), search.narrows and len(places) > MOST)


def _places(edition: Edition, search: Search) -> list[int]:
    """Positions only: one narrow read whatever the page, and one more than is shown to know that there are more."""
    entries = EditionEntry.objects.filter(edition=edition)
    for word in search.words:
        entries = entries.filter(_holds(word))
    if search.organ:
        entries = entries.filter(organ_name=search.organ)
    if search.department:
        entries = entries.filter(department_name=search.department)
    if search.sensitive:
        entries = entries.filter(sensitive=search.sensitive == "yes")
    return list(entries.order_by("position").values_list("position", flat=True)[: MOST + 1])


def _holds(word: str) -> Any:
    """LIKE may use the trigram index of PostgreSQL; where none helps, finding the place reads quicker than LIKE."""
    if connection.vendor == "sqlite" or len(word) < TRIGRAM:
        return GreaterThan(StrIndex("search_text", Value(word)), 0)
    return Q(search_text__contains=word)


def filters(edition: Edition) -> dict[str, list[str]]:
    """Organs and 部 of an edition. An edition never changes, so this is read once a day."""
    entries = EditionEntry.objects.filter(edition=edition).order_by()

    def read() -> dict[str, list[str]]:
        departments = entries.exclude(department_name="").values_list("department_name", flat=True).distinct()
        organs = entries.values_list("organ_name", flat=True).distinct()
        return {"organs": sorted(organs), "departments": sorted(departments)}

    return remembered(f"register-filters-{edition.digest}", read, DAY)


def entry(edition: Edition, key: str) -> EditionEntry | None:
    """One entry of an edition."""
    return EditionEntry.objects.filter(edition=edition, key=key).select_related("edition").first()


def appearances(key: str) -> QuerySet[EditionEntry]:
    """Every edition the entry stood in, newest first."""
    return (
        EditionEntry.objects.filter(key=key)
        .select_related("edition")
        .defer("cells", "search_text")
        .order_by("-edition__number")
    )


def whole(edition: Edition) -> Iterator[EditionEntry]:
    """Every entry in the order of the book, read in pieces."""
    return (
        EditionEntry.objects.filter(edition=edition)
        .only("key", "position", "department_name", "cells")
        .order_by("position")
        .iterator(chunk_size=500)
    )


@dataclass(frozen=True)
class Difference:
    """What came, changed and went between two editions, as querysets of entries."""

    old: Edition | None
    new: Edition
    added: QuerySet[EditionEntry]
    changed: QuerySet[EditionEntry]
    removed: QuerySet[EditionEntry]


def difference(old: Edition | None, new: Edition) -> Difference:
    """Between any two editions; everything came when there is no old one."""
    of_new = EditionEntry.objects.filter(edition=new).order_by("position")
    of_old = EditionEntry.objects.filter(edition=old).order_by("position") if old else EditionEntry.objects.none()
    twin = EditionEntry.objects.filter(edition=old, key=OuterRef("key")) if old else EditionEntry.objects.none()
    return Difference(
        old,
        new,
        of_new.filter(~Exists(twin)) if old else of_new,
        of_new.filter(Exists(twin.exclude(digest=OuterRef("digest")))) if old else of_new.none(),
        of_old.filter(~Exists(EditionEntry.objects.filter(edition=new, key=OuterRef("key")))),
    )


def cell_changes(old: EditionEntry, new: EditionEntry | Printed, mark: str = "変わりました") -> list[dict[str, Any]]:
    """The cells that differ, as the facts component shows them."""
    before = {cell["no"]: cell["value"] for cell in old.cells}
    pairs = [(cell["no"], cell["label"], before.get(cell["no"], ""), cell["value"]) for cell in new.cells]
    pairs.append((None, "部", old.department_name, new.department_name))
    return [
        {"no": no, "label": label, "old": was, "new": now, "changed": True, "mark": mark}
        for no, label, was, now in pairs
        if was != now
    ]


def with_changes(old: Edition, entries: list[EditionEntry]) -> list[dict[str, Any]]:
    """Changed entries of a page, each with its cells old and new; one query for the old ones."""
    keys = [entry.key for entry in entries]
    before = {entry.key: entry for entry in EditionEntry.objects.filter(edition=old, key__in=keys)}
    return [
        {"entry": entry, "rows": cell_changes(before[entry.key], entry)} for entry in entries if entry.key in before
    ]


def last_standing(key: str) -> EditionEntry | None:
    """The entry as last published, for somebody who comes with an old address."""
    return appearances(key).first()
