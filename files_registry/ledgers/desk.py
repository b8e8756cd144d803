"""What waits for a person among media: those whose retention ends soon or has ended (第15条)."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.ledgers.models import MediumStatus, StoredMedium
from nerima_privacy.duties.desk import Work, WorkItem, register_work
from nerima_privacy.web.together import reading
from roles.holdings import Holdings
from roles.models import Person
from roles.seats import Seat

AHEAD = timedelta(days=30)


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """One line for 保護責任者 and 保護担当者: the media of their units to be disposed of within thirty days.

    What is past already is a finding of the duty on the desk of 保護責任者, and counted here for 保護担当者 only.
    """
    own = holdings.unit_ids(*UNIT_SEATS)
    if not own:
        return []
    coming = Q(keep_until__gte=on) | ~Q(file__unit__in=holdings.unit_ids(Seat.PROTECTION_MANAGER))
    due = StoredMedium.objects.filter(coming, status=MediumStatus.KEPT, keep_until__lte=on + AHEAD, file__unit__in=own)
    (found,) = yield [reading(due, "keep_until")]
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
