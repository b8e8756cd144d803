"""What waits for a person among media: whose retention ends, and those nobody answers for any more (第15条)."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.ledgers.media_queries import LEFT, alone_since, left_behind
from files_registry.ledgers.models import MediumStatus, StoredMedium
from nerima_privacy.duties.desk import Work, WorkItem, register_work
from nerima_privacy.web.together import Rows, reading
from roles.holdings import Holdings
from roles.models import Person, Unit
from roles.seats import Seat

AHEAD = timedelta(days=30)


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """For 保護責任者 and 保護担当者: the media of their units to be disposed of within thirty days, in one line.

    What is past already is a finding of the duty on the desk of 保護責任者, and counted here for 保護担当者 only. So is
    what was left behind by who answered for it: a line for each unit, which leads to where all are handed over at once.
    """
    own = holdings.unit_ids(*UNIT_SEATS)
    if not own:
        return []
    managed = holdings.unit_ids(Seat.PROTECTION_MANAGER)
    coming = Q(keep_until__gte=on) | ~Q(file__unit__in=managed)
    due = StoredMedium.objects.filter(coming, status=MediumStatus.KEPT, keep_until__lte=on + AHEAD, file__unit__in=own)
    kept = StoredMedium.objects.filter(status=MediumStatus.KEPT, file__unit__in=own - managed)
    seated = Unit.objects.filter(pk__in=holdings.seat_units(*UNIT_SEATS) - managed)
    found, left, units = yield [
        reading(due, "keep_until"),
        reading(left_behind(kept, on), "file__unit", alone_since(on)),
        reading(seated, "pk", "code", "name"),
    ]
    return [*_due(found), *_left(left, units, holdings)]


def _due(found: Rows) -> list[WorkItem]:
    if not found:
        return []
    first = min(until for (until,) in found)
    return [
        WorkItem(
            title=f"保存期間が満了する媒体の処分（{len(found):,}件）",
            url=reverse("ledgers:due"),
            detail="処分を記録するか、保存期間を改めてください。",
            article="15-1",
            due_on=first,
            since=first,
            kind="turn",
        )
    ]


def _left(left: Rows, units: Rows, holdings: Holdings) -> list[WorkItem]:
    """A line for each unit with media whose responsible person has gone; ended units count for who took them over."""
    items = []
    for pk, code, name in sorted(units, key=lambda row: row[1]):
        own = holdings.with_predecessors({pk})
        since = [day for unit, day in left if unit in own]
        if since:
            items.append(
                WorkItem(
                    title=f"責任をもつ人が異動・退職した媒体の引継ぎ（{len(since):,}件）",
                    url=f"{reverse('ledgers:hand-over', args=[code])}?responsible={LEFT}",
                    detail=f"{name}　いまの職員に引き継いでください。まとめて引き継げます。",
                    article="15-1",
                    due_on=None,
                    since=min(since),
                    kind="turn",
                )
            )
    return items
