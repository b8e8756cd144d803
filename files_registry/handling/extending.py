"""The verbs by which the day of return or erasure is moved (第12条).

Each moves its request, which is locked, stamped and has the entry; the extension is the row that says from when to
when, why, and who decided.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.access.granting import close_right, in_its_place, open_right
from files_registry.access.models import Grant, GrantStatus
from files_registry.catalogue.policies import unit_post
from files_registry.handling import facts, policies
from files_registry.handling.models import Extension, ExtensionStatus, HandlingRequest
from files_registry.handling.moves import allowed, check, lock_request, step
from files_registry.handling.policies import deciding_post
from files_registry.handling.telling import askers, deciders, tell
from nerima_privacy.activity.history import attribute
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import end_of, today
from nerima_privacy.refusals import MoveRefused
from roles.models import Appointment, Person

X = ExtensionStatus


@transaction.atomic
def ask_extension(
    pk: int, *, due_on: date | None, reason: str, stamp: int | None = None, actor: Person
) -> HandlingRequest:
    """Ask for a later day of return or erasure: the applicant or who prepared it (第12条).

    Possible after the day has passed too; it then shows as late, and the request stays late until somebody decides.
    One at a time. Raises PermissionDenied, MoveRefused, Invalid.
    """
    request = lock_request(pk)
    if not policies.can_report(actor, request):
        raise PermissionDenied
    check(request, "ask_extension", stamp)
    if request.return_due_on is None:
        raise MoveRefused("返却・消去の期限のない申請なので、期限の延長はありません。")
    if _open(request) is not None:
        raise MoveRefused("期限の延長は、もう求められています。決まるまで、つぎの延長は求められません。")
    due = facts.later_day(request, due_on, today())
    reason = facts.written("reason", reason, "延長が要る理由を書いてください。", 1000)
    asked = Extension(
        request=request,
        due_before=request.return_due_on,
        due_on=due,
        reason=reason,
        asked_by=actor,
        asked_at=timezone.now(),
    )
    attribute(asked, actor=actor, reason=reason).save()
    told = {"due_before": request.return_due_on.isoformat(), "due_on": due.isoformat(), "late": asked.late}
    post = unit_post(actor, request.unit_id)
    step(request, "ask_extension", "handling.extension_asked", actor=actor, post=post, reason=reason, facts=told)
    title = f"返却・消去の期限の延長（{wareki(due)}まで）を決めてください"
    tell("handling.extension_asked", request, to=deciders(request), actor=actor, title=title, body=reason)
    return request


@transaction.atomic
def grant_extension(pk: int, *, answer: str = "", stamp: int | None = None, actor: Person) -> HandlingRequest:
    """Let it be returned or erased later: the seat that decides on the request; never who asked (第12条).

    A right that lasts until the day lasts until the new one; one that is over stays so. Raises PermissionDenied,
    MoveRefused, Invalid.
    """
    request = lock_request(pk)
    post = allowed(deciding_post(actor, request))
    check(request, "grant_extension", stamp)
    extension = _waiting(request)
    facts.text("answer", answer, 1000)
    facts.not_over("__all__", extension.due_on, today())
    values: dict[str, Any] = {"return_due_on": extension.due_on}
    values |= _prolonged(request, extension, actor, post)
    _decide(extension, X.GRANTED, answer.strip(), actor, post)
    told = {"due_before": extension.due_before.isoformat(), "due_on": extension.due_on.isoformat()}
    step(
        request,
        "grant_extension",
        "handling.extension_granted",
        actor=actor,
        post=post,
        reason=answer,
        values=values,
        facts=told,
    )
    title = f"返却・消去の期限が{wareki(extension.due_on)}まで延びました"
    tell("handling.extension_granted", request, to=askers(request), actor=actor, title=title, body=answer)
    return request


def _prolonged(request: HandlingRequest, extension: Extension, actor: Person, post: Appointment) -> dict[str, Grant]:
    """The right in the place of one that lasts until the day and is in force; what was decided is never edited."""
    if request.grant_id is None or request.return_due_on is None:
        return {}
    grant = in_its_place(request.grant_id)
    until, now = end_of(extension.due_on), timezone.now()
    lasts = grant.status == GrantStatus.GRANTED and grant.ends_at > now
    if not lasts or not end_of(request.return_due_on) <= grant.ends_at < until:
        return {}
    close_right(grant, reason="返却・消去の期限が延び、つぎの権限に引き継いだため", actor=actor)
    again = open_right(
        request.file,
        request.applicant,
        unit=request.applicant_unit,
        rights=grant.rights,
        purpose=grant.purpose,
        begins_at=max(now, grant.begins_at),
        ends_at=until,
        actor=actor,
        post=post,
        note=f"返却・消去の期限の延長（{wareki(extension.due_on)}まで）による",
    )
    return {"grant": again}


@transaction.atomic
def refuse_extension(pk: int, *, answer: str, stamp: int | None = None, actor: Person) -> HandlingRequest:
    """Leave the day as it is, with the reason: the seat that decides on the request; never who asked (第12条)."""
    request = lock_request(pk)
    post = allowed(deciding_post(actor, request))
    check(request, "refuse_extension", stamp)
    extension = _waiting(request)
    answer = facts.written("answer", answer, "延長を許可しない理由を書いてください。", 1000)
    _decide(extension, X.REFUSED, answer, actor, post)
    step(request, "refuse_extension", "handling.extension_refused", actor=actor, post=post, reason=answer)
    title = f"返却・消去の期限は{wareki(extension.due_before)}のままです"
    tell("handling.extension_refused", request, to=askers(request), actor=actor, title=title, body=answer)
    return request


@transaction.atomic
def withdraw_extension(pk: int, *, reason: str = "", stamp: int | None = None, actor: Person) -> HandlingRequest:
    """Take back what was asked, before it is decided: the applicant or who prepared the request (第12条)."""
    request = lock_request(pk)
    if not policies.can_report(actor, request):
        raise PermissionDenied
    check(request, "withdraw_extension", stamp)
    extension = _waiting(request)
    facts.text("reason", reason, 1000)
    _end(extension, X.WITHDRAWN, actor, reason)
    post = unit_post(actor, request.unit_id)
    step(request, "withdraw_extension", "handling.extension_withdrawn", actor=actor, post=post, reason=reason)
    title = "返却・消去の期限の延長が取り下げられました"
    tell("handling.extension_withdrawn", request, to=deciders(request), actor=actor, title=title, body=reason)
    return request


def settle(request: HandlingRequest, actor: Person, why: str) -> None:
    """End what is still asked, for a verb by which nothing is left to be returned; that verb records."""
    extension = _open(request)
    if extension is not None:
        _end(extension, X.SETTLED, actor, why)


def _open(request: HandlingRequest) -> Extension | None:
    return request.extensions.select_for_update().filter(status=X.ASKED).first()


def _waiting(request: HandlingRequest) -> Extension:
    found = _open(request)
    if found is None:
        raise MoveRefused("決めるのを待っている期限の延長はありません。画面を開き直すと、いまの状態が出ます。")
    return found


def _decide(extension: Extension, status: ExtensionStatus, answer: str, actor: Person, post: Appointment) -> None:
    extension.answer, extension.decided_by = answer, actor
    extension.decided_post, extension.decided_at = post.label[:120], timezone.now()
    _end(extension, status, actor, answer)


def _end(extension: Extension, status: ExtensionStatus, actor: Person, reason: str) -> None:
    extension.status, extension.ended_at = status, timezone.now()
    attribute(extension, actor=actor, reason=reason).save()
