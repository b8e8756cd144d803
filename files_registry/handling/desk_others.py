"""What waits for a person among checks before sending, corrections and standing permissions (第12–14条)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from files_registry.catalogue.policies import UNIT_SEATS, postings
from files_registry.handling.desk_lines import UNIT, group, post_of
from files_registry.handling.models import (
    CheckStatus,
    Correction,
    CorrectionStatus,
    SendingCheck,
    StandingPermission,
)
from files_registry.handling.turn_queries import my_checks, my_corrections, my_standing
from nerima_privacy.calendars.periods import midnight
from nerima_privacy.duties.desk import WorkItem
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import Reading
from roles.holdings import Holdings
from roles.models import Person, Posting, Unit

CORRECTING = {
    CorrectionStatus.FOUND: "誤りの訂正の指示",
    CorrectionStatus.INSTRUCTED: "指示された訂正",
    CorrectionStatus.DONE: "訂正の確認",
}


def checks(person: Person, holdings: Holdings, on: date, confirm: int, send: int) -> Reading:
    """Those the person was asked for and still works with, and those of the person's that may be sent.

    For the seats of the unit, what nobody confirmed within `confirm` days, or nobody said was sent within `send`.
    """
    half, whole = Q(status=CheckStatus.FILLED), Q(status=CheckStatus.CONFIRMED, request=None)
    own, works = holdings.unit_ids(*UNIT_SEATS), _works(person, holdings)
    there = Q(unit__in=works) | Q(sender_unit__in=works)
    there |= Q(unit__in=own) | Q(sender_unit__in=own) if own else Q(pk__in=[])
    mine = half & Q(asked_of=person) & there | whole & Q(filled_by=person)
    if own:
        late = half & Q(filled_at__lt=midnight(on - timedelta(days=confirm))) & ~Q(filled_by=person)
        late |= whole & Q(confirmed_at__lt=midnight(on - timedelta(days=send)))
        mine |= late & Q(unit__in=own)
    wanted = ("status", "filled_at", "confirmed_at", "filled_by__name", "channel", "file__name")
    return objects(SendingCheck.objects.filter(mine), *wanted)


def _works(person: Person, holdings: Holdings) -> QuerySet[Unit, Any]:
    """The units of the person's postings, and the ended ones those took over from, as a subquery."""
    posted = postings(person, holdings)
    return Unit.objects.filter(Q(pk__in=posted) | Q(successors__in=posted, valid_to__lt=holdings.on)).values("pk")


def check_items(rows: Iterable[SendingCheck], confirm: int, send: int) -> Iterable[WorkItem]:
    """The second looks, and what was looked at twice and is to be sent; the longest first."""
    items = sorted((_check(row, confirm, send) for row in rows), key=lambda item: (item.since, item.url))
    return group(items, "handling:checks", "14-1")


def _check(check: SendingCheck, confirm: int, send: int) -> WorkItem:
    since, days, detail = (
        check.filled_at,
        confirm,
        f"送る前の確認（二人目、確認 {check.pk}）　{check.filled_by.name}から",
    )
    if check.status == CheckStatus.CONFIRMED and check.confirmed_at is not None:
        since, days, detail = (
            check.confirmed_at,
            send,
            f"二人で確かめたものの送付と記録（確認 {check.pk}）　{check.filled_by.name}",
        )
    return WorkItem(
        title=str(check),
        url=check.get_absolute_url(),
        detail=detail,
        article="14-1",
        due_on=timezone.localdate(since) + timedelta(days=days),
        since=since,
        kind="turn",
    )


def corrections(person: Person, holdings: Holdings) -> Reading:
    """To order; to check, for the unit's seats; to correct, for who found it, or those seats once that one left."""
    ordered = Q(status=CorrectionStatus.INSTRUCTED)
    mine = ordered & Q(found_by=person)
    if own := holdings.unit_ids(*UNIT_SEATS):
        still = Posting.objects.on(holdings.on).filter(person=OuterRef("found_by"))
        here = still.filter(Q(unit=OuterRef("unit")) | Q(unit__predecessors=OuterRef("unit")))
        mine |= ordered & Q(unit__in=own) & ~Q(Exists(here))
    if holdings.appointments:
        mine |= my_corrections(person, holdings) | my_checks(person, holdings)
    return objects(Correction.objects.filter(mine), "status", "status_since", "due_on", "file__name", *UNIT)


def correction_item(correction: Correction, holdings: Holdings) -> WorkItem:
    status = CorrectionStatus(correction.status)
    post = None
    if status == CorrectionStatus.FOUND:
        post = post_of(holdings, correction.unit)
    elif status == CorrectionStatus.DONE:
        own = holdings.post(*UNIT_SEATS, unit_id=correction.unit_id)
        post = own.pk if own else post_of(holdings, correction.unit)
    return WorkItem(
        title=str(correction),
        url=correction.get_absolute_url(),
        detail=CORRECTING[status],
        article="13-1",
        due_on=correction.due_on if status == CorrectionStatus.INSTRUCTED else None,
        since=correction.status_since,
        kind="turn",
        post_id=post,
    )


def standing(person: Person, holdings: Holdings) -> Reading:
    rows = StandingPermission.objects.filter(my_standing(person, holdings) if holdings.appointments else Q(pk__in=[]))
    return objects(rows, "status_since", "file__name", "applicant__name", *UNIT)


def permission_item(permission: StandingPermission, holdings: Holdings) -> WorkItem:
    return WorkItem(
        title=str(permission),
        url=permission.get_absolute_url(),
        detail=f"包括許可の判断　{permission.applicant.name}から",
        article="12-1",
        due_on=None,
        since=permission.status_since,
        kind="turn",
        post_id=post_of(holdings, permission.unit),
    )
