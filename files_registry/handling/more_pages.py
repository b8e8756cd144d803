"""What the pages of standing permissions, corrections and rules are given to print."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from files_registry.catalogue.pressing import Button, Tried
from files_registry.handling import more_presenters, policies, presenters
from files_registry.handling.acts import Act, Level
from files_registry.handling.models import (
    Correction,
    CorrectionStatus,
    StandingPermission,
    StandingStatus,
    UnitRules,
)
from files_registry.handling.more_actions import CORRECTION_ACTIONS, STANDING_ACTIONS
from files_registry.handling.panel import Group, Stage, panel_of
from files_registry.handling.requirements import Row, table
from files_registry.handling.rules_form import RulesForm
from files_registry.handling.ruling import mark, ruling_turn
from files_registry.handling.steps import correction_steps
from files_registry.handling.turns import correction_waits, keep_seating, seat_all, standing_waits
from nerima_privacy.activity.presenters import timeline
from nerima_privacy.calendars.periods import today
from roles.models import Person, Unit

STANDING_STAGES = {
    StandingStatus.ASKED: Stage(
        "許可の判断", "第12条", (Group(("allow", "refuse")), Group(("withdraw",), folded=True))
    ),
    StandingStatus.IN_FORCE: Stage(
        "包括許可", "第12条", (Group(("end",), folded=True),), "末日まで、範囲の中の申請はすぐに許可されます。"
    ),
}
CORRECTION_STAGES = {
    CorrectionStatus.FOUND: Stage("訂正の指示", "第13条", (Group(("instruct", "dismiss")),)),
    CorrectionStatus.INSTRUCTED: Stage("訂正", "第13条", (Group(("correct",)),)),
    CorrectionStatus.DONE: Stage("訂正の確認", "第13条", (Group(("checked", "redo")),)),
}
USES = 50


def tried_form(tried: Tried | None) -> dict[str, Any]:
    """The form that did not happen, and what was typed into it."""
    return {"form": tried.form if tried else None, "kept": tried.kept if tried else []}


def standing_list(rows: list[Any]) -> dict[str, Any]:
    """Standing permissions with whose turn and how often each was used."""
    on = today()
    seat_all(row for row in rows if row.status == StandingStatus.ASKED)
    return {
        "rows": [
            {
                "permission": row,
                "kind": "late" if row.expired(on) else presenters.kind(row),
                "status": "期限切れ" if row.expired(on) else row.get_status_display(),
                "holder": getattr(standing_waits(row), "seat", ""),
                "used": row.used,
            }
            for row in rows
        ]
    }


def standing(permission: StandingPermission, user: Person, tried: Tried | None = None) -> dict[str, Any]:
    """One standing permission: its scope, who decides, and each use of it."""
    keep_seating(permission)
    stage = STANDING_STAGES.get(StandingStatus(permission.status))
    panel = panel_of(permission, user, stage, STANDING_ACTIONS, "standing-", tried)
    if policies.can_use(user, permission):
        begin = reverse("handling:new", args=[permission.file_id])
        panel.links.append(Button("この範囲で申請する", begin, "go"))
    uses = permission.uses.filter(basis="standing").select_related("applicant").order_by("-pk")
    shown = list(uses[:USES])
    without_request = permission.sendings.filter(request=None).select_related("filled_by").order_by("-pk")
    sendings = list(without_request[:USES])
    return {
        "permission": permission,
        "kind": presenters.kind(permission),
        "expired": permission.expired(today()),
        "now": presenters.now_sentence(standing_waits(permission), panel.mine),
        "panel": panel,
        "facts": more_presenters.scope_facts(permission),
        "inside": policies.can_see_rules(user, permission.unit),
        "uses": shown,
        "count": len(shown) if len(shown) < USES else uses.count(),
        "times": len(sendings) if len(sendings) < USES else without_request.count(),
        "known": _among(policies.visible_to(user), shown),
        "sendings": sendings,
        "seen": _among(policies.checks_visible_to(user), sendings),
        "timeline": presenters.told(timeline(permission)),
        **tried_form(tried),
    }


def _among(door: QuerySet[Any], shown: list[Any]) -> set[int]:
    """Those of a few rows that the reader may open."""
    return set(door.filter(pk__in=[row.pk for row in shown]).values_list("pk", flat=True)) if shown else set()


def corrections(rows: list[Correction], *, every: bool) -> dict[str, Any]:
    """Corrections with whose turn it is."""
    on = today()
    seat_all(rows)
    return {
        "every": every,
        "rows": [
            {
                "correction": row,
                "kind": "late" if row.late(on) else presenters.kind(row),
                "holder": more_presenters.correction_holder(row),
                "due_on": row.due_on if row.status == CorrectionStatus.INSTRUCTED else None,
            }
            for row in rows
        ],
    }


def correction(found: Correction, user: Person, tried: Tried | None = None) -> dict[str, Any]:
    """One correction: what was found, ordered, done and checked."""
    keep_seating(found)
    stage = CORRECTION_STAGES.get(CorrectionStatus(found.status))
    panel = panel_of(found, user, stage, CORRECTION_ACTIONS, "correction-", tried)
    waiting = correction_waits(found)
    return {
        "correction": found,
        "kind": "late" if found.late(today()) else presenters.kind(found),
        "now": presenters.now_sentence(waiting, panel.mine),
        "panel": panel,
        "steps": correction_steps(found, "あなた" if panel.mine else waiting.seat if waiting else ""),
        "facts": more_presenters.correction_facts(found),
        "inside": policies.can_see_rules(user, found.unit),
        "timeline": presenters.told(timeline(found)),
        **tried_form(tried),
    }


def _set(rules: UnitRules, rows: list[Row]) -> list[str]:
    """What a unit asked beyond the ward, a line for each class."""
    found = []
    for row in rows:
        own = rules.levels.get(row.code, {})
        said = "、".join(f"{act.label}は{Level(own[act]).label}" for act in Act if own.get(act) in Level.values)
        found += [f"{row.label}：{said}"] if said else []
    return found or ["区の最低限のとおり"]


def rules(unit: Unit, user: Person, form: RulesForm | None = None) -> dict[str, Any]:
    """What acts need in a unit, and the form of whoever sets it."""
    history = list(UnitRules.objects.filter(unit=unit).select_related("set_by").order_by("-valid_from"))
    own = next((rules for rules in history if rules.holds(today())), None)
    rows, floor_note = table(own)
    turn = ruling_turn(unit)
    if form is None and turn.post(user) is not None:
        form = RulesForm(None, rows, initial={"seen": mark(history[0] if history else None)})
    return {
        "unit": unit,
        "rows": rows,
        "own": own,
        "acts": list(Act),
        "form": form,
        "setter": turn.label.replace("　", "の"),
        "floor_note": floor_note,
        "history": [(rules, _set(rules, rows)) for rules in history],
    }
