"""The verbs by which a request is submitted and decided. `workflow` re-exports them; callers use that module."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.access.granting import open_right
from files_registry.access.models import Grant
from files_registry.catalogue.policies import unit_post
from files_registry.handling import facts, policies
from files_registry.handling.acts import SAYS, Act, Level
from files_registry.handling.models import Basis, HandlingRequest, StandingPermission
from files_registry.handling.moves import allowed, check, held, lock_request, step
from files_registry.handling.policies import deciding_post
from files_registry.handling.requirements import class_of, level_of
from files_registry.handling.scope import outside
from files_registry.handling.telling import askers, deciders, tell
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Person

NO_STANDING = "この秘匿性の区分と行為には、その都度の許可が要ります。「使わない」を選んでください。"


@transaction.atomic
def submit(pk: int, *, stamp: int | None = None, actor: Person) -> HandlingRequest:
    """Ask 保護責任者; or act at once where a standing permission covers it, or noting is enough (第12条).

    By the applicant, or 保護担当者 who prepared it. What the act needs is the ward's floor or the unit's stricter rule.
    """
    request = lock_request(pk)
    if not policies.can_write(actor, request):
        raise PermissionDenied
    check(request, "submit", stamp)
    held(request.file)
    facts.complete(request, today())
    level = level_of(request.file, request.act)
    basis = _basis(request, level)
    values: dict[str, Any] = {"submitted_at": timezone.now(), "level": level, "class_code": class_of(request.file)}
    post = unit_post(actor, request.unit_id)
    if basis is None:
        step(request, "submit", "handling.submitted", actor=actor, post=post, values=values)
        tell("handling.submitted", request, to=deciders(request), actor=actor, title="申請を決めてください")
        return request
    values |= {"basis": basis, "decided_at": timezone.now()}
    if basis == Basis.STANDING and request.standing is not None:
        values["grant"] = _open(request, request.standing.decided_by, None, f"包括許可（{request.standing_id}）による")
    verb = "handling.allowed_by_standing" if basis == Basis.STANDING else "handling.noted"
    step(
        request,
        "submit_under_rule",
        verb,
        actor=actor,
        post=post,
        values=values,
        facts={"standing": request.standing_id},
    )
    tell(verb, request, to=askers(request), actor=actor, title="申請は、決まりによりすぐに許可されました")
    return request


def _basis(request: HandlingRequest, level: Level) -> Basis | None:
    """The ground on which it is allowed at once; None where somebody decides. Invalid outside a standing permission."""
    if level == Level.NOTE:
        return Basis.NOTED
    if request.standing_id is None:
        return None
    if level == Level.EACH:
        raise Invalid({"standing": NO_STANDING})
    permission = StandingPermission.objects.select_for_update().get(pk=request.standing_id)
    beyond = outside(request, permission, today())
    if beyond:
        raise Invalid(beyond)
    return Basis.STANDING


def _open(request: HandlingRequest, by: Person | None, post: Appointment | None, note: str) -> Grant | None:
    """The right the act needs, until the end of its period; none where that has passed, or the act needs none."""
    rights, now = SAYS[Act(request.act)].rights, timezone.now()
    if not rights or by is None or request.ends_at <= now:
        return None
    return open_right(
        request.file,
        request.applicant,
        unit=request.applicant_unit,
        rights=rights,
        purpose=f"{request.get_act_display()}：{request.reason}",
        begins_at=max(now, request.begins_at),
        ends_at=request.ends_at,
        actor=by,
        post=post,
        note=note,
    )


@transaction.atomic
def ask_back(pk: int, *, reason: str, stamp: int | None = None, actor: Person) -> HandlingRequest:
    """Ask the applicant about it before deciding: 保護責任者, or the next seat up (第12条)."""
    request = lock_request(pk)
    post = allowed(deciding_post(actor, request))
    check(request, "ask_back", stamp)
    reason = facts.written("reason", reason, "確かめたいことを書いてください。")
    values = {"instructions": reason}
    step(request, "ask_back", "handling.asked_back", actor=actor, post=post, reason=reason, values=values)
    tell(
        "handling.asked",
        request,
        to=askers(request),
        actor=actor,
        title="申請について確認を求められました",
        body=reason,
    )
    return request


@transaction.atomic
def allow(pk: int, *, instructions: str = "", stamp: int | None = None, actor: Person) -> HandlingRequest:
    """Allow it, with instructions where there are any; opens the right it needs until the end of its period (第12条).

    By 保護責任者; where that seat is vacant or asked itself, 保護管理責任者, then 総括保護管理者. Never the applicant.
    MoveRefused for an applicant who works with the file no more: the right would end the moment it begins.
    """
    request = lock_request(pk)
    post = allowed(deciding_post(actor, request))
    check(request, "allow", stamp)
    held(request.file)
    if policies.asking_unit(request.applicant, request.file) is None:
        raise MoveRefused(
            f"{request.applicant.name}さんは異動などでこのファイルを扱わなくなったので、許可できません。許可せずに終えるか、"
            "いま扱う人があらためて申請します。"
        )
    facts.text("instructions", instructions)
    if request.ends_on and request.ends_on < today():
        raise Invalid({"__all__": "申請の期間が過ぎています。許可せずに終えるか、期間の見直しを求めてください。"})
    values = _decided(actor, post) | {"basis": Basis.DECIDED, "instructions": instructions.strip()}
    values["grant"] = _open(request, actor, post, instructions)
    step(request, "allow", "handling.allowed", actor=actor, post=post, reason=instructions, values=values)
    tell("handling.allowed", request, to=askers(request), actor=actor, title="申請が許可されました", body=instructions)
    return request


@transaction.atomic
def refuse(pk: int, *, reason: str, stamp: int | None = None, actor: Person) -> HandlingRequest:
    """Refuse it with the reason: the same seats as allow; never the applicant (第12条)."""
    request = lock_request(pk)
    post = allowed(deciding_post(actor, request))
    check(request, "refuse", stamp)
    reason = facts.written("reason", reason, "許可しない理由を書いてください。")
    values = _decided(actor, post) | {"instructions": reason}
    step(request, "refuse", "handling.refused", actor=actor, post=post, reason=reason, values=values)
    tell("handling.refused", request, to=askers(request), actor=actor, title="申請は許可されませんでした", body=reason)
    return request


def _decided(actor: Person, post: Appointment) -> dict[str, Any]:
    return {"decided_by": actor, "decided_post": post.label[:120], "decided_at": timezone.now()}
