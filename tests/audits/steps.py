"""Audits of 税務課 and others, brought to any step by the verbs themselves."""

from datetime import timedelta

from audits.examinations import workflow
from audits.examinations.models import Audit
from audits.examinations.planning import Plan
from nerima_privacy.calendars.periods import today
from roles.models import Appointment, Person, Posting
from roles.seats import Basis, Seat
from tests.interruption import every_row as everything  # noqa: F401 - what a refusal must leave

TEXTS = {
    "title": "窓口の監査",
    "occasion": "regular",
    "purpose": "窓口で扱う個人情報の管理の状況を確かめる。",
    "matters": "アクセス権の棚卸し\n取扱台帳の記載",
}


def days(count):
    return today() + timedelta(days=count)


def plan(cast, *, officers=("audit_officer",), units=("tax",), **changed) -> Plan:
    facts = {**TEXTS, "begins_on": today(), "ends_on": days(30), **changed}
    people = [cast.people[name].pk for name in officers]
    return Plan(**{"officers": people, "units": [getattr(cast, name).pk for name in units], **facts})


def planned(cast, actor="audit_officer", **changed) -> Audit:
    return workflow.plan(plan(cast, **changed), actor=cast.people[actor])


def submitted(cast, **changed) -> Audit:
    audit = planned(cast, **changed)
    return workflow.submit(audit.pk, actor=audit.planned_by)


def approved(cast, **changed) -> Audit:
    return workflow.approve(submitted(cast, **changed).pk, actor=cast.chief)


def appoint(cast, name, **changed) -> Appointment:
    """Make somebody of the cast 監査責任者 too."""
    facts = {
        "valid_from": today(),
        "reason": "監査の対象に属さない。",
        "appointed_by": cast.chief,
        "basis": Basis.NAMED,
    }
    return Appointment.objects.create(seat=Seat.AUDIT_OFFICER, person=cast.people[name], **{**facts, **changed})


def seat(person, name, unit) -> Appointment:
    """Seat somebody in a unit from today, in place of whoever sat there."""
    Appointment.objects.filter(seat=name, unit=unit).update(valid_to=days(-1))
    return Appointment.objects.create(seat=name, unit=unit, person=person, valid_from=today(), basis=Basis.CONCURRENT)


def transfer(person, unit) -> None:
    """To another unit, from today."""
    Posting.objects.filter(person=person).update(valid_to=days(-1))
    Posting.objects.create(person=person, unit=unit, valid_from=today())


def fresh(person) -> Person:
    return Person.objects.get(pk=person.pk)
