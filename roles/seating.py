"""How a seat changes hands inside a verb: locks, periods cut and taken up again, who is told."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.deletion import ProtectedError
from django.urls import reverse

from nerima_privacy.activity.history import attribute
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.notices.outbox import queue
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.appointment_rules import period, problems
from roles.models import Appointment, Organ, Person, Unit
from roles.policies import appointing_post
from roles.seats import Basis

DAY = timedelta(days=1)


def post_for(actor: Person, seat: str) -> Appointment:
    post = appointing_post(actor, seat)
    if post is None:
        raise PermissionDenied
    return post


def lock_seat(unit_id: int | None) -> Unit | None:
    """Make those who change one seat queue; a seat of the whole ward queues at the first organ."""
    if unit_id is not None:
        unit: Unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
        return unit
    Organ.objects.select_for_update(no_key=True).order_by("pk").first()
    return None


def write(row: Appointment, actor: Person, reason: str) -> None:
    if found := problems(row):
        raise Invalid(found)
    try:
        with transaction.atomic():
            attribute(row, actor=actor, reason=reason).save()
    except IntegrityError:
        raise MoveRefused(
            f"{row.label}には、いま別の人が任命されました。最新の内容を確かめてから、もう一度行ってください。"
        ) from None


def shorten(row: Appointment, last_day: date, actor: Person, reason: str) -> None:
    attribute(row, actor=actor, reason=reason)
    if last_day >= row.valid_from:
        row.valid_to = last_day
        row.save()
        return
    try:
        row.delete()
    except ProtectedError:
        raise MoveRefused(
            f"{row.label}としての処理が残っているため、なかったことにはできません。就任日以後の日で終えてください。"
        ) from None


def overlapping(row: Appointment) -> list[Appointment]:
    last = Q() if row.valid_to is None else Q(valid_from__lte=row.valid_to)
    return list(
        Appointment.objects.filter(last, Q(valid_to=None) | Q(valid_to__gte=row.valid_from))
        .filter(seat=row.seat, unit=row.unit)
        .select_related("person", "unit")
    )


def end_before(new: Appointment, actor: Person, reason: str) -> None:
    """End what runs into `new`, if it began before; anything that begins later stays and is named as a conflict."""
    for row in overlapping(new):
        if row.valid_from < new.valid_from and row.person_id != new.person_id:
            shorten(row, new.valid_from - DAY, actor, reason)
            tell_holder(row, "appointment.ended", f"{row.label}は{wareki(new.valid_from - DAY)}で終わります")


def holder_through(acting: Appointment) -> Appointment | None:
    """The one whose period the acting holder falls into; where it does not hold it all, the rules name the conflict."""
    rows = overlapping(acting)
    return rows[0] if len(rows) == 1 and rows[0].basis != Basis.ACTING else None


def cut_out(regular: Appointment, acting: Appointment, actor: Person, reason: str) -> Appointment | None:
    """Take the acting period out of the regular one; answers the part after it, not yet written."""
    assert acting.valid_to is not None  # noqa: S101  # the verb asks for it
    first, last, end = acting.valid_from, acting.valid_to, regular.valid_to
    if regular.valid_from < first:
        after = None if end is not None and end <= last else continuation(regular, last + DAY)
        shorten(regular, first - DAY, actor, reason)
        return after
    if end is not None and end <= last:
        raise Invalid({"valid_from": f"{regular.label}の{period(regular.valid_from, end)}の全部を代理はできません。"})
    regular.valid_from = last + DAY
    attribute(regular, actor=actor, reason=reason).save()
    return None


def continuation(row: Appointment, begin: date) -> Appointment:
    return Appointment(
        seat=row.seat,
        unit=row.unit,
        person=row.person,
        valid_from=begin,
        valid_to=row.valid_to,
        basis=row.basis,
        security_post=row.security_post,
        order_document=row.order_document,
        reason=row.reason,
        appointed_by=row.appointed_by,
    )


def returning_holder(row: Appointment) -> Appointment | None:
    """The period after an acting one that belongs to the person acted for."""
    if row.basis != Basis.ACTING or row.valid_to is None:
        return None
    seat = Appointment.objects.filter(seat=row.seat, unit=row.unit)
    after = seat.filter(valid_from=row.valid_to + DAY).select_related("person", "unit").first()
    if after is None or after.basis == Basis.ACTING:
        return None
    before = seat.filter(valid_to=row.valid_from - DAY).first()
    return after if before is None or before.person_id == after.person_id else None


def days(row: Appointment) -> dict[str, str | None]:
    return {
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "basis": row.basis,
    }


def tell_holder(row: Appointment, kind: str, title: str) -> None:
    queue(kind, to=[row.person], subject=row, title=title, url=reverse("units:me"))
