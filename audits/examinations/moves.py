"""The table of moves of an audit, and the step every verb on one takes: lock, look up, write, record."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from audits.examinations.models import Audit, AuditStatus
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import MoveRefused
from roles.models import Appointment, Person

S = AuditStatus
MOVES: dict[tuple[str, AuditStatus], AuditStatus] = {
    ("revise", S.DRAFT): S.DRAFT,
    ("submit", S.DRAFT): S.SUBMITTED,
    ("approve", S.SUBMITTED): S.UNDER_WAY,
    ("refuse", S.SUBMITTED): S.REFUSED,
    ("withdraw", S.DRAFT): S.WITHDRAWN,
    ("withdraw", S.SUBMITTED): S.WITHDRAWN,
    ("end", S.UNDER_WAY): S.ENDED,
    ("close", S.UNDER_WAY): S.ENDED,
}
WORDS = {
    "revise": "案を書き直す",
    "submit": "承認を求める",
    "approve": "承認する",
    "refuse": "不承認とする",
    "withdraw": "取り下げる",
    "end": "終える",
    "close": "閉じる",
}
# Who did it and when, which an entry says itself.
SAID = {
    *("status_since", "submitted_by", "submitted_at", "decided_by", "decided_post", "decided_at"),
    *("ended_by", "ended_at"),
}


def lock(pk: int) -> Audit:
    """The audit, locked until the transaction ends."""
    rows = Audit.objects.select_for_update(of=("self",), no_key=True).select_related("planned_by")
    audit: Audit = rows.get(pk=pk)
    return audit


def allowed(post: Appointment | None) -> Appointment:
    """The appointment that gives the right; PermissionDenied when there is none."""
    if post is None:
        raise PermissionDenied
    return post


def check(audit: Audit, move: str, stamp: int | None = None) -> AuditStatus:
    """Where the move leads. MoveRefused when it cannot start from where the audit is, or its period is over.

    `stamp` is the audit's on the page the move was made from: nobody goes on from a plan that changed since.
    """
    after = MOVES.get((move, AuditStatus(audit.status)))
    if after is None:
        since = wareki(timezone.localtime(audit.status_since).date())
        raise MoveRefused(
            f"「{audit.get_status_display()}」（{since}から）の監査なので、{WORDS[move]}ことはできません。"
        )
    if stamp is not None and stamp != audit.stamp:
        raise MoveRefused("画面を開いたあとに、ほかの人が案を書き直しました。内容を確かめて、もう一度行ってください。")
    if move in {"submit", "approve", "end"} and audit.ends_on < today():
        raise MoveRefused(f"監査の期間は{wareki(audit.ends_on)}に終わっているので、{WORDS[move]}ことはできません。")
    return after


def step(
    audit: Audit,
    move: str,
    verb: str,
    *,
    actor: Person,
    post: Appointment | None,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
) -> Audit:
    """Write the move with history, and record it once."""
    after = check(audit, move)
    changed = {field: value for field, value in (values or {}).items() if getattr(audit, field) != value}
    if after != audit.status:
        changed |= {"status": after, "status_since": timezone.now()}
    for field, value in changed.items():
        setattr(audit, field, value)
    audit.stamp += 1
    attribute(audit, actor=actor, reason=reason).save()
    told = sorted(changed.keys() - SAID)
    record(verb, actor=actor, subject=audit, post=post, reason=reason, changed=told, facts=facts(audit))
    return audit


def facts(audit: Audit) -> dict[str, Any]:
    """What the record keeps of an audit: its state, days and size, nobody's name."""
    return {
        "status": str(audit.status),
        "begins_on": audit.begins_on.isoformat(),
        "ends_on": audit.ends_on.isoformat(),
        "officers": audit.officers.count(),
        "units": audit.units.count(),
    }
