"""The verbs on seats: appoint, act for, end (第3–7条). Those on units and postings stand in transfers.py.

Each is one transaction that locks what the seat stands on (its unit; the first organ for a seat of the ward), asks
the policy, writes with history, records once and tells the person. PermissionDenied when the actor may not, Invalid
with a sentence for each field that does not hold, MoveRefused when somebody else was first.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.appointment_rules import period
from roles.models import Appointment, Person
from roles.seating import (
    DAY,
    cut_out,
    days,
    end_before,
    holder_through,
    lock_seat,
    post_for,
    returning_holder,
    shorten,
    tell_holder,
    write,
)
from roles.seats import SHARED_SEATS, Basis, Seat


@transaction.atomic
def appoint(
    *,
    seat: str,
    unit_id: int | None,
    person_id: int,
    valid_from: date,
    valid_to: date | None = None,
    basis: str = Basis.EX_OFFICIO,
    security_post: str = "",
    order_document: str = "",
    reason: str = "",
    succeed: bool = False,
    actor: Person,
) -> Appointment:
    """Appoint a person to a seat, as システム管理者. With `succeed` the holder's period ends the day before.

    監査責任者 have a verb of their own.
    """
    if seat == Seat.AUDIT_OFFICER:
        raise PermissionDenied
    unit = lock_seat(unit_id)
    post = post_for(actor, seat)
    if succeed and seat in SHARED_SEATS:
        raise Invalid(
            {"seat": f"{Seat(seat).label}は複数の人が就けます。いまの人を終えてから、新しい人を任命してください。"}
        )
    new = Appointment(
        seat=seat,
        unit=unit,
        person=Person.objects.get(pk=person_id),
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis,
        security_post=security_post,
        order_document=order_document,
        reason=reason,
    )
    if succeed:
        end_before(new, actor, reason)
    write(new, actor, reason)
    record("appointment.made", actor=actor, subject=new, post=post, reason=reason, facts=days(new))
    tell_holder(new, "appointment.made", f"{new.label}に就任しました（{period(valid_from, valid_to)}）")
    return new


@transaction.atomic
def appoint_audit_officer(
    *,
    person_id: int,
    valid_from: date,
    reason: str,
    valid_to: date | None = None,
    order_document: str = "",
    actor: Person,
) -> Appointment:
    """総括保護管理者 appoints a 部長 or 課長 who can audit fairly, and says why that is so (第7条第2項)."""
    lock_seat(None)
    post = post_for(actor, Seat.AUDIT_OFFICER)
    new = Appointment(
        seat=Seat.AUDIT_OFFICER,
        person=Person.objects.get(pk=person_id),
        valid_from=valid_from,
        valid_to=valid_to,
        basis=Basis.NAMED,
        order_document=order_document,
        reason=reason,
        appointed_by=actor,
    )
    write(new, actor, reason)
    record("appointment.audit_officer_made", actor=actor, subject=new, post=post, reason=reason, facts=days(new))
    tell_holder(new, "appointment.made", f"監査責任者に任命されました（{period(valid_from, valid_to)}）")
    return new


@transaction.atomic
def appoint_acting(
    *,
    seat: str,
    unit_id: int | None,
    person_id: int,
    valid_from: date,
    valid_to: date,
    order_document: str = "",
    reason: str,
    actor: Person,
) -> Appointment:
    """職務代理: another person holds the seat for a while, as システム管理者 writes down.

    The holder's period is cut the day before and taken up again the day after, so that one person at a time has the
    right and the record says who had it on any day. A vacant seat simply gets its acting holder.
    """
    unit = lock_seat(unit_id)
    post = post_for(actor, seat)
    acting = Appointment(
        seat=seat,
        unit=unit,
        person=Person.objects.get(pk=person_id),
        valid_from=valid_from,
        valid_to=valid_to,
        basis=Basis.ACTING,
        order_document=order_document,
        reason=reason,
    )
    if seat in SHARED_SEATS:
        raise Invalid(
            {"seat": f"{Seat(seat).label}は複数の人が就けるため、職務代理は置きません。加えて任命してください。"}
        )
    if valid_to < valid_from:
        raise Invalid({"valid_to": "終了日は就任日以後の日付にしてください。"})
    if not reason.strip():
        raise Invalid({"reason": "職務代理を置く理由を書いてください。例　長期の出張のため"})
    regular = holder_through(acting)
    if regular is not None and regular.person_id == person_id:
        raise Invalid({"person": f"{regular.person.name}さんはこの役割の本人です。代理する別の人を選んでください。"})
    resumed = cut_out(regular, acting, actor, reason) if regular is not None else None
    write(acting, actor, reason)
    if resumed is not None:
        write(resumed, actor, reason)
    record("appointment.acting_made", actor=actor, subject=acting, post=post, reason=reason, facts=days(acting))
    tell_holder(acting, "appointment.made", f"{acting.label}に就任しました（{period(valid_from, valid_to)}）")
    if regular is not None:
        tell_holder(
            regular, "appointment.paused", f"{regular.label}は{period(valid_from, valid_to)}、職務代理者が行います"
        )
    return acting


@transaction.atomic
def end_appointment(pk: int, *, last_day: date, reason: str, actor: Person) -> Appointment:
    """End an appointment with `last_day`; yesterday takes the rights away at once.

    By システム管理者, of 監査責任者 by 総括保護管理者. One whose first day never passed is struck out; its history and
    the record stay. The holder for whom an acting holder stood takes the seat up again the day after.
    """
    row: Appointment = Appointment.objects.select_related("unit", "person").get(pk=pk)
    lock_seat(row.unit_id)
    row.refresh_from_db()
    post = post_for(actor, row.seat)
    if row.valid_to is not None and last_day >= row.valid_to:
        raise MoveRefused(f"{row.label}は{wareki(row.valid_to)}に終わります。それより前の日を指定してください。")
    if not reason.strip():
        raise Invalid({"reason": "終える理由を書いてください。例　人事異動のため"})
    returning = returning_holder(row)
    facts = {"last_day": last_day.isoformat(), **days(row)}
    struck_out = last_day < row.valid_from
    verb = "appointment.struck_out" if struck_out else "appointment.ended"
    record(verb, actor=actor, subject=row, post=post, reason=reason, changed=["valid_to"], facts=facts)
    until = "取り消されました" if struck_out else f"{wareki(last_day)}で終わります"
    tell_holder(row, "appointment.ended", f"{row.label}は{until}")
    shorten(row, last_day, actor, reason)
    if returning is not None:
        returning.valid_from = max(last_day + DAY, row.valid_from)
        write(returning, actor, reason)
    return row
