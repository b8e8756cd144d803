"""The verbs of 第12条 on a request, from submitting to its end; here what follows once it is decided.

Each verb is one transaction: lock, ask who may, look the move up, write, record once, queue notices. Raises
PermissionDenied (not this person), MoveRefused (not from this state; somebody was first), Invalid (field → sentence).
Writing one: drafting.py. Submitting and deciding: deciding.py. A later return: extending.py. Standing permissions:
standing.py. Checks: checking.py. Corrections: correcting.py.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.access.granting import close_right, in_its_place
from files_registry.catalogue.policies import unit_post
from files_registry.handling import facts, policies
from files_registry.handling.checking import call_off_of
from files_registry.handling.deciding import allow, ask_back, refuse, submit
from files_registry.handling.drafting import draft, save_draft
from files_registry.handling.extending import (
    ask_extension,
    grant_extension,
    refuse_extension,
    settle,
    withdraw_extension,
)
from files_registry.handling.models import HandlingRequest, HandlingStatus
from files_registry.handling.moves import REQUEST_MOVES, allowed, check, lock_request, step
from files_registry.handling.noting import note_done, note_returned
from files_registry.handling.policies import deciding_post
from files_registry.handling.telling import askers, deciders, tell, tell_done
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter
from nerima_privacy.refusals import Invalid
from roles.models import Person

__all__ = [
    "REQUEST_MOVES",
    "allow",
    "ask_back",
    "ask_extension",
    "draft",
    "grant_extension",
    "refuse",
    "refuse_extension",
    "save_draft",
    "submit",
    "withdraw_extension",
]


def _close(request: HandlingRequest, reason: str, actor: Person) -> None:
    """Take the right back, if it opened one that still stands; end the check or the extension that waits."""
    if request.grant_id is not None:
        close_right(in_its_place(request.grant_id), reason=reason, actor=actor)
    settle(request, actor, reason)
    call_off_of(request, actor, reason)


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
    if request.confirmed_check is not None:
        facts.after_check("done_on", done_on, request.confirmed_check, int(parameter("sending.send_days", done_on)))
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
