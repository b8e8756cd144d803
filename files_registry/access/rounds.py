"""The yearly confirmation of rights, 棚卸し: when a round begins, and which rights wait for an answer (第11条第1項)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from files_registry.access.holders import in_force_at
from files_registry.access.models import Grant, GrantStatus
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.periods import midnight
from nerima_privacy.law.parameters import parameters

KEYS = ("access.review_months", "access.review_days", "access.suspend_after_days")


@dataclass(frozen=True)
class Round:
    """One round: rights decided or kept before `begins_on` are to be confirmed until `due_on`."""

    begins_on: date
    due_on: date
    suspends_on: date
    before: date

    @property
    def begins_at(self) -> datetime:
        """Its first moment."""
        return midnight(self.begins_on)

    @property
    def label(self) -> str:
        """「令和8年度」, with the month where there are several a year."""
        year = fiscal.label(fiscal.fiscal_year(self.begins_on))
        return year if self.begins_on.month == 4 else f"{year}（{self.begins_on.month}月）"


def round_on(on: date, values: dict[str, Any] | None = None) -> Round:
    """The round a day lies in; the months between rounds and the days to answer are data."""
    values = values or parameters(KEYS, on)
    months = int(values["access.review_months"])
    first = fiscal.start(fiscal.fiscal_year(on))
    passed = (on.year - first.year) * 12 + on.month - first.month
    begins = _add_months(first, passed // months * months)
    due = begins + timedelta(days=int(values["access.review_days"]))
    suspends = due + timedelta(days=int(values["access.suspend_after_days"]))
    return Round(begins, due, suspends, _add_months(begins, -months))


def _add_months(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, day.day)


def unconfirmed(current: Round) -> QuerySet[Grant]:
    """The grants in force now that were neither decided nor kept since the round began."""
    return Grant.objects.filter(
        Q(kept_at=None) | Q(kept_at__lt=current.begins_at),
        status=GrantStatus.GRANTED,
        decided_at__lt=current.begins_at,
        ends_at__gt=timezone.now(),
    )


def unconfirmed_at(current: Round, at: datetime) -> QuerySet[Grant]:
    """The same at a past moment of the round. When a right kept since was kept before, only its history knows."""
    past = Grant.history.filter(id=OuterRef("pk"), history_date__lte=at).order_by("-history_date", "-history_id")
    grants = in_force_at(Grant.objects.filter(decided_at__lt=current.begins_at), at)
    grants = grants.alias(kept_then=Subquery(past.values("kept_at")[:1]))
    begun = current.begins_at
    lacking = Q(kept_at=None) | Q(kept_at__lt=begun)
    return grants.filter(lacking | Q(kept_at__gt=at) & (Q(kept_then=None) | Q(kept_then__lt=begun)))


def since_last(grant: Grant, current: Round) -> str:
    """How a grant stands against the round before: "new", "changed" or "same"."""
    last = midnight(current.before)
    if grant.kept_at is not None or grant.decided_at is None or grant.decided_at < last:
        return "same"
    return "changed" if grant.narrows_id else "new"


def newest_first(current: Round) -> Case:
    """The order of `since_last`: 0 for what is new or changed, 1 for what is as it was in the round before."""
    same = Q(kept_at__isnull=False) | Q(decided_at=None) | Q(decided_at__lt=midnight(current.before))
    return Case(When(same, then=1), default=0)
