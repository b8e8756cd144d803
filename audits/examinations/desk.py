"""What waits for a person among audits, and what was asked for (第24条)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from audits.examinations.models import Audit, AuditStatus
from audits.examinations.queries import turns
from nerima_privacy.duties.desk import MOST, Work, WorkItem, register_work, the_rest
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import Reading
from roles.holdings import Holdings
from roles.models import Person
from roles.seats import Seat

S = AuditStatus
COLUMNS = ("title", "status", "status_since", "begins_on", "ends_on", "planned_by__name")


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """For 総括保護管理者 what to approve; for 監査責任者 plans to finish, audits going on, and what waits for approval.

    Nothing is read for anybody else.
    """
    chief, officer = holdings.post(Seat.GENERAL_PROTECTION_MANAGER), holdings.post(Seat.AUDIT_OFFICER)
    if chief is None and officer is None:
        return []
    waiting, own = yield [_reading(turns(person, holdings)), _reading(_own(person, on))]
    items = [_to_decide(audit, chief.pk) for audit in _longest_first(waiting) if chief]
    items += [_own_item(audit, officer.pk) for audit in _longest_first(own) if officer]
    return [line for kind in ("turn", "sent") for line in _first_of([item for item in items if item.kind == kind])]


def _own(person: Person, on: date) -> QuerySet[Audit]:
    """Plans and requests of the person's, and the audits the person is sent on that go on today."""
    sent = Audit.officers.through.objects.filter(person=person).values("audit")
    mine = Q(planned_by=person) | Q(pk__in=sent)
    going = Q(status=S.UNDER_WAY, begins_on__lte=on, ends_on__gte=on, pk__in=sent)
    return Audit.objects.filter(Q(status__in=[S.DRAFT, S.SUBMITTED]) & mine | going)


def _reading(audits: QuerySet[Audit]) -> Reading:
    return objects(audits, *COLUMNS)


def _longest_first(audits: Iterable[Audit]) -> list[Audit]:
    return sorted(audits, key=lambda audit: (audit.status_since, audit.pk))


def _first_of(items: list[WorkItem]) -> Iterable[WorkItem]:
    yield from items[:MOST]
    if items[MOST:]:
        yield the_rest(
            (item.url for item in items[MOST:]),
            title="監査の一覧ですべて見る",
            url=reverse("audits:list"),
            detail=f"ここには、はじめの{MOST}件を出しています。",
            article="24-1",
            since=items[MOST].since,
            kind=items[MOST].kind,
        )


def _to_decide(audit: Audit, post_id: int) -> WorkItem:
    return WorkItem(
        title=f"監査の承認　{audit.title}",
        url=audit.get_absolute_url(),
        detail=f"{audit.planned_by.name}の案",
        article="24-1",
        due_on=audit.begins_on,
        since=audit.status_since,
        kind="turn",
        post_id=post_id,
    )


def _own_item(audit: Audit, post_id: int) -> WorkItem:
    files = reverse("audits:files", args=[audit.pk])
    title, url, detail = {
        S.DRAFT: ("監査の案", audit.get_absolute_url(), "書き終えて、承認を求める"),
        S.SUBMITTED: ("監査の案", audit.get_absolute_url(), "承認を待っています"),
        S.UNDER_WAY: ("監査の実施", files, "監査する組織のファイルを見る"),
    }[S(audit.status)]
    waits = audit.status == S.SUBMITTED
    return WorkItem(
        title=f"{title}　{audit.title}",
        url=url,
        detail=detail,
        article="24-1",
        due_on=audit.ends_on if audit.status == S.UNDER_WAY else None,
        since=audit.status_since,
        kind="sent" if waits else "turn",
        now_with=str(Seat.GENERAL_PROTECTION_MANAGER.label) if waits else "",
        post_id=None if waits else post_id,
    )
