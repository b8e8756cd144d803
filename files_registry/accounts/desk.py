"""What waits for a person among account lists: findings to answer, and a list that was begun (第11条第1項)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from files_registry.access.effective import managed_units
from files_registry.accounts.answering import waiting
from files_registry.accounts.models import DRAFTS, AccountComparison, AccountFinding
from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.systems.models import InformationSystem
from files_registry.systems.queries import in_office
from nerima_privacy.duties.desk import MOST, Work, WorkItem, register_work, the_rest
from nerima_privacy.law.parameters import parameter
from nerima_privacy.web.together import Row, reading
from roles.holdings import Holdings
from roles.models import Person

OF = ("comparison", "comparison__system__name", "comparison__system__unit")


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """Findings of the systems one administers or whose unit one has a seat of, and one's own uploads not recorded."""
    grouped = _findings(person, holdings, on).order_by().values(*OF).annotate(
        n=Count("pk"), recorded=Min("comparison__recorded_at"), lapsed=Min("answer__until")
    )  # fmt: skip
    own = AccountComparison.objects.filter(uploaded_by=person, status__in=DRAFTS)
    rows, begun = yield [
        reading(grouped, *OF, "n", "recorded", "lapsed"),
        reading(own, "pk", "system__name", "uploaded_at"),
    ]
    return [*_to_answer(sorted(rows, key=lambda row: row[4]), holdings), *_begun(sorted(begun))]


def badge(person: Person, holdings: Holdings) -> QuerySet[AccountFinding]:
    """The findings the person is to answer."""
    return _findings(person, holdings, holdings.on)


def _findings(person: Person, holdings: Holdings, on: date) -> QuerySet[AccountFinding]:
    """What waits for an answer in the systems the person operates, but for what is about the person."""
    systems = _operated(person, holdings, on)
    return waiting(AccountFinding.objects.filter(comparison__system__in=systems.values("pk")), on).exclude(
        person=person
    )


def _operated(person: Person, holdings: Holdings, on: date) -> QuerySet[InformationSystem]:
    named = in_office(on).filter(person=person).values("system")
    return InformationSystem.objects.filter(Q(pk__in=named) | Q(unit__in=managed_units(holdings))).order_by()


def _to_answer(rows: list[Row], holdings: Holdings) -> Iterable[WorkItem]:
    days = timedelta(days=int(parameter("accounts.answer_days"))) if rows else timedelta()
    for pk, name, unit_id, count, recorded, lapsed in rows[:MOST]:
        day = timezone.localdate(recorded)
        post = holdings.post(*UNIT_SEATS, unit_id=unit_id)
        yield WorkItem(
            title=f"アカウントの突き合わせ　{name}",
            url=reverse("accounts:detail", args=[pk]),
            detail=f"答えの要る指摘が{count}件あります",
            article="11-1",
            due_on=min(lapsed or day + days, day + days),
            since=day,
            kind="turn",
            post_id=post.pk if post else None,
        )
    if rows[MOST:]:
        yield the_rest(
            (reverse("accounts:detail", args=[row[0]]) for row in rows[MOST:]),
            title="アカウントの突き合わせの一覧ですべて見る",
            url=reverse("accounts:list"),
            detail=f"ここには、はじめの{MOST}件を出しています。",
            article="11-1",
            since=timezone.localdate(rows[MOST][4]),
            kind="turn",
        )


def _begun(rows: list[Row]) -> Iterable[WorkItem]:
    for pk, name, uploaded_at in rows[:MOST]:
        yield WorkItem(
            title=f"アカウントの突き合わせ　{name}",
            url=reverse("accounts:detail", args=[pk]),
            detail="読み込んだ一覧が、まだ記録も取りやめもされていません",
            article="11-1",
            due_on=None,
            since=uploaded_at,
            kind="turn",
        )
