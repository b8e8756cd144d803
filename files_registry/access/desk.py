"""What waits for a person among rights, and what they asked for (第11条第1項)."""

from collections.abc import Iterable
from datetime import date

from files_registry.access.models import Grant, GrantStatus
from files_registry.access.turn_queries import my_turn
from nerima_privacy.duties.desk import WorkItem, register_work
from roles.holdings import Holdings
from roles.models import Appointment, Person
from roles.seats import Seat

LIMIT = 50


@register_work
def work(person: Person, holdings: Holdings, on: date) -> list[WorkItem]:
    """Requests to decide on, the longest waiting first; and one's own that wait."""
    return [*_turns(person, holdings), *_sent(person)]


def _turns(person: Person, holdings: Holdings) -> Iterable[WorkItem]:
    if not holdings.has(Seat.PROTECTION_MANAGER, Seat.DEPARTMENT_PROTECTION_MANAGER, Seat.GENERAL_PROTECTION_MANAGER):
        return
    waiting = Grant.objects.filter(my_turn(person, holdings)).order_by("status_since")
    for grant in waiting.select_related("file__unit__parent", "person", "group__unit", "unit")[:LIMIT]:
        post = _post(grant, holdings)
        yield WorkItem(
            title=f"アクセス権の申請　{grant.file.name}",
            url=grant.get_absolute_url(),
            detail=f"{grant.unit.name}　{grant.holder}　{'、'.join(right.label for right in grant.rights)}",
            article="11-1",
            due_on=None,
            since=grant.status_since,
            kind="turn",
            post_id=post.pk if post else None,
        )


def _post(grant: Grant, holdings: Holdings) -> Appointment | None:
    department = grant.file.unit.department
    return (
        holdings.post(Seat.PROTECTION_MANAGER, unit_id=grant.file.unit_id)
        or (department and holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=department.pk))
        or holdings.post(Seat.GENERAL_PROTECTION_MANAGER)
    )


def _sent(person: Person) -> Iterable[WorkItem]:
    own = Grant.objects.filter(asked_by=person, status=GrantStatus.REQUESTED).order_by("status_since")
    for grant in own.select_related("file__unit", "person", "group__unit")[:LIMIT]:
        yield WorkItem(
            title=f"アクセス権の申請　{grant.file.name}",
            url=grant.get_absolute_url(),
            detail=f"{grant.holder}の分　決定を待っています",
            article="11-1",
            due_on=None,
            since=grant.status_since,
            kind="sent",
            now_with=f"{grant.file.unit.name}　{Seat.PROTECTION_MANAGER.label}",
        )
