"""Closing what has run out, and stopping what nobody answered for, as the system (第11条第1項)."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from files_registry.access.granting import close_right
from files_registry.access.models import Grant, GrantStatus
from files_registry.access.moves import lock
from files_registry.access.rounds import round_on, unconfirmed
from files_registry.access.telling import tell
from files_registry.catalogue.models import FileStatus
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.refusals import MoveRefused
from roles.models import Appointment, Person, Posting

S = GrantStatus


def run_out() -> QuerySet[Grant]:
    """Grants that are written as in force and open nothing any more: their row is to be closed."""
    here = Q(person=OuterRef("person"), unit=OuterRef("unit")) & valid_on(today())
    seated = Appointment.objects.filter(here, valid_on(today(), "unit__"))
    gone = ~Exists(Posting.objects.filter(here)) & ~Exists(seated)
    return (
        Grant.objects.filter(status=S.GRANTED)
        .annotate(gone=gone)
        .filter(
            Q(ends_at__lte=timezone.now())
            | Q(file__status__in=[FileStatus.CEASED, FileStatus.ABANDONED])
            | Q(person__isnull=False) & (Q(person__is_active=False) | Q(gone=True))
        )
        .order_by("pk")
    )


@transaction.atomic
def end(pk: int, *, actor: Person) -> Grant:
    """Close a grant that opens nothing any more, as the system; MoveRefused when it was closed meanwhile."""
    row = lock(pk)
    if not run_out().filter(pk=pk).exists():
        raise MoveRefused("このアクセス権は、まだ終わっていないか、すでに閉じられています。")
    reason = _why(row)
    close_right(row, status=S.ENDED, reason=reason, actor=actor)
    record("access.ended", actor=actor, subject=row, reason=reason, facts={"grant": row.pk})
    return row


def _why(row: Grant) -> str:
    if row.ends_at <= timezone.now():
        return "期間が終わりました"
    if row.file.status in (FileStatus.CEASED, FileStatus.ABANDONED):
        return "ファイルが廃止されました"
    if row.person is not None and not row.person.is_active:
        return "在籍しなくなりました"
    return "異動などで、その所属ではなくなりました"


@transaction.atomic
def suspend(pk: int, *, actor: Person) -> Grant:
    """Stop a right nobody answered for in time, as the system; it can be restored with a reason.

    MoveRefused when it was answered for meanwhile.
    """
    row = lock(pk)
    current = round_on(today())
    if today() < current.suspends_on or not unconfirmed(current).filter(pk=pk).exists():
        raise MoveRefused("このアクセス権は、棚卸しの答えがあるか、まだ期限が来ていません。")
    reason = f"{current.label}の棚卸しの答えが期限までになかったため"
    close_right(row, status=S.SUSPENDED, reason=reason, actor=actor)
    record("access.suspended", actor=actor, subject=row, reason=reason, facts={"grant": row.pk})
    tell("access.suspended", row, title="アクセス権が停止されました", actor=actor, body=reason)
    return row
