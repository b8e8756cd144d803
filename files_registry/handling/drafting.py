"""The verbs by which a request is written. `workflow` re-exports them; callers use that module."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from files_registry.catalogue.models import FileStatus
from files_registry.catalogue.policies import unit_post
from files_registry.catalogue.versions import lock_file
from files_registry.handling import facts, policies
from files_registry.handling.acts import SAYS, Act
from files_registry.handling.models import HandlingRequest, HandlingStatus, StandingPermission
from files_registry.handling.moves import begin, check, held, lock_request, step
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person


@transaction.atomic
def draft(
    file_pk: int, *, act: str, applicant_pk: int | None = None, token: str | None = None, actor: Person
) -> HandlingRequest:
    """Begin a request: who works with the file for oneself, 保護担当者 for others (第12条・第6条第3項).

    `token` is of the page it was asked on, which begins one draft however often it is sent. Raises PermissionDenied,
    Invalid, MoveRefused (not held, or this page has begun its draft).
    """
    file = lock_file(file_pk)
    applicant = actor if applicant_pk in (None, actor.pk) else Person.objects.get(pk=applicant_pk)
    unit = policies.asking_unit(applicant, file)
    if unit is None or not policies.can_prepare_for(actor, applicant, file):
        if file.status != FileStatus.HELD and policies.asking_unit(actor, file):
            raise MoveRefused(f"「{file.get_status_display()}」のファイルでは、申請できません。")
        raise PermissionDenied
    if act not in Act.values:
        raise Invalid({"act": "行為を選んでください。"})
    # Asked with the file locked: of two requests from one page the second comes here when the first is done.
    if token and HandlingRequest.objects.filter(form_token=token).exists():
        raise MoveRefused("この画面からの下書きは、もう作られています。")
    request = HandlingRequest(
        act=act,
        status=HandlingStatus.DRAFT,
        file=file,
        unit=file.unit,
        applicant=applicant,
        applicant_unit_id=unit,
        prepared_by=actor,
        form_token=token or None,
    )
    begin(request, "handling.drafted", actor=actor, post=unit_post(actor, file.unit_id), facts={"act": act})
    return request


@transaction.atomic
def save_draft(pk: int, data: Mapping[str, Any], *, stamp: int, actor: Person) -> HandlingRequest:
    """Keep what was typed so far; cells may be empty, only submitting asks for them: the applicant or who prepared it.

    `stamp` is the request's when the form was opened: MoveRefused names who saved since (第12条).
    """
    request = lock_request(pk)
    if not policies.can_write(actor, request):
        raise PermissionDenied
    check(request, "save_draft", stamp)
    held(request.file)
    values = _fitting(request, data)
    changed = [name for name, value in values.items() if getattr(request, name) != value]
    post = unit_post(actor, request.unit_id)
    for name in set(values) - set(changed):
        del values[name]
    step(request, "save_draft", "handling.saved", actor=actor, post=post, values=values)
    return request


def _fitting(request: HandlingRequest, data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts the act has; what is too long, or a standing permission not the person's to use, is Invalid."""
    says = SAYS[Act(request.act)]
    values = {name: data[name] for name in says.fields if name in data}
    for name, limit in facts.LIMITS.items():
        if isinstance(values.get(name), str):
            facts.text(name, values[name], limit)
    first, last = values.get("begins_on", request.begins_on), values.get("ends_on", request.ends_on)
    if first and last and last < first:
        raise Invalid({"ends_on": "初日以後の日付を書いてください。"})
    permission = values.get("standing")
    if permission is not None and not _usable(request, permission):
        raise Invalid({"standing": "この包括許可は使えません。一覧から選んでください。"})
    return values


def _usable(request: HandlingRequest, permission: StandingPermission) -> bool:
    return permission.file_id == request.file_id and permission.users_unit_id == request.applicant_unit_id
