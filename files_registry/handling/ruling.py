"""The verb by which a unit asks more of acts than the ward does (第12条)."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from files_registry.catalogue.turns import Turn, manager_turn
from files_registry.handling import facts
from files_registry.handling.acts import STRICTNESS, Act, Level
from files_registry.handling.models import UnitRules
from files_registry.handling.moves import allowed
from files_registry.handling.requirements import FLOOR, Table, level_in
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter
from nerima_privacy.notices.outbox import queue
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.holdings import holders
from roles.models import Person, Unit
from roles.seats import Seat


def ruling_turn(unit: Unit) -> Turn:
    """Who sets the unit's rules: 保護責任者; vacant, the next seat up (第12条)."""
    return manager_turn(unit)


def mark(rules: UnitRules | None) -> str:
    """What a page keeps of the rules it showed."""
    return f"{rules.pk}.{rules.stamp}" if rules else ""


@transaction.atomic
def set_rules(
    unit_pk: int, *, levels: Table, valid_from: date | None, reason: str, seen: str | None = None, actor: Person
) -> UnitRules:
    """Set from a day on what acts need in the unit: 保護責任者, or the next seat up while vacant (第12条).

    Stricter than the ward's floor or the same, never looser. The rules before end the day before. `seen` is the mark
    of the rules the page showed. Raises PermissionDenied, MoveRefused (changed meanwhile), Invalid.
    """
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("parent").get(pk=unit_pk)
    post = allowed(ruling_turn(unit).post(actor))
    latest = UnitRules.objects.select_for_update().filter(unit=unit).order_by("-valid_from").first()
    if seen is not None and seen != mark(latest):
        raise MoveRefused(
            "画面を開いたあとに、ほかの人が決まりを定めました。いまの決まりを見てから、もう一度定めてください。"
        )
    reason = facts.written("reason", reason, "理由を書いてください。")
    on = _first_day(valid_from, latest)
    levels = _not_looser(levels, on)
    same_day = latest is not None and latest.valid_from == on
    rules = latest if same_day and latest is not None else UnitRules(unit=unit, valid_from=on)
    if latest is not None and not same_day and latest.valid_to is None:
        latest.valid_to = on - timedelta(days=1)
        attribute(latest, actor=actor, reason="つぎの決まりを定めたため").save()
    rules.levels, rules.reason, rules.set_by = levels, reason, actor
    rules.set_post, rules.set_at = post.label[:120], timezone.now()
    rules.stamp += 1
    attribute(rules, actor=actor, reason=reason).save()
    record("handling.rules_set", actor=actor, subject=rules, post=post, reason=reason, facts={"from": on.isoformat()})
    people = [person for person in holders(Seat.PROTECTION_OFFICER, unit) if person.pk != actor.pk]
    queue("handling.rules_set", to=people, subject=rules, title=f"{unit.name}の取扱いの決まりが定められました")
    return rules


def _first_day(day: date | None, latest: UnitRules | None) -> date:
    if day is None or day < today():
        raise Invalid({"valid_from": "適用開始日（きょう以後の日付）を書いてください。"})
    if latest is not None and day < latest.valid_from:
        raise Invalid(
            {"valid_from": f"{wareki(latest.valid_from)}からの決まりがあります。その日以後の日付にしてください。"}
        )
    return day


def _not_looser(levels: Table, on: date) -> Table:
    """What is stricter than the ward's floor of that day; Invalid where something is looser or unknown."""
    floor: Table = parameter(FLOOR, on)
    errors: dict[str, str] = {}
    kept: Table = {}
    for code, row in levels.items():
        for act, level in row.items():
            if act not in Act.values or level not in Level.values:
                errors[f"{code}-{act}"] = "決まりを一覧から選んでください。"
                continue
            least = level_in(floor, {}, code, act)
            if STRICTNESS.index(Level(level)) < STRICTNESS.index(least):
                errors[f"{code}-{act}"] = f"区の最低限（{least.label}）より、ゆるめることはできません。"
            elif level != least:
                kept.setdefault(code, {})[act] = level
    if errors:
        raise Invalid(errors)
    return kept
