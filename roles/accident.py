"""Whom to tell of an accident: the 保護責任者 of the unit that manages the data, at once (第22条第1項)."""

from typing import Any

from django.db.models import Q

from nerima_privacy.calendars.periods import today, valid_on
from roles.holdings import holders, living_units
from roles.models import Appointment, Engagement, Person, Unit
from roles.seats import Seat

FOUND = 20
LONGEST = 60
WARD = "練馬区情報セキュリティ事故等管理要領（平成24年23練企情第1569号）"
SCHOOL = "練馬区学校情報セキュリティ事故等管理要領（平成29年28練教教教第10526号）"


def whom_to_tell(person: Person, acting: Appointment | None, code: str, words: str) -> dict[str, Any]:
    """The unit asked for (by code), else one's own; its 保護責任者; and units whose name holds `words`."""
    own = own_unit(person, acting)
    words = words.strip()[:LONGEST]
    unit = Unit.objects.filter(code=code).select_related("parent").first() if code else own
    return {
        "unit": unit,
        "is_own": unit is not None and unit == own,
        "managers": managers_of(unit) if unit else [],
        "disclosure": list(holders(Seat.DISCLOSURE_MANAGER)),
        "words": words,
        "found": units_named(words) if words else None,
        "procedure": procedure_for(person, own),
        "asked_for_unknown": bool(code) and unit is None,
    }


def own_unit(person: Person, acting: Appointment | None) -> Unit | None:
    """The unit of the post one acts in, else of one's main posting; None for a person of no unit."""
    if acting and acting.unit:
        return acting.unit
    posting = (
        person.postings.filter(valid_on(today())).select_related("unit__parent").order_by("-is_main", "pk").first()
    )
    return posting.unit if posting else None


def managers_of(unit: Unit) -> list[dict[str, Any]]:
    """Each living unit that has the affairs of `unit` now, with the holders of its seat of 保護責任者."""
    living = living_units(unit)
    seated = Appointment.objects.filter(valid_on(today()), seat=Seat.PROTECTION_MANAGER, unit__in=living)
    posts = list(seated.filter(person__is_active=True).select_related("person").order_by("pk"))
    return [{"unit": each, "posts": [post for post in posts if post.unit_id == each.pk]} for each in living]


def units_named(words: str) -> list[Unit]:
    """Sections and schools whose name, or whose 部, holds the words."""
    named = Q(name__icontains=words) | Q(parent__name__icontains=words)
    kinds = Q(is_section=True) | Q(is_school=True)
    return list(Unit.objects.filter(valid_on(today()), kinds, named).select_related("parent")[:FOUND])


def procedure_for(person: Person, unit: Unit | None) -> dict[str, str]:
    """Which rules the person follows afterwards (第22条第2項): those of schools for 教職員, else those of the ward."""
    if unit is not None and unit.is_school and person.engagement == Engagement.WARD:
        return {"who": "教職員", "rules": SCHOOL}
    if person.engagement == Engagement.WARD:
        return {"who": "職員", "rules": WARD}
    return {"who": person.get_engagement_display(), "rules": SCHOOL if unit is not None and unit.is_school else WARD}
