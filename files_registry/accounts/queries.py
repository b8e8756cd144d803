"""What the pages of account lists read, set-based."""

from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from files_registry.accounts import policies
from files_registry.accounts.answering import waiting
from files_registry.accounts.models import AccountComparison, AccountFinding, ComparisonStatus, FindingKind
from files_registry.systems.models import InformationSystem, SystemFile
from nerima_privacy.calendars.periods import today
from roles.models import Person


def with_files(on: date) -> QuerySet[InformationSystem]:
    """The systems in use on a day that hold a file: those whose list is to be compared."""
    kept = SystemFile.objects.on(on).filter(system=OuterRef("pk"))
    return InformationSystem.objects.on(on).filter(Exists(kept))


def last_as_of(on: date) -> Subquery:
    """The day of the last list recorded until a day, of a system."""
    recorded = AccountComparison.objects.filter(system=OuterRef("pk"), status=ComparisonStatus.RECORDED, as_of__lte=on)
    return Subquery(recorded.order_by("-pk").values("as_of")[:1])


def first_file(on: date) -> Subquery:
    """Since when a system has held a file it still holds."""
    kept = SystemFile.objects.on(on).filter(system=OuterRef("pk")).order_by().values("system")
    return Subquery(kept.annotate(first=Min("valid_from")).values("first")[:1])


def with_standing(systems: QuerySet[InformationSystem], user: Person) -> QuerySet[InformationSystem]:
    """Each system with the day of its last list, what waits for an answer, and whether the reader sees all of it."""
    on = today()
    open_findings = waiting(AccountFinding.objects.filter(comparison__system=OuterRef("pk")), on).order_by()
    how_many = open_findings.values("comparison__system").annotate(n=Count("pk")).values("n")
    whole = Exists(policies.seen_whole(user).filter(pk=OuterRef("pk")))
    return systems.select_related("unit__parent").annotate(
        last_as_of=last_as_of(on),
        first_file=first_file(on),
        waiting=Coalesce(Subquery(how_many), 0),
        whole=whole,
    )


def due_on(last: date | None, first: date | None, interval: int) -> date | None:
    """The last day for the next comparison; None where nothing is kept in the system."""
    since = last or first
    return since + timedelta(days=interval) if since else None


def of_kind(findings: QuerySet[AccountFinding], tab: str, on: date) -> QuerySet[AccountFinding]:
    """The findings of a tab: those that wait for an answer, or those of a kind."""
    if tab in FindingKind.values:
        return findings.filter(kind=tab)
    return waiting(findings, on)


def counts_of(findings: QuerySet[AccountFinding], on: date) -> dict[str, int]:
    """How many there are of each kind, and how many wait; one query."""
    waits = ExpressionWrapper(
        Q(closed_in=None) & ~Q(kind=FindingKind.MISSING) & (Q(answer=None) | Q(answer__until__lt=on)),
        output_field=BooleanField(),
    )
    rows = findings.order_by().annotate(waits=waits).values("kind", "waits").annotate(n=Count("pk"))
    found: dict[str, int] = dict.fromkeys([*FindingKind.values, "waiting"], 0)
    for kind, waits_too, n in rows.values_list("kind", "waits", "n"):
        found[kind] += n
        found["waiting"] += n if waits_too else 0
    return found


def for_list(findings: QuerySet[AccountFinding]) -> QuerySet[AccountFinding]:
    """What a line shows, with the answer of the last time."""
    return findings.select_related("person", "answer__answered_by", "continues__answer")


def comparisons_of(user: Person, system: InformationSystem) -> QuerySet[AccountComparison]:
    """The comparisons of one system the reader may know of, newest first, without what is heavy."""
    rows: Any = policies.visible_to(user).filter(system=system)
    return rows.order_by("-pk").defer("payload", "shown", "problems", "words")
