"""What the pages of many media together read: those a unit keeps, by who answers for them and where they lie."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest

from files_registry.catalogue.rights import Right
from files_registry.ledgers.models import JointDisposal, MediumStatus, StoredMedium
from files_registry.ledgers.policies import files_of
from nerima_privacy.calendars.periods import today, valid_on
from roles.models import Appointment, Person, Posting, Unit

LEFT = "left"
Media = QuerySet[StoredMedium]


def _in_unit_of(path: str) -> Q:
    """A post in the unit, or in one that took it over, at once or by another merger after it."""
    there = OuterRef(path)
    return Q(unit=there) | Q(unit__predecessors=there) | Q(unit__predecessors__predecessors=there)


def left_behind(media: Media, on: date) -> Media:
    """Those whose responsible person works no more, or no more where the file is held."""
    works = valid_on(on) & Q(person=OuterRef("responsible")) & _in_unit_of("file__unit")
    here = Exists(Posting.objects.filter(works)) | Exists(Appointment.objects.filter(works))
    return media.filter(Q(responsible__is_active=False) | ~Q(here))


def alone_since(on: date) -> Combinable:
    """Since when nobody there answers for the medium: after the last day who does worked there, or since it is kept."""
    ended = Posting.objects.filter(_in_unit_of("file__unit"), person=OuterRef("responsible"), valid_to__lt=on)
    day = ExpressionWrapper(F("valid_to") + timedelta(days=1), DateField())
    left = Subquery(ended.order_by("-valid_to").values(after=Cast(day, DateField()))[:1])
    return Greatest("stored_on", Coalesce(left, "stored_on"))


def kept_by(person: Person, unit: Unit, right: Right) -> Media:
    """The media kept of the files of a unit over which the person has the right now (第11条第1項)."""
    files = files_of(person, unit, right).order_by()
    return StoredMedium.objects.filter(status=MediumStatus.KEPT, file__in=files.values("pk"))


def answered_for(person: Person) -> Media:
    """The media kept for which the person answers, of whatever unit; what is due first."""
    mine = StoredMedium.objects.filter(status=MediumStatus.KEPT, responsible=person)
    return mine.order_by(F("keep_until").asc(nulls_last=True), "pk")


def disposed_together(disposal: JointDisposal) -> Media:
    """Those that ended by one act, file by file."""
    return disposal.media.select_related("file").order_by("file__number", "pk")


def narrowed(media: Media, wanted: Mapping[str, Any]) -> Media:
    """Those of one file, of one person, of a place, past their retention; what is due first."""
    if wanted.get("file"):
        media = media.filter(file=wanted["file"])
    responsible = wanted.get("responsible")
    if responsible == LEFT:
        media = left_behind(media, today())
    elif responsible:
        media = media.filter(responsible=responsible)
    for word in wanted.get("place", "").split():
        media = media.filter(place__icontains=word)
    if wanted.get("past"):
        media = media.filter(keep_until__lt=today())
    return media.order_by(F("keep_until").asc(nulls_last=True), "pk")


def for_choosing(media: Media) -> Media:
    """What a line to be chosen shows."""
    return media.select_related("responsible", "file").defer("file__search_text")


def files_with(media: Media) -> list[tuple[int, str, int]]:
    """The files some of the media are of, and how many of each: key, name, number."""
    files = media.order_by().values_list("file", "file__name").annotate(many=Count("pk"))
    return [(pk, name, many) for pk, name, many in files.order_by("file__name", "file")]


def responsible_people(media: Media) -> list[tuple[int, str, int]]:
    """Who answers for some of the media, and for how many: key, name, number."""
    people = media.order_by().values_list("responsible", "responsible__name").annotate(many=Count("pk"))
    return [(pk, name, many) for pk, name, many in people.order_by("responsible__name", "responsible")]
