"""What the law asks of the book: judged, kept up to date, cleared of what is no longer held (令第21条)."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localdate

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.register.models import Edition, EntrySource
from files_registry.register.queries import removed_since, undecided, with_decision
from nerima_privacy.duties.registry import Finding, Outcome, Scope, duty
from roles.seats import Seat

PUBLISHER = "情報公開課長がつぎの版を公表すると解消します。"


def _latest(on: date) -> Edition | None:
    return Edition.objects.filter(published_at__date__lte=on).order_by("-number").first()


def _grace(scope: Scope) -> timedelta:
    """The days 情報公開課 gives itself: the law says 直ちに and 遅滞なく, and names no number."""
    return timedelta(days=int(scope.parameter("register.prompt_days")))


def _within(files: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    return files if scope.units is None else files.filter(unit__in=scope.units)


def _by_unit(rows: QuerySet[Any], unit: str) -> dict[int | None, int]:
    return dict(rows.order_by().values_list(unit).annotate(n=Count("pk")))


@duty("register.undecided", article="10-1", title="掲載の判断（法第75条・令第21条第1項）", seat=Seat.DISCLOSURE_STAFF)
def judged(scope: Scope) -> Outcome:
    """Each held file's version in force is judged: in the book, or off it on a named ground."""
    held = _within(PersonalInformationFile.objects.filter(status=FileStatus.HELD), scope)
    grace = _grace(scope)
    findings = [
        Finding(
            subject=name,
            url=reverse("editions:decide", args=[pk]),
            unit_id=unit_id,
            since=since,
            due_on=since + grace,
            clears="情報公開課が、ファイル簿に載せるかどうかを判断すると解消します。",
            key=str(pk),
        )
        for pk, name, unit_id, since in _within(undecided(), scope).values_list(
            "pk", "name", "unit_id", "waiting_since"
        )
    ]
    return Outcome.counted(_by_unit(held, "unit"), findings)


@duty(
    "register.still_listed", article="10-3", title="ファイル簿からの削除（令第21条第4項）", seat=Seat.DISCLOSURE_MANAGER
)
def cleared(scope: Scope) -> Outcome:
    """What is no longer held, or fell under 1,000 persons, leaves the book 遅滞なく."""
    edition = _latest(scope.on)
    if edition is None:
        return Outcome(0)
    sources = EntrySource.objects.filter(edition=edition)
    gone = removed_since(edition)
    if scope.units is not None:
        sources, gone = sources.filter(file__unit__in=scope.units), gone.filter(file__unit__in=scope.units)
    grace = _grace(scope)
    findings = []
    for source in gone:
        since = source.file.ceased_on or (localdate(source.off_since) if source.off_since else scope.on)
        findings.append(
            Finding(
                subject=source.file.name,
                url=reverse("editions:preview"),
                unit_id=source.file.unit_id,
                since=since,
                due_on=since + grace,
                clears=PUBLISHER,
                key=str(source.file_id),
            )
        )
    return Outcome.counted(_by_unit(sources, "file__unit"), findings)


def _behind(on: date) -> QuerySet[Any]:
    printed = EntrySource.objects.filter(edition=_latest(on), file=OuterRef("pk")).values("decision")[:1]
    listed = with_decision().filter(listed=True).annotate(printed=Subquery(printed))
    return listed.filter(Q(printed=None) | ~Q(printed=F("decision")))


@duty(
    "register.behind",
    article="10-1",
    title="ファイル簿への記載・修正（令第21条第1項・第3項）",
    seat=Seat.DISCLOSURE_MANAGER,
)
def up_to_date(scope: Scope) -> Outcome:
    """What was judged to be listed stands in the edition in force as judged, 直ちに."""
    listed = _within(with_decision().filter(listed=True), scope)
    grace = _grace(scope)
    findings = [
        Finding(
            subject=name,
            url=reverse("editions:preview"),
            unit_id=unit_id,
            since=localdate(decided_at),
            due_on=localdate(decided_at) + grace,
            clears=PUBLISHER,
            key=str(pk),
        )
        for pk, name, unit_id, decided_at in _within(_behind(scope.on), scope).values_list(
            "pk", "name", "unit_id", "decided_at"
        )
    ]
    return Outcome.counted(_by_unit(listed, "unit"), findings)


def outdated(on: date) -> tuple[int, date | None]:
    """How many files the edition in force is behind with, and since when."""
    behind = _behind(on).aggregate(count=Count("pk"), since=Min("decided_at"))
    gone = removed_since(_latest(on)).aggregate(
        count=Count("pk"), ceased=Min("file__ceased_on"), judged=Min("off_since")
    )
    days = [localdate(moment) for moment in (behind["since"], gone["judged"]) if moment]
    days += [gone["ceased"]] if gone["ceased"] else []
    return behind["count"] + gone["count"], min(days, default=None)
