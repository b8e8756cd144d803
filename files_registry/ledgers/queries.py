"""What the pages and exports of ledgers read, in a fixed number of queries."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.rights import Right
from files_registry.catalogue.searching import normalise
from files_registry.ledgers.models import LedgerEntry, MediumStatus, Origin, StoredMedium, Verification
from files_registry.ledgers.policies import LIVED, within
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.periods import today
from roles.holdings import holdings_of, living_units
from roles.models import Appointment, Person, Posting, Unit

PER_PAGE = 50
SUGGESTED = ("purpose", "scope", "place", "counterpart", "method", "witness", "done_by")
RECENT = 60
BY_HAND = (Origin.HAND, Origin.BULK)


Lines = type[LedgerEntry] | type[Verification]
LISTED = (
    *("number", "name", "status", "held_from", "unit__name", "unit__is_department", "unit__parent__name"),
    "current__confidentiality",
)


def standing(model: Lines) -> QuerySet[Any]:
    """The lines that stand: neither corrected by a later line nor only taking one back.

    Written with NOT EXISTS, so that lines are walked by their index and each is asked whether it was corrected.
    """
    later = model._default_manager.filter(corrects=OuterRef("pk"))
    return model._default_manager.filter(~Exists(later), voids=False)


def last_day_of(model: Lines, upto: date | None = None) -> Subquery:
    """The day of a file's newest line that stands, as a subquery; `upto` for what was so on a past day."""
    lines = standing(model).filter(file=OuterRef("pk"))
    if upto is not None:
        lines = lines.filter(on__lte=upto)
    return Subquery(lines.order_by("-on", "-pk").values("on")[:1])


def ledgers(person: Person, words: str = "", right: Right = Right.ENTER) -> QuerySet[PersonalInformationFile]:
    """The files the person may write of, or has another right over, whose name or number hold every word."""
    files = within(person, right).filter(status__in=LIVED)
    for word in normalise(words).split():
        files = files.filter(search_text__contains=word)
    return files.order_by("unit", "name", "pk")


