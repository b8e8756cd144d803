"""The verbs of a standing permission (包括許可, 第12条)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.catalogue.policies import unit_post
from files_registry.catalogue.versions import lock_file
from files_registry.handling import facts, policies
from files_registry.handling.acts import Act
from files_registry.handling.models import StandingPermission, StandingStatus
from files_registry.handling.moves import allowed, begin, check, held, lock, step
from files_registry.handling.policies import deciding_post
from files_registry.handling.telling import deciders, tell
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person

FIELDS = (
    *("acts", "other_acts", "recipients", "places", "items", "max_persons", "encrypted"),
    *("reason", "valid_from", "valid_to"),
)
TOLD = {
    "acts": "行為の種類を選んでください。",
    "items": "取り扱う記録項目を選んでください。",
    "max_persons": "1回の本人の数の上限を書いてください。",
    "reason": "必要な理由を書いてください。",
    "valid_from": "初日を書いてください。",
    "valid_to": "末日を書いてください。",
}
SENT, KEPT = {Act.SEND, Act.SEND_OUT}, {Act.COPY, Act.TAKE_OUT}


def _lock(pk: int) -> StandingPermission:
    return lock(StandingPermission, pk, "file", "unit__parent", "applicant")


@transaction.atomic
def ask(file_pk: int, data: Mapping[str, Any], *, token: str | None = None, actor: Person) -> StandingPermission:
    """Ask for a standing permission for one's own unit: who may ask for an act with the file (第12条).

    `data` names the kinds of acts, what その他の行為 means, recipients, places, items, the most persons, and the days.
    Raises PermissionDenied, Invalid, MoveRefused (this page has asked already).
    """
    file = lock_file(file_pk)
    unit = policies.asking_unit(actor, file)
    if unit is None or not policies.can_ask(actor, file):
        raise PermissionDenied
    if token and StandingPermission.objects.filter(form_token=token).exists():
        raise MoveRefused("この画面からの申請は、もう出されています。")
    _complete(data)
    permission = StandingPermission(
        **{name: data[name] for name in FIELDS if name in data},
        file=file,
        unit=file.unit,
        users_unit_id=unit,
        applicant=actor,
        form_token=token or None,
    )
    begin(permission, "handling.standing_asked", actor=actor, post=unit_post(actor, file.unit_id))
    tell(
        "handling.standing_asked",
        permission,
        to=deciders(permission),
        actor=actor,
        title="包括許可の申請を決めてください",
    )
    return permission


def _complete(data: Mapping[str, Any]) -> None:
    """Everything the scope must say; a scope without recipients or places where its acts need them is none."""
    errors = {name: sentence for name, sentence in TOLD.items() if data.get(name) in (None, "", [])}
    errors |= _missing_by_act(data)
    first, last = data.get("valid_from"), data.get("valid_to")
    if first and last:
        longest = int(parameter("handling.standing_days"))
        if last < first or last < today():
            errors["valid_to"] = "初日以後で、きょうより前でない日付を書いてください。"
        elif last > first + timedelta(days=longest - 1):
            errors["valid_to"] = f"包括許可は{longest}日までです。必要なら、終わる前に新しく申請してください。"
    if errors:
        raise Invalid(errors)
    for name, limit in {"recipients": 2000, "places": 2000, "reason": 2000, "items": 4000, "other_acts": 1000}.items():
        facts.text(name, str(data.get(name) or ""), limit)


def _missing_by_act(data: Mapping[str, Any]) -> dict[str, str]:
    """What the chosen acts need besides: which act その他の行為 means, recipients, places."""
    acts, errors = set(data.get("acts") or []), {}
    said = {name: str(data.get(name) or "").strip() for name in ("other_acts", "recipients", "places")}
    if unknown := acts - set(Act.values):
        errors["acts"] = f"「{'」「'.join(sorted(unknown))}」という行為はありません。"
    if Act.OTHER in acts and not said["other_acts"]:
        errors["other_acts"] = "その他の行為がどのような行為かを、1行に一つずつ書いてください。"
    elif said["other_acts"] and Act.OTHER not in acts:
        errors["other_acts"] = "行為の種類で「その他の行為」を選ぶか、ここを空けてください。"
    if acts & SENT and not said["recipients"]:
        errors["recipients"] = "送るときは、送り先を1行に一つずつ書いてください。"
    if acts & KEPT and not said["places"]:
        errors["places"] = "複製・持出しのときは、場所を1行に一つずつ書いてください。"
    return errors


@transaction.atomic
def allow(pk: int, *, conditions: str = "", stamp: int | None = None, actor: Person) -> StandingPermission:
    """Allow it, with conditions where there are any: 保護責任者, or the next seat up; never the applicant (第12条)."""
    permission = _lock(pk)
    post = allowed(deciding_post(actor, permission))
    check(permission, "allow", stamp)
    held(permission.file)
    facts.text("conditions", conditions)
    if permission.valid_to < today():
        raise Invalid({"__all__": "末日が過ぎています。不許可としてください。"})
    values: dict[str, Any] = {"conditions": conditions.strip(), "decided_by": actor, "decided_at": timezone.now()}
    values["decided_post"] = post.label[:120]
    step(permission, "allow", "handling.standing_allowed", actor=actor, post=post, reason=conditions, values=values)
    tell("handling.standing_allowed", permission, to=[permission.applicant], actor=actor, title="包括許可が出ました")
    return permission


@transaction.atomic
def refuse(pk: int, *, reason: str, stamp: int | None = None, actor: Person) -> StandingPermission:
    """Refuse it with the reason: the same seats as allow; never the applicant (第12条)."""
    permission = _lock(pk)
    post = allowed(deciding_post(actor, permission))
    check(permission, "refuse", stamp)
    reason = facts.written("reason", reason, "許可しない理由を書いてください。")
    values: dict[str, Any] = {"conditions": reason, "decided_by": actor, "decided_at": timezone.now()}
    values["decided_post"] = post.label[:120]
    step(permission, "refuse", "handling.standing_refused", actor=actor, post=post, reason=reason, values=values)
    title = "包括許可の申請は許可されませんでした"
    tell("handling.standing_refused", permission, to=[permission.applicant], actor=actor, title=title, body=reason)
    return permission


@transaction.atomic
def withdraw(pk: int, *, reason: str = "", stamp: int | None = None, actor: Person) -> StandingPermission:
    """Take back what was asked: the applicant (第12条)."""
    permission = _lock(pk)
    if actor.pk != permission.applicant_id or not actor.is_active:
        raise PermissionDenied
    check(permission, "withdraw", stamp)
    facts.text("reason", reason, 1000)
    post = unit_post(actor, permission.unit_id)
    step(permission, "withdraw", "handling.standing_withdrawn", actor=actor, post=post, reason=reason)
    title = "包括許可の申請が取り下げられました"
    tell("handling.standing_withdrawn", permission, to=deciders(permission), actor=actor, title=title)
    return permission


@transaction.atomic
def end(pk: int, *, reason: str, stamp: int | None = None, actor: Person) -> StandingPermission:
    """End it before its last day: the seats that could allow it (第12条).

    What was allowed under it goes on until its own end; nothing new is.
    """
    permission = _lock(pk)
    post = allowed(deciding_post(actor, permission))
    check(permission, "end", stamp)
    reason = facts.written("reason", reason, "取り消す理由を書いてください。", 1000)
    values: dict[str, Any] = {"ended_on": today(), "end_reason": reason}
    step(permission, "end", "handling.standing_ended", actor=actor, post=post, reason=reason, values=values)
    title = "包括許可が取り消されました"
    tell("handling.standing_ended", permission, to=[permission.applicant], actor=actor, title=title, body=reason)
    return permission


def usable(file_pk: int, users_unit: int) -> Any:
    """The standing permissions that may be used today with a file by staff of a unit."""
    on = today()
    return StandingPermission.objects.filter(
        file=file_pk, users_unit=users_unit, status=StandingStatus.IN_FORCE, valid_from__lte=on, valid_to__gte=on
    ).order_by("valid_to")
