"""Closing what has run out, and stopping what nobody answered for, as the system, many at once (第11条第1項)."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from files_registry.access.granting import close_rights
from files_registry.access.models import Grant, GrantStatus
from files_registry.access.rounds import round_on, unconfirmed
from files_registry.access.telling import tell
from files_registry.catalogue.models import FileStatus
from nerima_privacy.activity.recording import record_each
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.refusals import MoveRefused
from roles.models import Appointment, Person, Posting

S = GrantStatus
STANDING = (S.GRANTED, S.SUSPENDED)


def run_out() -> QuerySet[Grant]:
    """Grants written as in force, or as suspended, that open nothing any more: their row is to be closed.

    One that is suspended too, for nothing can restore it, and as long as it stands nobody is offered to ask anew.
    """
    here = Q(person=OuterRef("person"), unit=OuterRef("unit")) & valid_on(today()) & valid_on(today(), "unit__")
    gone = ~Exists(Posting.objects.filter(here)) & ~Exists(Appointment.objects.filter(here))
    return (
        Grant.objects.filter(status__in=STANDING)
        .annotate(gone=gone)
        .filter(
            Q(ends_at__lte=timezone.now())
            | Q(file__status__in=[FileStatus.CEASED, FileStatus.ABANDONED])
            | Q(person__isnull=False) & (Q(person__is_active=False) | Q(gone=True))
        )
        .order_by("pk")
    )


@transaction.atomic
def end(keys: Collection[int], *, actor: Person) -> int:
    """Close grants that open nothing any more, as the system: each with its reason and its entry. Answers how many.

    Those that were closed meanwhile, or hold after all, are passed over; MoveRefused when none is left.
    """
    locked = _locked(keys, STANDING)
    now_over = set(run_out().filter(pk__in=[row.pk for row in locked]).values_list("pk", flat=True))
    rows = [row for row in locked if row.pk in now_over]
    if not rows:
        raise MoveRefused("このアクセス権は、まだ終わっていないか、すでに閉じられています。")
    reasons = {row.pk: _why(row) for row in rows}
    for reason in sorted(set(reasons.values())):
        close_rights([row for row in rows if reasons[row.pk] == reason], status=S.ENDED, reason=reason, actor=actor)
    record_each("access.ended", actor=actor, subjects=rows, reason=lambda row: reasons[row.pk], facts=_facts)
    return len(rows)


def _locked(keys: Collection[int], statuses: Collection[GrantStatus]) -> list[Grant]:
    """Those of them still so, locked. Not their files: nothing here waits for one while it holds a grant."""
    rows = Grant.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys, status__in=statuses)
    related = rows.select_related("file", "person", "group__unit", "asked_by").defer("file__search_text")
    return list(related.order_by("pk"))


def _facts(row: Grant) -> dict[str, Any]:
    return {"grant": row.pk}


def _why(row: Grant) -> str:
    if row.ends_at <= timezone.now():
        return "期間が終わりました"
    if row.file.status in (FileStatus.CEASED, FileStatus.ABANDONED):
        return "ファイルが廃止されました"
    if row.person is not None and not row.person.is_active:
        return "在籍しなくなりました"
    return "異動などで、その所属ではなくなりました"


@transaction.atomic
def suspend(keys: Collection[int], *, actor: Person) -> int:
    """Stop rights nobody answered for in time, as the system; each can be restored with a reason. Answers how many.

    Those answered for meanwhile are passed over; MoveRefused when none is left.
    """
    locked, current = _locked(keys, [S.GRANTED]), round_on(today())
    late = set(unconfirmed(current).filter(pk__in=[row.pk for row in locked]).values_list("pk", flat=True))
    rows = [row for row in locked if row.pk in late]
    if today() < current.suspends_on or not rows:
        raise MoveRefused("このアクセス権は、棚卸しの答えがあるか、まだ期限が来ていません。")
    reason = f"{current.label}の棚卸しの答えが期限までになかったため"
    close_rights(rows, status=S.SUSPENDED, reason=reason, actor=actor)
    record_each("access.suspended", actor=actor, subjects=rows, reason=lambda row: reason, facts=_facts)
    for row in rows:
        tell("access.suspended", row, title="アクセス権が停止されました", actor=actor, body=reason)
    return len(rows)
