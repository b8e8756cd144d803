"""What waits for a person among rights, and what they asked for (第11条第1項)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from files_registry.access.models import Grant, GrantStatus
from files_registry.access.policies import deciding_turn
from files_registry.access.turn_queries import my_turn
from files_registry.catalogue.turns import Seating
from nerima_privacy.duties.desk import MOST, Work, WorkItem, register_work, the_rest
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import Reading
from roles.holdings import Holdings
from roles.models import Appointment, Person
from roles.seats import Seat
from roles.successions import living_by, successions

COLUMNS = (
    *("status_since", "may_open", "may_enter", "may_erase", "may_output", "file__name", "file__unit__name"),
    *("file__unit__is_department", "file__unit__valid_to", "file__unit__parent__name"),
    *("file__unit__parent__is_department", "file__unit__parent__valid_to"),
    *("unit__name", "person__name", "group__kind", "group__unit__name", "origin", "asked_by_id"),
)  # fmt: skip


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """Requests to decide on, the longest waiting first; and one's own that wait."""
    own = Grant.objects.filter(asked_by=person, status=GrantStatus.REQUESTED)
    turns, sent, took_over = yield [
        _reading(Grant.objects.filter(my_turn(person, holdings))),
        _reading(own),
        successions(),
    ]
    seated = Seating((grant.file.unit for grant in sent), living_by(took_over, on))
    if sent:
        (seats,) = yield [seated.reading]
        seated.take(seats)
    return [*_turns(_longest_first(turns), holdings), *_sent(_longest_first(sent), seated)]


def _reading(grants: QuerySet[Grant]) -> Reading:
    return objects(grants, *COLUMNS)


def _longest_first(grants: Iterable[Grant]) -> list[Grant]:
    return sorted(grants, key=lambda grant: (grant.status_since, grant.pk))


def _turns(grants: list[Grant], holdings: Holdings) -> Iterable[WorkItem]:
    for grant in grants[:MOST]:
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
    if grants[MOST:]:
        yield the_rest(
            (grant.get_absolute_url() for grant in grants[MOST:]),
            title="アクセス権の一覧の「わたしの番」ですべて見る",
            url=reverse("access:list"),
            detail=f"ここには、はじめの{MOST}件を出しています。",
            article="11-1",
            since=grants[MOST].status_since,
            kind="turn",
        )


def _post(grant: Grant, holdings: Holdings) -> Appointment | None:
    unit = grant.file.unit
    department = unit.pk if unit.is_department else unit.parent_id
    return (
        holdings.post(Seat.PROTECTION_MANAGER, unit_id=unit.pk)
        or (holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=department) if department else None)
        or holdings.post(Seat.GENERAL_PROTECTION_MANAGER)
    )


def _sent(grants: list[Grant], seated: Seating) -> Iterable[WorkItem]:
    for grant in grants[:MOST]:
        yield WorkItem(
            title=f"アクセス権の申請　{grant.file.name}",
            url=grant.get_absolute_url(),
            detail=f"{grant.holder}の分　決定を待っています",
            article="11-1",
            due_on=None,
            since=grant.status_since,
            kind="sent",
            now_with=deciding_turn(grant, seated).label,
        )
    if grants[MOST:]:
        yield the_rest(
            (grant.get_absolute_url() for grant in grants[MOST:]),
            title="アクセス権の一覧ですべて見る",
            url=f"{reverse('access:list')}?tab=mine",
            detail=f"ここには、はじめの{MOST}件を出しています。",
            article="11-1",
            since=grants[MOST].status_since,
            kind="sent",
        )