def for_list(person: Person, files: QuerySet[PersonalInformationFile]) -> QuerySet[PersonalInformationFile]:
    """What a line of the list of ledgers shows; `own_last` is the line the person may repeat."""
    own = _own_lines(person).filter(file=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    shown = files.select_related("unit__parent", "current").only(*LISTED)
    last_on, verified_on = last_day_of(LedgerEntry), last_day_of(Verification)
    return shown.annotate(last_on=last_on, verified_on=verified_on, own_last=Subquery(own))


def filtered(entries: QuerySet[LedgerEntry], wanted: Mapping[str, Any]) -> QuerySet[LedgerEntry]:
    """The lines that match, the newest first."""
    if "kind" in wanted:
        entries = entries.filter(kind=wanted["kind"])
    if "year" in wanted:
        entries = entries.filter(in_year(int(wanted["year"])))
    for word in normalise(wanted.get("q", "")).split():
        entries = entries.filter(search_text__contains=word)
    return entries.order_by("-on", "-pk")


def in_year(year: int) -> Q:
    """The days of a fiscal year."""
    return Q(on__gte=fiscal.start(year), on__lte=fiscal.end(year))


def for_lines(entries: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """What a line shows, with the one that corrected it."""
    return entries.select_related("entered_by", "corrected_by").defer("search_text", "corrected_by__search_text")


def of_files(files: QuerySet[PersonalInformationFile], wanted: Mapping[str, Any]) -> QuerySet[LedgerEntry]:
    """Every line of these files, file by file."""
    lines = LedgerEntry.objects.filter(file__in=files.order_by().values("pk"))
    return filtered(lines, wanted).order_by("file", "-on", "-pk")


def counted(entries: QuerySet[LedgerEntry]) -> tuple[QuerySet[LedgerEntry], int]:
    """The lines written by now, and how many: what is written while they are streamed is neither sent nor counted."""
    found = entries.order_by().aggregate(count=Count("pk"), newest=Max("pk"))
    return entries.filter(pk__lte=found["newest"] or 0), found["count"]


def export_units(person: Person) -> list[Unit]:
    """The units of whose ledgers the person may take some out; those that took over stand for those that ended.

    Asked for 出力 alone, for 閲覧 goes with every right a grant gives; taking out asks for both.
    """
    holdings = holdings_of(person)
    seats = holdings.seat_units(*UNIT_SEATS)
    taken_over = holdings.unit_ids(*UNIT_SEATS) - seats
    units = Unit.objects.filter(pk__in=within(person, Right.OUTPUT).filter(status__in=LIVED).order_by().values("unit"))
    if taken_over:
        units = Unit.objects.filter(Q(pk__in=units.values("pk")) | Q(pk__in=seats)).exclude(pk__in=taken_over)
    return list(units.select_related("parent").order_by("code"))


CHUNK = 2_000


def export_rows(entries: QuerySet[LedgerEntry]) -> Iterator[LedgerEntry]:
    """Every line with what a row of an export shows, a chunk at a time."""
    rows = for_lines(entries).select_related("entered_by", "corrected_by", "file__unit__parent")
    return rows.defer("search_text", "corrected_by__search_text", "file__search_text").iterator(chunk_size=CHUNK)


def suggestions(file: PersonalInformationFile) -> dict[str, list[str]]:
    """What was typed lately into each column of this ledger, the newest first, for the keyboard; one query."""
    rows = LedgerEntry.objects.filter(file=file).order_by("-pk").values_list(*SUGGESTED)[:RECENT]
    found: dict[str, dict[str, None]] = {name: {} for name in SUGGESTED}
    for row in rows:
        for name, value in zip(SUGGESTED, row, strict=True):
            if value:
                found[name].setdefault(value)
    return {name: list(values)[:12] for name, values in found.items()}


def own_last(file: PersonalInformationFile, person: Person) -> LedgerEntry | None:
    """The line the person wrote last in this ledger by hand, to be repeated."""
    return _own_lines(person).filter(file=file).select_related("corrected_by").order_by("-pk").first()


def _own_lines(person: Person) -> QuerySet[LedgerEntry]:
    """What a person wrote by hand and stands: a line that was corrected or taken back is not to be written again."""
    return standing(LedgerEntry).filter(entered_by=person, origin__in=BY_HAND)


def media(file: PersonalInformationFile, *, disposed: bool) -> QuerySet[StoredMedium]:
    """A file's media: those kept, what is due first; or those disposed of, the newest first."""
    found = StoredMedium.objects.filter(file=file).select_related("responsible")
    if disposed:
        return found.filter(status=MediumStatus.DISPOSED).order_by("-disposed_on", "-pk")
    return found.filter(status=MediumStatus.KEPT).order_by(F("keep_until").asc(nulls_last=True), "pk")


def due_media(person: Person, upto: date) -> QuerySet[StoredMedium]:
    """The media kept of the files the person may write of whose retention ends by a day, the longest past first."""
    due = StoredMedium.objects.filter(status=MediumStatus.KEPT, keep_until__lte=upto)
    return due.filter(file__in=within(person).values("pk")).order_by("keep_until", "pk")


def for_due(found: QuerySet[StoredMedium]) -> QuerySet[StoredMedium]:
    """What a line of what is due shows."""
    return found.select_related("responsible", "file__unit__parent").defer("file__search_text")


def staff_of(unit: Unit) -> QuerySet[Person]:
    """Who may answer for a medium: the active people who work in the unit or hold a seat of it now.

    Where the unit has ended, those of the units that took it over.
    """
    living = living_units(unit)
    posted = Posting.objects.on(today()).filter(unit__in=living).order_by().values("person")
    seated = Appointment.objects.on(today()).filter(unit__in=living).order_by().values("person")
    # Said as a union: an OR of the two is asked of everybody in the ward.
    return Person.objects.filter(pk__in=posted.union(seated), is_active=True).order_by("name")
