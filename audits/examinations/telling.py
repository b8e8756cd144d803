"""Who is told of an audit, and in which words."""

from django.db.models import Q

from audits.examinations.models import Audit
from audits.examinations.policies import deciding_turn
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.notices.outbox import queue
from roles.holdings import living_units
from roles.models import Person
from roles.seats import Seat

OF_UNITS = (Seat.PROTECTION_MANAGER, Seat.PROTECTION_OFFICER)


def tell_deciders(kind: str, audit: Audit, *, title: str, actor: Person, body: str = "") -> None:
    """Tell 総括保護管理者."""
    people = [person for person in deciding_turn(audit).people if person.pk != actor.pk]
    queue(kind, to=people, subject=audit, title=f"{title}　{audit.title}", body=body)


def tell_officers(kind: str, audit: Audit, *, title: str, actor: Person, body: str = "") -> None:
    """Tell who is sent on the audit and who planned it, never the one who acts."""
    people = {*audit.officers.all(), audit.planned_by} - {actor}
    queue(kind, to=people, subject=audit, title=f"{title}　{audit.title}", body=body)


def tell_approved(audit: Audit, *, actor: Person) -> None:
    """Tell those examined by whom, on what, and from when until when."""
    names = "、".join(person.name for person in audit.officers.order_by("kana", "pk"))
    days = f"{wareki(max(audit.begins_on, today()))}から{wareki(audit.ends_on)}まで"
    body = f"監査責任者　{names}\n期間　{days}\n監査する事項\n{audit.matters}"
    tell_examined("audit.approved", audit, title="監査を受けることになりました", actor=actor, body=body)


def tell_examined(kind: str, audit: Audit, *, title: str, actor: Person, body: str = "") -> None:
    """Tell 保護責任者 and 保護担当者 of the examined units, and 保護管理責任者 of their 部."""
    people = set(answering_for(audit)) - {actor, *audit.officers.all()}
    queue(kind, to=people, subject=audit, title=f"{title}　{audit.title}", body=body)


def answering_for(audit: Audit) -> list[Person]:
    """Who holds a seat of an examined unit, of the units under an examined 部, or of the 部 above one.

    For a unit that has ended since, of what took over from it.
    """
    units = {living.pk for unit in audit.units.all() for living in living_units(unit)}
    seated = Q(appointments__seat__in=OF_UNITS) & (
        Q(appointments__unit__in=units) | Q(appointments__unit__parent__in=units)
    )
    heads = Q(appointments__seat=Seat.DEPARTMENT_PROTECTION_MANAGER) & (
        Q(appointments__unit__in=units) | Q(appointments__unit__children__in=units)
    )
    valid = valid_on(today(), "appointments__") & Q(is_active=True)
    return list(Person.objects.filter(valid & (seated | heads)).distinct())
