"""What 第11条第1項 asks of rights: decided, confirmed each round, and no more of them than are used."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from files_registry.access.holders import in_force_at
from files_registry.access.models import Grant, GrantStatus, Opening
from files_registry.access.rounds import KEYS, round_on, unconfirmed, unconfirmed_at
from files_registry.catalogue.models import PersonalInformationFile
from nerima_privacy.calendars.periods import end_of, today
from nerima_privacy.duties.lacking import Due, in_order, tallied
from nerima_privacy.duties.registry import Asked, Finding, Outcome, Scope, duty
from nerima_privacy.web.together import Reading, Row, counted
from roles.seats import Seat

S = GrantStatus


def _in(scope: Scope, grants: QuerySet[Grant]) -> QuerySet[Grant]:
    return grants if scope.units is None else grants.filter(file__unit__in=scope.units)


def _by_file(scope: Scope, grants: QuerySet[Grant], word: Callable[[Row], Finding], due: Due) -> Reading:
    """`word` is given (file, its name and unit, how many of these grants, when the first was decided)."""
    of, own = ("file", "file__name", "file__unit"), _in(scope, grants)
    if scope.counting:
        return tallied(scope, own, due=due, unit="file__unit", of="file")
    rows = own.order_by().values(*of).annotate(n=Count("pk"), first=Min("decided_at"))
    return Reading(rows, (*of, "n", "first"), word)


def _moment(scope: Scope) -> datetime | None:
    """The last moment of a past day; None for today, of which the rows themselves know."""
    return end_of(scope.on) - timedelta(microseconds=1) if scope.on < today() else None


def _in_force(scope: Scope) -> Reading:
    def files() -> Reading:
        at, of = _moment(scope), Grant.objects.filter(file=OuterRef("pk"))
        granted = in_force_at(of, at) if at else of.filter(status=S.GRANTED)  # the first of each file is enough
        held = PersonalInformationFile.objects.filter(Exists(granted))
        return counted(held if scope.units is None else held.filter(unit__in=scope.units), "unit")

    return scope.once("files with rights by unit", files)


@duty("access.rights_confirmed", article="11-1", title="アクセス権の棚卸し", seat=Seat.PROTECTION_MANAGER)
def rights_confirmed(scope: Scope) -> Asked:
    """Every right over a file is confirmed in each round: kept, narrowed or ended (第11条第1項)."""
    current = round_on(scope.on, {key: scope.parameter(key) for key in KEYS})

    def word(row: Row) -> Finding:
        pk, name, unit_id, count, _ = row
        return Finding(
            subject=f"{name}（{count}件）",
            url=reverse("access:who", args=[pk]),
            unit_id=unit_id,
            since=current.begins_on,
            due_on=current.due_on,
            clears="保護責任者が、継続するか終えるかを一件ずつ確かめると消えます。",
            key=f"file:{pk}",
        )

    at = _moment(scope)
    waiting = unconfirmed_at(current, at) if at else unconfirmed(current)
    short = _by_file(scope, waiting, word, Due(current.due_on))
    found, by_unit = yield [short, _in_force(scope)]
    return Outcome.counted(dict(by_unit), in_order(found))


@duty("access.rights_used", article="11-1", title="必要最小限のアクセス権", seat=Seat.PROTECTION_MANAGER)
def rights_used(scope: Scope) -> Asked:
    """A right nobody used for long is more than the work needs (第11条第1項)."""
    days, at = timedelta(days=int(scope.parameter("access.unused_days"))), _moment(scope)

    def word(row: Row) -> Finding:
        pk, name, unit_id, count, first = row
        return Finding(
            subject=f"{name}（{count}件）",
            url=reverse("access:who", args=[pk]),
            unit_id=unit_id,
            since=timezone.localdate(first),
            due_on=timezone.localdate(first) + days,
            clears="保護責任者が、使われていないアクセス権を取り消すか、本人が使うと消えます。",
            key=f"unused:{pk}",
        )

    idle = _idle_at(at, days) if at else _idle(timezone.now() - days)
    short = _by_file(scope, idle, word, Due("decided_at", days))
    found, by_unit = yield [short, _in_force(scope)]
    return Outcome.counted(dict(by_unit), in_order(found))


def _idle(since: datetime) -> QuerySet[Grant]:
    """The rights of people that nobody used since a moment, nor were decided since; found by an index of their own."""
    grants = Grant.objects.filter(status=S.GRANTED, person__isnull=False, ends_at__gt=timezone.now())
    return grants.alias(idle=Coalesce("used_at", "decided_at")).filter(idle__lt=since, decided_at__lt=since)


def _idle_at(at: datetime, days: timedelta) -> QuerySet[Grant]:
    """The same at a past moment: what was used since then is told by the openings alone."""
    used = Opening.objects.filter(file=OuterRef("file"), person=OuterRef("person"), refused=False)
    grants = in_force_at(Grant.objects.filter(person__isnull=False, decided_at__lt=at - days), at)
    return grants.filter(~Exists(used.filter(at__gt=at - days, at__lte=at)))
