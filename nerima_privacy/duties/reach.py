"""Over which units each post of a person reaches, in one query whatever the size of the ward."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from nerima_privacy.calendars.periods import valid_on
from nerima_privacy.web.together import read, reading
from roles.holdings import Holdings
from roles.models import Appointment, Unit
from roles.seats import Seat


def reach(holdings: Holdings, posts: list[Appointment]) -> dict[int, frozenset[int]]:
    """For the unit of each post: itself, the 課 of a 部, and the ended units whose affairs any of them took over."""
    return reach_and_vacant(holdings, posts)[0]


def reach_and_vacant(holdings: Holdings, posts: list[Appointment]) -> tuple[dict[int, frozenset[int]], set[int]]:
    """The reach, and of what a 部 reaches the units in which nobody is 保護責任者 (第4条第3項); none without a 部."""
    departments = {post.unit_id for post in posts if post.unit and post.unit.is_department and post.unit_id}
    below, headed = _below(holdings, departments) if departments else ({}, set[int]())
    within: dict[int, frozenset[int]] = {}
    vacant: set[int] = set()
    for post in posts:
        if post.unit_id is None:
            continue
        own = holdings.with_predecessors({post.unit_id})
        children = set[int]().union(*(below.get(unit, set()) for unit in own)) if post.unit_id in departments else set()
        within[post.unit_id] = frozenset(own | holdings.with_predecessors(children))
        if post.seat == Seat.DEPARTMENT_PROTECTION_MANAGER:
            vacant |= within[post.unit_id] - headed
    return within, vacant


def _below(holdings: Holdings, departments: set[int]) -> tuple[dict[int | None, set[int]], set[int]]:
    """The 課 of the 部 and of every 部 that has ended, and which units have their 保護責任者.

    Which ended units the 部 took over from is known only when the successions are, which are read here too; so all
    that ended are read: few.
    """
    manager = Appointment.objects.filter(
        valid_on(holdings.on), seat=Seat.PROTECTION_MANAGER, unit=OuterRef("pk"), person__is_active=True
    )
    ended = Q(valid_to__lt=holdings.on) | Q(parent__valid_to__lt=holdings.on)
    units = Unit.objects.filter(Q(pk__in=departments) | Q(parent__in=departments) | ended)
    rows, links = read([reading(units, "pk", "parent", Exists(manager)), holdings.successions()])
    holdings.know(links)
    below: dict[int | None, set[int]] = defaultdict(set)
    for unit, above, _ in rows:
        below[above].add(unit)
    return below, {unit for unit, _, managed in rows if managed}
