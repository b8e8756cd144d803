"""What the pages of the organisation read: a fixed number of queries however many units there are."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from nerima_privacy.calendars.periods import today, valid_on
from roles.appointment_rules import eligible_titles
from roles.models import Appointment, Person, Posting, Unit
from roles.past import above_then, named_then, with_version
from roles.seats import Seat


def organisation(units: QuerySet[Unit], on: date, *, search: str = "", past: bool = False) -> QuerySet[Unit]:
    """Units that stand on a day (with `past` those that ended before it), each 部 followed by its 課, schools last.

    `search` looks in the name, the code, the 部 above and the names of those who hold a seat on that day. On a past day
    a unit stands below the 部 it had then, and is also found by what it was called then.
    """
    found = units.filter(valid_to__lt=on) if past else units.filter(valid_on(on))
    gone = on < today()
    if gone:
        found = with_version(found, on)
    for word in search.split():
        holder = Appointment.objects.filter(valid_on(on), unit=OuterRef("pk"), person__name__icontains=word)
        named = Q(name__icontains=word) | Q(code__startswith=word) | Q(parent__name__icontains=word) | Exists(holder)
        found = found.filter(named | Q(named_then(word)) if gone else named)
    above = Case(When(version=None, then=F("parent__code")), default=above_then()) if gone else F("parent__code")
    order = found.alias(above=above).alias(below=Case(When(above=None, then=Value(0)), default=Value(1)))
    return order.select_related("organ", "parent").order_by("is_school", Coalesce("above", "code"), "below", "code")


def seats_of(units: Iterable[Unit], on: date) -> dict[tuple[int, str], list[Appointment]]:
    """(unit id, seat) -> those who hold it on a day; one query. From today on, nobody who left the ward holds any."""
    left = Q(person__is_active=True) if on >= today() else Q()
    rows = (
        Appointment.objects.on(on)
        .filter(left)
        .filter(unit__in=[unit.pk for unit in units])
        .select_related("person")
        .order_by("unit", "seat", "valid_from", "pk")
    )
    return {key: list(group) for key, group in groupby(rows, key=lambda a: (a.unit_id, a.seat))}


def held_now(appointments: Iterable[Appointment], on: date) -> dict[tuple[int, str], list[Appointment]]:
    """Out of rows read already, those that hold a seat on a day, as `seats_of` answers them."""
    held: dict[tuple[int, str], list[Appointment]] = {}
    for row in appointments:
        if row.unit_id and row.person.is_active and row.valid_from <= on and (row.valid_to or on) >= on:
            held.setdefault((row.unit_id, row.seat), []).append(row)
    return held


def appointments_of(unit: Unit, on: date) -> QuerySet[Appointment]:
    """Everybody who ever held, holds or will hold a seat of the unit: those of the day first, then the latest."""
    current = Case(When(valid_on(on), then=Value(0)), default=Value(1))
    return unit.appointments.select_related("person", "unit").order_by(current, "-valid_from", "-pk")


def postings_of(unit: Unit, on: date) -> QuerySet[Posting]:
    """Who works in the unit on a day."""
    return unit.postings.on(on).select_related("person").order_by("-is_main", "person__staff_number")


def successions(unit: Unit) -> tuple[list[Unit], list[Unit]]:
    """The units whose affairs `unit` took over, and those that took over its own; one query."""
    through = Unit.successors.through
    links = through.objects.filter(Q(from_unit=unit) | Q(to_unit=unit)).select_related("from_unit", "to_unit")
    rows = list(links.order_by("pk"))
    before = [link.from_unit for link in rows if link.to_unit_id == unit.pk]
    return before, [link.to_unit for link in rows if link.from_unit_id == unit.pk]


def audit_officers() -> QuerySet[Appointment]:
    """監査責任者, those of today first."""
    current = Case(When(valid_on(today()), then=Value(0)), default=Value(1))
    rows = Appointment.objects.filter(seat=Seat.AUDIT_OFFICER).select_related("person", "appointed_by")
    return rows.order_by(current, "-valid_from", "pk")


def audit_candidates(search: str = "", on: date | None = None) -> QuerySet[Posting]:
    """Main postings of 部長 and 課長 (第7条第2項) who do not audit yet, found by name, number, unit or title."""
    on = on or today()
    auditing = Appointment.objects.filter(valid_on(on), seat=Seat.AUDIT_OFFICER, person=OuterRef("person"))
    rows = Posting.objects.filter(
        valid_on(on),
        ~Exists(auditing),
        is_main=True,
        unit__is_school=False,
        title__in=eligible_titles(on),
        person__is_active=True,
    )
    for word in search.split():
        rows = rows.filter(
            Q(person__name__icontains=word)
            | Q(person__staff_number__istartswith=word)
            | Q(unit__name__icontains=word)
            | Q(unit__parent__name__icontains=word)
            | Q(title__icontains=word)
        )
    return rows.select_related("person", "unit__parent").order_by("unit__code", "person__staff_number")


def coming_appointments(person: Person, on: date) -> QuerySet[Appointment]:
    """Seats the person will take later."""
    rows = person.appointments.filter(valid_from__gt=on).select_related("unit")
    return rows.order_by(F("valid_from"), "pk")
