"""The verbs of 第12条 on a request: from submitting to its end.

Each verb is one transaction: lock, ask who may, look the move up, write, record once, queue notices. Raises
PermissionDenied (not this person), MoveRefused (not from this state; somebody was first), Invalid (field → sentence).
Writing one: drafting.py. A later return: extending.py. Standing permissions: standing.py. Checks: checking.py.
Corrections: correcting.py.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.access.granting import close_right, in_its_place, open_right
from files_registry.access.models import Grant
from files_registry.catalogue.policies import unit_post
from files_registry.handling import facts, policies
from files_registry.handling.acts import SAYS, Act, Level
from files_registry.handling.checking import call_off_of
from files_registry.handling.drafting import draft, save_draft
from files_registry.handling.extending import (
    ask_extension,
    grant_extension,
    refuse_extension,
    settle,
    withdraw_extension,
)
from files_registry.handling.models import Basis, HandlingRequest, HandlingStatus, StandingPermission
from files_registry.handling.moves import REQUEST_MOVES, allowed, check, lock_request, step
from files_registry.handling.noting import note_done, note_returned
from files_registry.handling.policies import deciding_post
from files_registry.handling.requirements import class_of, level_of
from files_registry.handling.scope import outside
from files_registry.handling.telling import askers, deciders, tell, tell_done
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Person

__all__ = [
    "REQUEST_MOVES",
    "ask_extension",
    "draft",
    "grant_extension",
    "refuse_extension",
    "save_draft",
    "withdraw_extension",
]
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


def _close(request: HandlingRequest, reason: str, actor: Person) -> None:
    """Take the right back, if it opened one that still stands; end the check or the extension that waits."""
    if request.grant_id is not None:
        close_right(in_its_place(request.grant_id), reason=reason, actor=actor)
    settle(request, actor, reason)
    call_off_of(request, actor, reason)


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
    if policies.asking_unit(request.applicant, request.file) is None:
        raise MoveRefused(
            f"{request.applicant.name}さんは異動などでこのファイルを扱わなくなったので、許可できません。不許可とするか、"
            "いま扱う人があらためて申請します。"
        )
    facts.text("instructions", instructions)
    if request.ends_on and request.ends_on < today():
        raise Invalid({"__all__": "申請の期間が過ぎています。不許可とするか、期間の見直しを求めてください。"})
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
    reason = facts.written("reason", reason, "不許可の理由を書いてください。")
    values = _decided(actor, post) | {"instructions": reason}
    step(request, "refuse", "handling.refused", actor=actor, post=post, reason=reason, values=values)
    tell("handling.refused", request, to=askers(request), actor=actor, title="申請は不許可となりました", body=reason)
    return request


def _decided(actor: Person, post: Appointment) -> dict[str, Any]:
    return {"decided_by": actor, "decided_post": post.label[:120], "decided_at": timezone.now()}


@transaction.atomic
def withdraw(pk: int, *, reason: str = "", stamp: int | None = None, actor: Person) -> HandlingRequest:
    """Take it back, or say that an allowed act will not be done: the applicant or who prepared it (第12条).

    The right it opened ends at once.
    """
    request = lock_request(pk)
    if not policies.can_report(actor, request):
        raise PermissionDenied
    check(request, "withdraw", stamp)
    facts.text("reason", reason, 1000)
    was, post = request.status, unit_post(actor, request.unit_id)
    _close(request, "申請が取り下げられたため", actor)
    step(
        request,
        "withdraw",
        "handling.withdrawn",
        actor=actor,
        post=post,
        reason=reason,
        values={"closed_at": timezone.now()},
    )
    told = [] if was == HandlingStatus.DRAFT else deciders(request)
    tell(
        "handling.withdrawn",
        request,
        to=[*told, *askers(request)],
        actor=actor,
        title="申請が取り下げられました",
        body=reason,
    )
    return request


@transaction.atomic
def record_done(
    pk: int, *, done_on: date | None, note: str = "", stamp: int | None = None, actor: Person
) -> HandlingRequest:
    """Write down that it was done, on a day of the period: the applicant or who prepared it (第12条).

    A sending only after two people checked it (第14条). What must come back waits for that; all else ends here, and
    the right with it.
    """
    request = lock_request(pk)
    if not policies.can_report(actor, request):
        raise PermissionDenied
    ends = request.return_due_on is None
    move = "record_all_done" if ends else "record_done"
    check(request, move, stamp)
    done_on = facts.done_day(request, done_on, today())
    facts.text("note", note, 1000)
    if request.channel and request.confirmed_check_id is None:
        raise Invalid({"__all__": "送る前の確認（第14条）を、二人で終えてから記録してください。"})
    values: dict[str, Any] = {"done_on": done_on, "done_at": timezone.now(), "done_by": actor}
    if ends:
        _close(request, "行為が終わったため", actor)
        values["closed_at"] = timezone.now()
    post = unit_post(actor, request.unit_id)
    fact = {"on": done_on.isoformat(), "persons": request.persons}
    step(request, move, "handling.done", actor=actor, post=post, reason=note, values=values, facts=fact)
    note_done(request, actor=actor, post=post)
    tell_done(request, actor)
    return request


@transaction.atomic
def record_return(
    pk: int,
    *,
    return_kind: str,
    returned_on: date | None,
    return_evidence: str,
    stamp: int | None = None,
    actor: Person,
) -> HandlingRequest:
    """Write down that it was returned or erased, and what shows it: the applicant or who prepared it (第12条).

    The right ends at once; 保護責任者 looks at the evidence and closes it.
    """
    request = lock_request(pk)
    if not policies.can_report(actor, request):
        raise PermissionDenied
    check(request, "record_return", stamp)
    facts.returned(request, return_kind, returned_on, return_evidence, today())
    values: dict[str, Any] = {"return_kind": return_kind, "returned_on": returned_on, "returned_by": actor}
    values["return_evidence"] = return_evidence.strip()
    _close(request, "返却・消去したため", actor)
    late = bool(returned_on and request.return_due_on and returned_on > request.return_due_on)
    post = unit_post(actor, request.unit_id)
    step(request, "record_return", "handling.returned", actor=actor, post=post, values=values, facts={"late": late})
    note_returned(request, actor=actor, post=post)
    tell("handling.returned", request, to=deciders(request), actor=actor, title="返却・消去を確かめてください")
    return request


@transaction.atomic
def close(pk: int, *, reason: str = "", stamp: int | None = None, actor: Person) -> HandlingRequest:
    """Close it: 保護責任者, or the next seat up; never the applicant (第12条).

    After looking at the evidence of the return. Before one is recorded, or before the act, only with the reason; the
    right ends at once.
    """
    request = lock_request(pk)
    post = allowed(deciding_post(actor, request))
    check(request, "close", stamp)
    if request.status != HandlingStatus.RETURNED:
        reason = facts.written(
            "reason", reason, "返却・消去の記録のないまま、または実施の前に終える理由を書いてください。", 1000
        )
    facts.text("reason", reason, 1000)
    _close(request, "保護責任者が手続を終えたため", actor)
    values: dict[str, Any] = {"closed_at": timezone.now(), "closed_by": actor}
    step(request, "close", "handling.closed", actor=actor, post=post, reason=reason, values=values)
    tell("handling.closed", request, to=askers(request), actor=actor, title="手続が終わりました", body=reason)
    return request
