"""What stands behind the book: decisions, what is left off and why, and the next edition as it would be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from files_registry.catalogue.cells import lines
from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile, ProcessingKind
from files_registry.register.entries import Printed, build
from files_registry.register.models import BookNumber, Edition, EntrySource, Ground, ListingDecision
from files_registry.register.questions import Exemption, Facts, Rules
from nerima_privacy.law.parameters import parameter

CHUNK = 500


def rules_on(day: date | None = None) -> Rules:
    """The law of listing on a day: 1,000 persons and the items of 法第74条第2項 are data."""
    known = {ground for ground in Ground.values if ground.startswith("74-2-")} - {Ground.FEW_PERSONS}
    rows = [row for row in parameter("register.exemptions", day) if row["code"] in known]
    return Rules(
        min_persons=int(parameter("register.min_persons", day)),
        exemptions=tuple(Exemption(row["code"], row["label"], row.get("article", "")) for row in rows),
    )


def with_decision() -> QuerySet[Any]:
    """Held files, each with the latest decision on its version in force: `decision` (id), `listed`, `ground`."""
    latest = ListingDecision.objects.filter(version=OuterRef("current")).order_by("-pk")
    return PersonalInformationFile.objects.filter(status=FileStatus.HELD).annotate(
        decision=Subquery(latest.values("pk")[:1]),
        listed=Subquery(latest.values("listed")[:1]),
        ground=Subquery(latest.values("ground")[:1]),
        decided_at=Subquery(latest.values("decided_at")[:1]),
    )


def undecided() -> QuerySet[Any]:
    """Held files whose version in force nobody has judged yet, the longest waiting first."""
    before = ListingDecision.objects.filter(file=OuterRef("pk")).order_by("-pk").values("listed")[:1]
    judged = ListingDecision.objects.filter(version=OuterRef("current"))
    return (
        PersonalInformationFile.objects.filter(~Exists(judged), status=FileStatus.HELD)
        .annotate(waiting_since=Coalesce("current__in_force_from", "held_from"), before=Subquery(before))
        .select_related("unit__parent", "current")
        .order_by("waiting_since", "pk")
    )


def left_off() -> QuerySet[Any]:
    """Held files judged not to be listed."""
    ever = ListingDecision.objects.filter(
        version=OuterRef("current"), listed=False
    )  # few: found before the rest is asked
    return (
        with_decision()
        .filter(Exists(ever), listed=False)
        .select_related("unit__parent", "current__organ")
        .order_by("ground", "pk")
    )


def latest_edition() -> Edition | None:
    """The edition in force, None before the first."""
    return Edition.objects.order_by("-number").first()


def facts_of(version: FileVersion) -> Facts:
    """What the record says that the questions need. The parent counts as published when it is, or is about to be."""
    parent = version.parent_file
    published = False
    if parent is not None:
        published = with_decision().filter(pk=parent.pk, listed=True).exists() or is_published(parent.pk)
    return Facts(
        under_act=version.organ.under_act,
        organ_name=version.organ.name,
        persons=version.persons,
        manual=version.processing == ProcessingKind.MANUAL,
        items=tuple(lines(version.items)),
        parent_name=parent.name if parent else "",
        parent_published=published,
        parent_computerised=bool(
            parent and parent.current and parent.current.processing == ProcessingKind.COMPUTERISED
        ),
    )


def is_published(file_id: int) -> bool:
    """Whether the file stands in the edition in force."""
    latest = Edition.objects.order_by("-number").values("pk")[:1]
    return EntrySource.objects.filter(edition=Subquery(latest), file=file_id).exists()


@dataclass(frozen=True)
class Line:
    """One line of the next edition: `change` is added, changed or same against the edition before.

    `file` comes from `with_decision()`, with its annotations.
    """

    file: Any
    key: str | None
    printed: Printed
    change: str


def next_lines(previous: Edition | None) -> Iterator[Line]:
    """The next edition in its order, read in one pass; memory does not grow with the number of files."""
    before = EntrySource.objects.filter(edition=previous, file=OuterRef("pk")).values("digest")[:1]
    files = (
        with_decision()
        .filter(listed=True)
        .annotate(
            book_key=Subquery(BookNumber.objects.filter(file=OuterRef("pk")).values("number")[:1]),
            omitted=Subquery(ListingDecision.objects.filter(pk=OuterRef("decision")).values("omitted_cells")[:1]),
            before=Subquery(before),
            answers=Subquery(ListingDecision.objects.filter(pk=OuterRef("decision")).values("answers")[:1]),
        )
        .select_related("current__organ", "current__unit__parent")
        .order_by("current__organ__code", "current__unit__code", "pk")
    )
    for file in files.iterator(chunk_size=CHUNK):
        printed = build(file.current, file.omitted or (), (file.answers or {}).get("omitted_items", ()))
        change = "added" if file.before is None else "same" if file.before == printed.digest else "changed"
        yield Line(file, f"{file.book_key:05}" if file.book_key else None, printed, change)


def unsettled_since(previous: Edition | Subquery | None) -> QuerySet[Any]:
    """Entries of the edition before that cannot stay as they are: removed ones, and those nobody judged anew."""
    listed = with_decision().filter(pk=OuterRef("file"), listed=True)
    off = with_decision().filter(pk=OuterRef("file"), listed=False).values("decided_at")[:1]
    return (
        EntrySource.objects.filter(edition=previous)
        .filter(~Exists(listed))
        .annotate(off_since=Subquery(off))
        .select_related("file")
        .order_by("pk")
    )


def removed_since(previous: Edition | Subquery | None) -> QuerySet[Any]:
    """Those whose file is no longer held, or was judged off the book at `off_since`."""
    return unsettled_since(previous).filter(~Q(file__status=FileStatus.HELD) | Q(off_since__isnull=False))


def unjudged_since(previous: Edition | None) -> QuerySet[Any]:
    """Those whose file has a new version nobody judged: publishing must not drop them."""
    return unsettled_since(previous).filter(file__status=FileStatus.HELD, off_since=None)
