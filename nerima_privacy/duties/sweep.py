"""The daily sweep: reminds of what is due and late, brings lateness to the seat above, and does the daily jobs.

One notice a person and day, never two, however often and however many at once it runs: the key of a reminder is its
day, and the database keeps a person from being told one key twice. Days on which no sweep ran are made up for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.urls import reverse

from nerima_privacy.activity.models import Entry
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.daily import daily_jobs
from nerima_privacy.duties.paragraphs import label as article_label
from nerima_privacy.duties.registry import Duty, Finding, Scope, all_duties
from nerima_privacy.duties.seating import Seating, Told
from nerima_privacy.duties.territory import territory
from nerima_privacy.law.parameters import parameters
from nerima_privacy.notices.outbox import queue
from nerima_privacy.notices.tasks import deliver_due
from roles.models import Person
from roles.people import system_actor

VERB = "sweep.ran"
CATCH_UP = 31
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Rules:
    """When to remind (legal parameters): days before (negative) or on the last day, then every so many days."""

    offsets: frozenset[int]
    overdue_every: int
    escalate_after: int

    def remind(self, finding: Finding, day: date) -> bool:
        """Whether `day` is one of the days to remind of the finding."""
        late = (day - finding.late_since).days
        if late > 0 or finding.due_on is None:
            return late >= 0 and late % self.overdue_every == 0
        return late in self.offsets

    def escalate(self, finding: Finding, day: date) -> bool:
        """Whether `day` is one of the days to bring it to the seat above."""
        late = (day - finding.late_since).days - self.escalate_after
        return late >= 0 and late % self.overdue_every == 0


@dataclass
class Pile:
    """What one person is told of, and whether any of it is another seat's turn."""

    person: Person
    lacks: list[tuple[Duty, Finding]] = field(default_factory=list)
    stands_in: bool = False


@dataclass
class Swept:
    """What a run did; `failed` names the jobs and duties that broke, the rest went on without them."""

    on: date
    duties: int = 0
    findings: int = 0
    reminded: int = 0
    escalated: int = 0
    unreached: int = 0
    jobs: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def facts(self) -> dict[str, Any]:
        """For the record: a date, counts, and names of jobs and duties."""
        return {**vars(self), "on": self.on.isoformat()}


def sweep(on: date | None = None) -> Swept:
    """Run the sweep of a day (today) as the system actor; leaves one entry, `sweep.ran`."""
    on = on or today()
    actor = system_actor()
    swept = Swept(on)
    _run_jobs(swept, actor)
    found = _find(swept)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=actor.pk)  # a sweep at the same time waits here
        piles, above = _sort(swept, found, _days(on, actor))
        swept.reminded = sum(_remind(pile, on) for pile in piles)
        swept.escalated = sum(_bring_up(pile, on) for pile in above)
        record(VERB, actor=actor, subject=actor, facts=swept.facts())
    deliver_due()
    return swept


def _run_jobs(swept: Swept, actor: Person) -> None:
    for job in daily_jobs():
        name = f"{job.__module__}.{job.__name__}"
        try:
            swept.jobs[name] = job(swept.on, actor)
        except Exception as error:
            swept.failed.append(name)
            log.exception("daily_job_failed", job=name, error=type(error).__name__)


def _find(swept: Swept) -> list[tuple[Duty, Finding]]:
    found: list[tuple[Duty, Finding]] = []
    scope = Scope(swept.on)
    for duty in all_duties():
        try:
            outcome = duty.check(scope)
        except Exception as error:
            swept.failed.append(duty.id)
            log.exception("duty_failed", duty=duty.id, error=type(error).__name__)
            continue
        swept.duties += 1
        swept.findings += len(outcome.findings)
        found += [(duty, finding) for finding in outcome.findings]
    return found


def _days(on: date, actor: Person) -> list[date]:
    """The day itself, and those since the latest day swept; a past one swept once more brings none of them back."""
    ran = Entry.objects.filter(actor=actor, verb=VERB).order_by("-pk").values_list("facts", flat=True)
    since = max((date.fromisoformat(facts["on"]) for facts in ran[:CATCH_UP]), default=on)
    missed = min(max((on - since).days - 1, 0), CATCH_UP)
    return [on - timedelta(days=n) for n in range(missed + 1)]


def _sort(swept: Swept, found: list[tuple[Duty, Finding]], days: list[date]) -> tuple[Iterable[Pile], Iterable[Pile]]:
    """What each person is reminded of, and what is brought to each."""
    values = parameters(["reminder.offsets", "reminder.overdue_every", "reminder.escalate_after"], swept.on)
    rules = Rules(
        frozenset(values["reminder.offsets"]), values["reminder.overdue_every"], values["reminder.escalate_after"]
    )
    seating = Seating(territory(swept.on))
    remind: dict[int, Pile] = {}
    bring_up: dict[int, Pile] = {}
    for duty, finding in found:
        if any(rules.remind(finding, day) for day in days):
            told = seating.reminded(duty.turn(finding), finding.unit_id)
            swept.unreached += told is None
            _pile(remind, told, duty, finding)
        if any(rules.escalate(finding, day) for day in days):
            _pile(bring_up, seating.above(duty.turn(finding), finding.unit_id), duty, finding)
    return remind.values(), bring_up.values()


def _pile(piles: dict[int, Pile], told: Told | None, duty: Duty, finding: Finding) -> None:
    for person in told.people if told else []:
        pile = piles.setdefault(person.pk, Pile(person))
        pile.lacks.append((duty, finding))
        pile.stands_in |= bool(told and told.stands_in)


def _remind(pile: Pile, on: date) -> int:
    late = sum(finding.late(on) for _, finding in pile.lacks)
    soon = len(pile.lacks) - late
    parts = [f"期限をすぎたものが{late}件"] * bool(late) + [f"期限の近いものが{soon}件"] * bool(soon)
    note = "空席の役割に代わってお知らせするものを含みます。\n" if pile.stands_in else ""
    return queue(
        "duties.reminder",
        to=[pile.person],
        subject=pile.person,
        title=f"{'、'.join(parts)}あります",
        body=note + _by_article(pile, on),
        url=reverse("board" if pile.stands_in else "desk"),
        key=f"reminder:{on}",
    )


def _bring_up(pile: Pile, on: date) -> int:
    return queue(
        "duties.escalation",
        to=[pile.person],
        subject=pile.person,
        title=f"受け持つ組織で、長くおくれているものが{len(pile.lacks)}件あります",
        body=_by_article(pile, on),
        url=reverse("board"),
        key=f"escalation:{on}",
    )


def _by_article(pile: Pile, on: date) -> str:
    """「第10条第1項　保有の届出　おくれ2件、期限前1件」, one line a duty."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for duty, finding in pile.lacks:
        counts[duty.article, duty.title]["おくれ" if finding.late(on) else "期限前"] += 1
    return "\n".join(
        f"{article_label(article)}　{title}　" + "、".join(f"{word}{count}件" for word, count in sorted(words.items()))
        for (article, title), words in counts.items()
    )
