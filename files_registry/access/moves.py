"""The table of moves of a grant, and the step every verb on one takes: lock, look up, write, record."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from files_registry.access.granting import give_rights, take_rights
from files_registry.access.models import Grant, GrantStatus
from files_registry.catalogue.versions import lock_file
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from nerima_privacy.refusals import MoveRefused
from roles.models import Appointment, Person

S = GrantStatus
MOVES: dict[tuple[str, GrantStatus], GrantStatus] = {
    ("grant", S.REQUESTED): S.GRANTED,
    ("refuse", S.REQUESTED): S.REFUSED,
    ("withdraw", S.REQUESTED): S.WITHDRAWN,
    ("narrow", S.GRANTED): S.NARROWED,
    ("revoke", S.GRANTED): S.REVOKED,
    ("revoke", S.SUSPENDED): S.REVOKED,
    ("restore", S.SUSPENDED): S.GRANTED,
}
WORDS = {
    "grant": "許可する",
    "refuse": "許可しない",
    "withdraw": "取り下げる",
    "narrow": "縮小する",
    "revoke": "取り消す",
    "restore": "停止から戻す",
}


def lock(pk: int) -> Grant:
    """The grant, and its file before it, locked in this order by every verb."""
    file = lock_file(Grant.objects.values_list("file", flat=True).get(pk=pk))
    grant: Grant = (
        Grant.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person", "group__unit", "group__group", "unit", "asked_by")
        .get(pk=pk)
    )
    grant.file = file
    return grant


def check(grant: Grant, move: str) -> GrantStatus:
    """Where the move leads. MoveRefused when it cannot start from the grant's state, or its time is over."""
    after = MOVES.get((move, GrantStatus(grant.status)))
    if after is None:
        since = timezone.localtime(grant.status_since)
        became = f"このアクセス権は、{since.month}月{since.day}日から「{grant.get_status_display()}」です。"
        raise MoveRefused(f"{became}いまは、{WORDS[move]}ことはできません。")
    if after == S.GRANTED and grant.ends_at <= timezone.now():
        raise MoveRefused("期間が終わっているので許可できません。あらためて申請してください。")
    return after


def step(
    grant: Grant,
    move: str,
    verb: str,
    *,
    actor: Person,
    post: Appointment | None,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
) -> Grant:
    """Write the move, with guardian's rows in step with it, and record it once."""
    after = check(grant, move)
    changed = {"status": after, "status_since": timezone.now(), **(values or {})}
    for field, value in changed.items():
        setattr(grant, field, value)
    attribute(grant, actor=actor, reason=reason).save()
    take_rights(grant)
    if after == S.GRANTED:
        give_rights(grant)
    facts = {"grant": grant.pk, "rights": [right.value for right in grant.rights]}
    record(verb, actor=actor, subject=grant, post=post, reason=reason, changed=sorted(changed), facts=facts)
    return grant
