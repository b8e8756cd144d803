"""What waits for a person among checks before sending, corrections and standing permissions (第12–14条)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from files_registry.catalogue.policies import UNIT_SEATS
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
from roles.models import Person

CORRECTING = {
    CorrectionStatus.FOUND: "誤りの訂正の指示",
    CorrectionStatus.INSTRUCTED: "指示された訂正",
    CorrectionStatus.DONE: "訂正の確認",
}


def checks(person: Person, holdings: Holdings, on: date, confirm: int, send: int) -> Reading:
    """Those the person was asked for, and those of the person's that may be sent.

    For the seats of the unit, what nobody confirmed within `confirm` days, or nobody said was sent within `send`.
    """
    half, whole = Q(status=CheckStatus.FILLED), Q(status=CheckStatus.CONFIRMED, request=None)
    mine = half & Q(asked_of=person) | whole & Q(filled_by=person)
    if own := holdings.unit_ids(*UNIT_SEATS):
        late = half & Q(filled_at__lt=midnight(on - timedelta(days=confirm))) & ~Q(filled_by=person)
        late |= whole & Q(confirmed_at__lt=midnight(on - timedelta(days=send)))
        mine |= late & Q(unit__in=own)
    wanted = ("status", "filled_at", "confirmed_at", "filled_by__name", "channel", "file__name")
    return objects(SendingCheck.objects.filter(mine), *wanted)


def check_items(rows: Iterable[SendingCheck], confirm: int, send: int) -> Iterable[WorkItem]:
    """The second looks, and what was looked at twice and is to be sent; the longest first."""
    items = sorted((_check(row, confirm, send) for row in rows), key=lambda item: (item.since, item.url))
    return group(items, "handling:checks", "14-1")


def _check(check: SendingCheck, confirm: int, send: int) -> WorkItem:
    since, days, detail = check.filled_at, confirm, f"送る前の確認（二人目）　{check.filled_by.name}から"
    if check.status == CheckStatus.CONFIRMED and check.confirmed_at is not None:
        since, days, detail = check.confirmed_at, send, f"二人で確かめたものの送付と記録　{check.filled_by.name}"
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
    """To order; to check, for the unit's seats; and to correct, for who found it."""
    mine = Q(status=CorrectionStatus.INSTRUCTED, found_by=person)
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
