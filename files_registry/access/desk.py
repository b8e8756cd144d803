"""What waits for a person among rights, and what they asked for (第11条第1項)."""

from collections.abc import Iterable
from datetime import date

from files_registry.access.models import FIELDS, Grant, GrantStatus
from files_registry.access.turn_queries import my_turn
from nerima_privacy.duties.desk import Work, WorkItem, register_work
from nerima_privacy.web.objects import objects
from roles.holdings import Holdings
from roles.models import Appointment, Person
from roles.seats import Seat

LIMIT = 50
SHOWN = [
    *("status_since", *FIELDS.values(), "unit__name", "person__name", "group__kind", "group__unit__name"),
    *("file__name", "file__unit__name", "file__unit__is_department", "file__unit__parent__name"),
]


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """Requests to decide on, the longest waiting first; and one's own that wait."""
    waiting, own = Grant.objects.filter(my_turn(person, holdings)), Grant.objects.filter(asked_by=person)
    turns, sent = yield [objects(waiting, *SHOWN), objects(own.filter(status=GrantStatus.REQUESTED), *SHOWN)]
    return [*_turns(_first(turns), holdings), *_sent(_first(sent))]


def _first(grants: Iterable[Grant]) -> list[Grant]:
    return sorted(grants, key=lambda grant: (grant.status_since, grant.pk))[:LIMIT]


def _turns(grants: Iterable[Grant], holdings: Holdings) -> Iterable[WorkItem]:
    for grant in grants:
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


def _sent(grants: Iterable[Grant]) -> Iterable[WorkItem]:
    for grant in grants:
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
