"""The verbs on an audit (第24条). Each is one transaction that locks the audit, asks the policy, checks the table of
moves, writes with history, records once and tells those concerned.

PermissionDenied when the actor may not, MoveRefused in a wrong state, Invalid with a sentence for each field.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from audits.examinations import policies
from audits.examinations.models import Audit, AuditStatus
from audits.examinations.moves import allowed, check, facts, lock, step
from audits.examinations.planning import Plan, check_again, checked
from audits.examinations.telling import tell_approved, tell_deciders, tell_examined, tell_officers
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import end_of, today
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person

S = AuditStatus


@transaction.atomic
def plan(wanted: Plan, *, continues: int | None = None, form_token: str | None = None, actor: Person) -> Audit:
    """監査責任者 plans an audit: whom it sends where, on what, from when until when. It opens nothing yet.

    `continues` is the audit it goes on from, one the actor may know of. MoveRefused when the form was sent before.
    """
    post = allowed(policies.planning_post(actor))
    people, units = checked(wanted, actor)
    before = policies.visible_to(actor).filter(pk=continues).first() if continues else None
    now = timezone.now()
    audit = Audit(**wanted.texts, continues=before, planned_by=actor, planned_at=now, status_since=now)
    audit.form_token = form_token
    try:
        with transaction.atomic():
            attribute(audit, actor=actor).save()
    except IntegrityError:
        raise MoveRefused("この案は、すでに保存されています。監査の一覧で確かめてください。") from None
    audit.officers.set(people)
    audit.units.set(units)
    record("audit.planned", actor=actor, subject=audit, post=post, facts=facts(audit))
    return audit


@transaction.atomic
def revise(pk: int, wanted: Plan, *, stamp: int, actor: Person) -> Audit:
    """Write the plan anew, before approval is asked for."""
    audit = lock(pk)
    post = allowed(policies.own_post(actor, audit))
    check(audit, "revise", stamp)
    people, units = checked(wanted, audit.planned_by)
    attribute(audit, actor=actor)
    audit.officers.set(people)
    audit.units.set(units)
    return step(audit, "revise", "audit.revised", actor=actor, post=post, values=wanted.texts)


@transaction.atomic
def submit(pk: int, *, stamp: int | None = None, actor: Person) -> Audit:
    """Ask 総括保護管理者 for approval. Invalid when the plan does not hold any more."""
    audit = lock(pk)
    post = allowed(policies.own_post(actor, audit))
    check(audit, "submit", stamp)
    check_again(audit, actor)
    values = {"submitted_by": actor, "submitted_at": timezone.now()}
    step(audit, "submit", "audit.submitted", actor=actor, post=post, values=values)
    tell_deciders("audit.submitted", audit, title="監査の承認を求められています", actor=actor)
    return audit


@transaction.atomic
def approve(pk: int, *, note: str = "", actor: Person) -> Audit:
    """総括保護管理者 approves: from its first day, at the earliest from now, it opens the units' files to be read.

    Invalid when by now nobody sent on it may examine one of the units, somebody is no 監査責任者 any more, or a unit
    is gone.
    """
    audit = lock(pk)
    post = allowed(policies.deciding_post(actor, audit))
    check(audit, "approve")
    check_again(audit)
    values = {
        "decided_by": actor, "decided_post": post.label, "decided_at": timezone.now(), "decision_note": _short(note),
    }  # fmt: skip
    step(audit, "approve", "audit.approved", actor=actor, post=post, reason=note, values=values)
    tell_officers("audit.approved", audit, title="監査が承認されました", actor=actor, body=note)
    tell_approved(audit, actor=actor)
    return audit


@transaction.atomic
def refuse(pk: int, *, note: str, actor: Person) -> Audit:
    """Do not approve, and say why."""
    audit = lock(pk)
    post = allowed(policies.deciding_post(actor, audit))
    check(audit, "refuse")
    reason = _reason(note, "承認しない理由を書いてください。例　監査する組織を分けて計画するため")
    values = {
        "decided_by": actor, "decided_post": post.label, "decided_at": timezone.now(), "decision_note": reason,
    }  # fmt: skip
    step(audit, "refuse", "audit.refused", actor=actor, post=post, reason=reason, values=values)
    tell_officers("audit.refused", audit, title="監査は承認されませんでした", actor=actor, body=reason)
    return audit


@transaction.atomic
def withdraw(pk: int, *, stamp: int | None = None, actor: Person) -> Audit:
    """Take a plan back that was not decided on."""
    audit = lock(pk)
    post = allowed(policies.own_post(actor, audit))
    check(audit, "withdraw", stamp)
    waited = audit.status == S.SUBMITTED
    step(audit, "withdraw", "audit.withdrawn", actor=actor, post=post)
    if waited:
        tell_deciders("audit.withdrawn", audit, title="監査の案が取り下げられました", actor=actor)
    return audit


@transaction.atomic
def end(pk: int, *, note: str, actor: Person) -> Audit:
    """End an audit before its last day, and say why: what it opened is closed at once."""
    audit = lock(pk)
    post = allowed(policies.ending_post(actor, audit))
    check(audit, "end")
    reason = _reason(note, "終える理由を書いてください。例　実地の確認が終わったため")
    values = {"ended_by": actor, "ended_at": timezone.now(), "end_reason": reason}
    step(audit, "end", "audit.ended", actor=actor, post=post, reason=reason, values=values)
    tell_officers("audit.ended", audit, title="監査が終わりました", actor=actor, body=reason)
    tell_deciders("audit.ended", audit, title="監査が終わりました", actor=actor, body=reason)
    tell_examined("audit.ended", audit, title="監査が終わりました", actor=actor, body=reason)
    return audit


@transaction.atomic
def close(pk: int, *, actor: Person) -> Audit:
    """Bring the row of an audit in step whose last day has passed, as the system. It opened nothing since.

    MoveRefused when it was closed meanwhile, or its last day has not passed.
    """
    audit = lock(pk)
    if audit.ends_on >= today():
        raise MoveRefused(f"監査の期間は{wareki(audit.ends_on)}までです。")
    reason = "期間が終わりました"
    values = {"ended_at": end_of(audit.ends_on), "end_reason": reason}
    step(audit, "close", "audit.closed", actor=actor, post=None, reason=reason, values=values)
    tell_officers("audit.closed", audit, title="監査の期間が終わりました", actor=actor)
    return audit


def _short(note: str) -> str:
    if len(note) > 1000:
        raise Invalid({"note": f"1,000字以内で書いてください。いま{len(note):,}字あります。"})
    return note.strip()


def _reason(note: str, missing_words: str) -> str:
    if not note.strip():
        raise Invalid({"note": missing_words})
    return _short(note)
