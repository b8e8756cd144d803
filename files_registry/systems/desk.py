"""What waits for the two sides: proposals to answer, own proposals, and for administrators what is not agreed yet."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from files_registry.systems.models import Side, SystemAgreement
from files_registry.systems.queries import in_office, links_on, unattended, unproposed
from files_registry.systems.sides import awaiting, open_proposals
from nerima_privacy.duties.desk import MOST, Work, WorkItem, register_work, the_rest
from nerima_privacy.law.parameters import parameter
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import reading
from roles.holdings import Holdings
from roles.models import Person
from roles.seats import Seat

AGREEMENT = (
    *("side", "topic_label", "status_since", "system__name", "unit__name", "unit__is_department", "unit__parent"),
    "proposed_by__name",
)


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """Proposals the person is to answer, those that wait for an answer, and systems administered with topics open.

    What is lacking on the manager's side is a finding of the duties, and on the desk of 保護責任者 by them.
    """
    codes = [row["code"] for row in parameter("system.agreement_topics", on)]
    mine = in_office(on).filter(person=person).values("system")
    links = links_on(on).filter(system__in=mine)
    columns = ("system", "system__name", "file__unit", "file__unit__name", "valid_from")
    sent = open_proposals(on).filter(proposed_by=person)
    asked, waiting, open_pairs, late = yield [
        objects(awaiting(person, holdings), *AGREEMENT),
        objects(sent, *AGREEMENT),
        reading(links.filter(unproposed(on, codes)), *columns),
        reading(unattended(on).filter(system__in=mine), "system", "system__name", "unit", "unit__name", "review_on"),
    ]
    return [
        *_group([_to_answer(row, holdings) for row in _longest(asked)], "turn"),
        *_group([_sent(row) for row in _longest(waiting)], "sent"),
        *_group(_to_agree(open_pairs, late), "turn"),
    ]


def _longest(rows: Iterable[SystemAgreement]) -> list[SystemAgreement]:
    return sorted(rows, key=lambda row: (row.status_since, row.pk))


def _group(items: Sequence[WorkItem], kind: Any) -> Iterable[WorkItem]:
    """The first MOST, and the line that leads to the list of systems."""
    yield from items[:MOST]
    if items[MOST:]:
        yield the_rest(
            (item.url for item in items[MOST:]),
            title="情報システムの一覧で見る",
            url=reverse("systems:list"),
            detail=f"ここには、はじめの{MOST}件を出しています。",
            article="5-4",
            since=items[MOST].since,
            kind=kind,
        )


def _to_answer(row: SystemAgreement, holdings: Holdings) -> WorkItem:
    return WorkItem(
        title=f"{row.system.name}　{row.topic_label}の提案",
        url=row.get_absolute_url(),
        detail=f"{row.unit.name}のファイルについて、{row.proposed_by.name}さんの提案に答えてください。",
        article="5-4",
        due_on=None,
        since=row.status_since,
        kind="turn",
        post_id=_post(row, holdings),
    )


def _post(row: SystemAgreement, holdings: Holdings) -> int | None:
    """The post in which the manager's side is spoken for; the administrator's side is no post."""
    if row.side == Side.MANAGER:
        return None
    above = row.unit_id if row.unit.is_department else row.unit.parent_id
    post = (
        holdings.post(Seat.PROTECTION_MANAGER, unit_id=row.unit_id)
        or (holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=above) if above else None)
        or holdings.post(Seat.GENERAL_PROTECTION_MANAGER)
    )
    return post.pk if post else None


def _sent(row: SystemAgreement) -> WorkItem:
    other = Side(row.side).other
    return WorkItem(
        title=f"{row.system.name}　{row.topic_label}の提案",
        url=row.get_absolute_url(),
        detail=f"{row.unit.name}のファイルについて、回答を待っています。",
        article="5-4",
        due_on=None,
        since=row.status_since,
        kind="sent",
        now_with=f"{row.unit.name}　{other.label}" if other is Side.MANAGER else str(other.label),
    )


def _to_agree(open_pairs: Iterable[Any], late: Iterable[Any]) -> list[WorkItem]:
    """One line for each unit whose files are in a system the person administers."""
    days: dict[tuple[int, int], tuple[str, date | None, date]] = {}
    for system, name, unit, unit_name, since in sorted(open_pairs):
        days.setdefault((system, unit), (f"{name}　{unit_name}との合意", None, since))
    for system, name, unit, unit_name, review_on in sorted(late, key=lambda row: row[4]):
        days[system, unit] = (f"{name}　{unit_name}との合意", review_on, review_on)
    return [
        WorkItem(
            title=title,
            url=reverse("systems:pair", args=pair),
            detail="合意のない事項、または見直しの期限を過ぎた合意があります。提案してください。",
            article="5-4",
            due_on=due_on,
            since=since,
            kind="turn",
        )
        for pair, (title, due_on, since) in days.items()
    ]


def badge(person: Person, holdings: Holdings) -> Any:
    """What the number beside the menu line counts: the proposals the person is to answer."""
    return awaiting(person, holdings)
