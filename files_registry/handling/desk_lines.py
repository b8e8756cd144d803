"""What every line of the desk shares: the list that holds the rest, and the post it is the turn of."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from nerima_privacy.duties.desk import MOST, WorkItem, the_rest
from roles.holdings import Holdings
from roles.models import Unit
from roles.seats import Seat

UNIT = (
    *("unit__name", "unit__is_department", "unit__valid_to", "unit__parent__name"),
    *("unit__parent__is_department", "unit__parent__valid_to"),
)


def group(
    items: Sequence[WorkItem], list_name: str, article: str, tab: str = "", kind: str = "turn"
) -> Iterable[WorkItem]:
    """The first MOST, and the line that leads to the list of all."""
    yield from items[:MOST]
    if items[MOST:]:
        yield the_rest(
            (item.url for item in items[MOST:]),
            title="一覧ですべて見る",
            url=f"{reverse(list_name)}{tab}",
            detail=f"ここには、はじめの{MOST}件を出しています。",
            article=article,
            since=items[MOST].since,
            kind=kind,
        )


def post_of(holdings: Holdings, unit: Unit) -> int | None:
    """The post in which something of the unit is decided: the usual seat, else the one above that stands in."""
    above = unit.pk if unit.is_department else unit.parent_id
    post = (
        holdings.post(Seat.PROTECTION_MANAGER, unit_id=unit.pk)
        or (holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=above) if above else None)
        or holdings.post(Seat.GENERAL_PROTECTION_MANAGER)
    )
    return post.pk if post else None
