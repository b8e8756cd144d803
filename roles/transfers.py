"""The verbs on units and postings: who works where from when, and units that are merged (第2条第2項).

All are done by システム管理者. Each is one transaction that locks the person or the units, records once and tells
those concerned. PermissionDenied, Invalid and MoveRefused as in workflow.py.
"""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.notices.outbox import queue
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Person, Posting, Unit
from roles.policies import administrator_post
from roles.seating import DAY, shorten, tell_holder


@transaction.atomic
def post_person(
    person_id: int,
    *,
    unit_id: int,
    title: str,
    valid_from: date,
    valid_to: date | None = None,
    is_main: bool = True,
    reason: str,
    actor: Person,
) -> Posting:
    """Write down that a person works in a unit (besides where the person already works)."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    post = _post(actor)
    posting = _new_posting(
        Posting(
            person=person,
            unit=Unit.objects.get(pk=unit_id),
            title=title,
            is_main=is_main,
            valid_from=valid_from,
            valid_to=valid_to,
        ),
        actor,
        reason,
    )
    record("posting.made", actor=actor, subject=posting, post=post, reason=reason)
    _tell(person, "posting.made", posting, f"{wareki(valid_from)}から{posting.unit.name}の所属になります")
    return posting


@transaction.atomic
def transfer(person_id: int, *, unit_id: int, title: str, valid_from: date, reason: str, actor: Person) -> Posting:
    """Move a person: the postings and unit seats held end the day before, and so do the rights; a new posting begins.

    Seats of the whole ward are not bound to a unit and stay; end them by hand where they should end.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    post = _post(actor)
    last_day = valid_from - DAY
    open_on = Q(valid_to=None) | Q(valid_to__gte=valid_from)
    ended_postings = _end_postings(person.postings.filter(open_on, valid_from__lt=valid_from), last_day, actor, reason)
    seats = person.appointments.filter(open_on, valid_from__lt=valid_from).exclude(unit=None).exclude(unit_id=unit_id)
    ended_seats = _end_seats(seats, last_day, actor, reason)
    posting = _new_posting(
        Posting(person=person, unit=Unit.objects.get(pk=unit_id), title=title, valid_from=valid_from), actor, reason
    )
    facts = {
        "valid_from": valid_from.isoformat(),
        "ended_postings": ended_postings,
        "ended_appointments": ended_seats,
    }
    record("person.transferred", actor=actor, subject=posting, post=post, reason=reason, facts=facts)
    _tell(person, "posting.made", posting, f"{wareki(valid_from)}から{posting.unit.name}の所属になります")
    return posting


@transaction.atomic
def end_posting(pk: int, *, last_day: date, reason: str, actor: Person) -> Posting:
    """End a posting with `last_day`. Seats of the unit are ended by themselves or with `transfer`."""
    posting: Posting = Posting.objects.select_for_update(no_key=True).get(pk=pk)
    post = _post(actor)
    if posting.valid_to is not None and last_day >= posting.valid_to:
        raise MoveRefused(f"{posting}の所属は{wareki(posting.valid_to)}に終わります。")
    if last_day < posting.valid_from:
        raise Invalid({"last_day": f"発令日（{wareki(posting.valid_from)}）以後の日付にしてください。"})
    posting.valid_to = last_day
    attribute(posting, actor=actor, reason=reason).save()
    facts = {"last_day": last_day.isoformat()}
    record("posting.ended", actor=actor, subject=posting, post=post, reason=reason, changed=["valid_to"], facts=facts)
    return posting


@transaction.atomic
def merge_units(unit_ids: Sequence[int], *, into_id: int, last_day: date, reason: str, actor: Person) -> Unit:
    """統合: the units end with `last_day`, `into_id` takes over their affairs, their seats and postings end.

    Files stay where they are: the successor's holders answer for them from the next day (holdings.py).
    """
    # In the order of ids, so that two mergers that share units wait for one another instead of dying together.
    locked = list(Unit.objects.select_for_update(no_key=True).filter(pk__in=[*unit_ids, into_id]).order_by("pk"))
    post = _post(actor)
    into: Unit = next(unit for unit in locked if unit.pk == into_id)
    ending = [unit for unit in locked if unit.pk != into_id]
    _check_merger(ending, into, last_day)
    ended_seats = ended_postings = 0
    for unit in ending:
        open_on = Q(valid_to=None) | Q(valid_to__gt=last_day)
        ended_seats += _end_seats(unit.appointments.filter(open_on), last_day, actor, reason)
        ended_postings += _end_postings(unit.postings.filter(open_on), last_day, actor, reason)
        unit.valid_to = last_day
        attribute(unit, actor=actor, reason=reason).save()
        unit.successors.add(into)
    facts = {
        "last_day": last_day.isoformat(),
        "units": len(ending),
        "ended_appointments": ended_seats,
        "ended_postings": ended_postings,
    }
    record("unit.merged", actor=actor, subject=into, post=post, reason=reason, facts=facts)
    return into


def _check_merger(ending: list[Unit], into: Unit, last_day: date) -> None:
    if not ending:
        raise Invalid({"units": "統合で終わる組織を1つ以上選んでください。"})
    if into.valid_to is not None and into.valid_to <= last_day:
        raise Invalid({"into": f"{into.name}は{wareki(into.valid_to)}までの組織です。別の組織を選んでください。"})
    for unit in ending:
        if unit.valid_to is not None:
            raise MoveRefused(f"{unit.name}は{wareki(unit.valid_to)}に終わることになっています。")
        if last_day < unit.valid_from:
            raise Invalid({"last_day": f"{unit.name}の設置日（{wareki(unit.valid_from)}）以後の日付にしてください。"})
        if unit.children.exclude(valid_to__lte=last_day).exists():
            raise Invalid({"units": f"{unit.name}の下に課があります。先にその課の統合か廃止をしてください。"})
        for rows in (unit.appointments, unit.postings):
            if rows.filter(valid_from__gt=last_day).exists():
                raise Invalid({"last_day": f"{unit.name}には、その日より後に始まる任命または所属があります。"})


def _post(actor: Person) -> Appointment:
    post = administrator_post(actor)
    if post is None:
        raise PermissionDenied
    return post


def _new_posting(posting: Posting, actor: Person, reason: str) -> Posting:
    unit = posting.unit
    if posting.valid_from < unit.valid_from or (unit.valid_to and posting.valid_from > unit.valid_to):
        raise Invalid({"valid_from": f"{unit.name}は、その日にはない組織です。日付か組織を確かめてください。"})
    try:
        with transaction.atomic():
            attribute(posting, actor=actor, reason=reason).save()
    except IntegrityError:
        raise MoveRefused(f"{posting.person.name}さんには、同じ日からの同じ所属がもうあります。") from None
    return posting


def _end_postings(rows: QuerySet[Posting], last_day: date, actor: Person, reason: str) -> int:
    ended = list(rows)
    for row in ended:
        row.valid_to = last_day
        attribute(row, actor=actor, reason=reason).save()
    return len(ended)


def _end_seats(rows: QuerySet[Appointment], last_day: date, actor: Person, reason: str) -> int:
    ended = list(rows.select_related("unit", "person"))
    for row in ended:
        shorten(row, last_day, actor, reason)
        tell_holder(row, "appointment.ended", f"{row.label}は{wareki(last_day)}で終わります")
    return len(ended)


def _tell(person: Person, kind: str, posting: Posting, title: str) -> None:
    queue(kind, to=[person], subject=posting, title=title, url=reverse("units:me"))
