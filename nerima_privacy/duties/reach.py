"""Over which units each post of a person reaches, in two queries at most whatever the size of the ward."""

from collections import defaultdict

from roles.holdings import Holdings
from roles.models import Appointment, Unit


def reach(holdings: Holdings, posts: list[Appointment]) -> dict[int, frozenset[int]]:
    """For the unit of each post: itself, the 課 of a 部, and the ended units whose affairs any of them took over."""
    own = {post.unit_id: holdings.with_predecessors({post.unit_id}) for post in posts if post.unit_id}
    above = {unit for post in posts if post.unit and post.unit.is_department for unit in own[post.unit.pk]}
    children: dict[int | None, set[int]] = defaultdict(set)
    if above:
        for child, parent in Unit.objects.filter(parent__in=above).values_list("pk", "parent_id"):
            children[parent].add(child)
    return {
        unit: frozenset(
            units | holdings.with_predecessors(set[int]().union(*(children[department] for department in units)))
        )
        for unit, units in own.items()
    }
