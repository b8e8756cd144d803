"""Writes a plan, with history, in the order that keeps one holder of a seat at a time."""

from __future__ import annotations

from typing import Any

from nerima_privacy.activity.history import attributed, create_many, update_many
from nerima_privacy.imports.kinds import Plan, Progress
from roles.models import Appointment, Person, Posting, Unit

UNIT_FIELDS = "name organ parent is_department is_section is_school address valid_from valid_to".split()


def apply(plan: Plan, actor: Any, reason: str, told: Progress) -> None:
    """Inside the transaction of the import (or of its rehearsal)."""
    operations, who = plan.operations, {"actor": actor, "reason": reason}
    for unit in sorted(operations.new_units, key=lambda u: not u.is_department):
        unit.parent_id = unit.parent.pk if unit.parent else None
    departments = [u for u in operations.new_units if u.parent is None]
    create_many(Unit, departments, **who)
    below = [u for u in operations.new_units if u.parent is not None]
    for unit in [*below, *operations.changed_units]:
        unit.parent_id = unit.parent.pk if unit.parent else None
    create_many(Unit, below, **who)
    update_many(Unit, operations.changed_units, UNIT_FIELDS, **who)
    with attributed(actor=actor, reason=reason):
        for unit, successors in operations.successors:
            unit.successors.set(successors)
    told(3, 4, f"職員を書いています（{len(operations.new_people) + len(operations.changed_people):,}人）")
    create_many(Person, operations.new_people, **who)
    update_many(Person, operations.changed_people, ["name", "kana", "email", "engagement"], **who)
    for posting in operations.new_postings:
        posting.person_id, posting.unit_id = posting.person.pk, posting.unit.pk
    update_many(Posting, operations.changed_postings, ["title", "valid_to"], **who)
    create_many(Posting, operations.new_postings, **who)
    for appointment in operations.new_appointments:
        appointment.person_id = appointment.person.pk
        appointment.unit_id = appointment.unit.pk if appointment.unit else None
    fields = ["valid_to", "basis", "security_post", "order_document"]
    update_many(Appointment, operations.changed_appointments, fields, **who)
    create_many(Appointment, operations.new_appointments, **who)
