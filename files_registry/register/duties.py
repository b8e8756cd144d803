"""What the law asks of the book: judged, kept up to date, cleared of what is no longer held (令第21条)."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.timezone import localdate

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.register.models import Edition, EntrySource
from files_registry.register.queries import removed_since, undecided, with_decision
from nerima_privacy.duties.lacking import Due, in_order, lacking
from nerima_privacy.duties.registry import Asked, Finding, Outcome, Scope, duty
from nerima_privacy.web.together import Asking, Row, counted, reading
from roles.seats import Seat

PUBLISHER = "情報公開課長がつぎの版を公表すると解消します。"


def _latest(on: date) -> Subquery:
    """The edition in force on a day, found within the query that asks about it."""
    return Subquery(Edition.objects.filter(published_at__date__lte=on).order_by("-number").values("pk")[:1])


def _grace(scope: Scope) -> timedelta:
    """The days 情報公開課 gives itself: the law says 直ちに and 遅滞なく, and names no number."""
    return timedelta(days=int(scope.parameter("register.prompt_days")))


def _within(rows: QuerySet[Any], scope: Scope, unit: str = "unit") -> QuerySet[Any]:
    return rows if scope.units is None else rows.filter(**{f"{unit}__in": scope.units})


@duty("register.undecided", article="10-1", title="掲載の判断（法第75条・令第21条第1項）", seat=Seat.DISCLOSURE_STAFF)
def judged(scope: Scope) -> Asked:
    """Each held file's version in force is judged: in the book, or off it on a named ground."""
    held = _within(PersonalInformationFile.objects.filter(status=FileStatus.HELD), scope)
    grace = _grace(scope)

    def word(row: Row) -> Finding:
        since, pk, name, unit_id = row
        return Finding(
            subject=name,
            url=reverse("editions:decide", args=[pk]),
            unit_id=unit_id,
            since=since,
            due_on=since + grace,
            clears="情報公開課が、ファイル簿に載せるかどうかを判断すると解消します。",
            key=str(pk),
        )

    read = reading(_within(undecided(), scope), "waiting_since", "pk", "name", "unit")
    found, by_unit = yield [lacking(scope, read, word, due=Due("waiting_since", grace)), counted(held, "unit")]
    return Outcome.counted(dict(by_unit), in_order(found))


@duty(
    "register.still_listed", article="10-3", title="ファイル簿からの削除（令第21条第4項）", seat=Seat.DISCLOSURE_MANAGER
)
def cleared(scope: Scope) -> Asked:
    """What is no longer held, or fell under 1,000 persons, leaves the book 遅滞なく."""
    edition = _latest(scope.on)
    sources = EntrySource.objects.filter(edition=edition)
    gone, by_unit = yield [
        reading(
            _within(removed_since(edition), scope, "file__unit"),
            *("pk", "file", "file__name", "file__unit", "file__ceased_on", "off_since"),
        ),
        counted(_within(sources, scope, "file__unit"), "file__unit"),
    ]
    grace, findings = _grace(scope), []
    for _, file_id, name, unit_id, ceased_on, off_since in sorted(gone):
        since = ceased_on or (localdate(off_since) if off_since else scope.on)
        findings.append(
            Finding(
                subject=name,
                url=reverse("editions:preview"),
                unit_id=unit_id,
                since=since,
                due_on=since + grace,
                clears=PUBLISHER,
                key=str(file_id),
            )
        )
    return Outcome.counted(dict(by_unit), findings)


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
def up_to_date(scope: Scope) -> Asked:
    """What was judged to be listed stands in the edition in force as judged, 直ちに."""
    grace = _grace(scope)

    def word(row: Row) -> Finding:
        pk, name, unit_id, decided_at = row
        return Finding(
            subject=name,
            url=reverse("editions:preview"),
            unit_id=unit_id,
            since=localdate(decided_at),
            due_on=localdate(decided_at) + grace,
            clears=PUBLISHER,
            key=str(pk),
        )

    read = reading(_within(_behind(scope.on), scope), "pk", "name", "unit", "decided_at")
    found, by_unit = yield [
        lacking(scope, read, word, due=Due("decided_at", grace)),
        counted(_within(with_decision().filter(listed=True), scope), "unit"),
    ]
    return Outcome.counted(dict(by_unit), in_order(found))


def outdated(on: date) -> Asking[tuple[int, date | None]]:
    """How many files the edition in force is behind with, and since when."""
    behind, gone = _behind(on).order_by(), removed_since(_latest(on)).order_by()
    (late,), (off,) = yield [
        reading(_whole(behind, since=Min("decided_at")), "how_many", "since"),
        reading(_whole(gone, ceased=Min("file__ceased_on"), judged=Min("off_since")), "how_many", "judged", "ceased"),
    ]
    days = [localdate(moment) for moment in (late[1], off[1]) if moment] + [day for day in off[2:] if day]
    return late[0] + off[0], min(days, default=None)


def _whole(rows: QuerySet[Any], **first: Min) -> QuerySet[Any]:
    """One row for all of them."""
    return rows.annotate(whole=Value(1)).values("whole").annotate(how_many=Count("pk"), **first)
