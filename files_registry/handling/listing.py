"""The lists of this area under their tabs, and what is the reader's turn, in one query each."""

from typing import Any, TypeVar

from django.db.models import Count, F, Q, QuerySet

from files_registry.catalogue import listing as files
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.searching import normalise
from files_registry.handling import policies
from files_registry.handling.models import (
    CheckStatus,
    Correction,
    Extension,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
    StandingPermission,
)
from files_registry.handling.models.corrections import OPEN_CORRECTIONS
from files_registry.handling.models.requests import OPEN_STATUSES
from files_registry.handling.turn_queries import my_turns, with_extension, with_second
from roles.holdings import Holdings, holdings_of
from roles.models import Person

T = TypeVar("T", HandlingRequest, StandingPermission, Correction)
STANDING_CHECKS = [CheckStatus.FILLED, CheckStatus.CONFIRMED, CheckStatus.SENT]
PER_PAGE = 50
TABS = [("turn", "わたしの番"), ("open", "手続中"), ("ended", "終わったもの"), ("all", "すべて")]


def listed(user: Person, tab: str, wanted: dict[str, Any]) -> QuerySet[HandlingRequest]:
    """The requests of a tab, filtered: what is due first, then what waits longest; ended ones newest first."""
    rows = policies.visible_to(user)
    if tab == "turn":
        rows = rows.filter(my_turns(user, holdings_of(user)))
    elif tab == "open":
        rows = rows.filter(status__in=OPEN_STATUSES)
    elif tab == "ended":
        rows = rows.exclude(status__in=OPEN_STATUSES)
    order: tuple[Any, ...] = ("-pk",)
    if tab in {"turn", "open"}:
        order = (F("return_due_on").asc(nulls_last=True), F("status_since").asc(), "pk")
    return _filtered(rows, wanted).order_by(*order)


def _filtered(rows: QuerySet[HandlingRequest], wanted: dict[str, Any]) -> QuerySet[HandlingRequest]:
    rows = _of_words(rows, wanted.get("q", ""))
    for name in ("unit", "act", "status", "file"):
        if name in wanted:
            rows = rows.filter(**{name: wanted[name]})
    return rows


def lines(rows: QuerySet[HandlingRequest]) -> QuerySet[HandlingRequest]:
    """What a line of the list shows, and whom its turn asks for."""
    rows = with_extension(with_second(rows))
    return rows.select_related("file", "unit__parent", "applicant", "applicant_unit", "prepared_by").defer(
        "file__search_text", "items", "reason", "instructions", "return_evidence"
    )


def for_page(rows: QuerySet[HandlingRequest]) -> QuerySet[HandlingRequest]:
    """What the page of one request shows, in one query."""
    return with_second(rows).select_related(
        *("file__unit__parent", "file__current", "unit__parent", "applicant", "applicant_unit", "prepared_by"),
        *("decided_by", "done_by", "returned_by", "closed_by", "grant", "standing"),
        *("confirmed_check__filled_by", "confirmed_check__confirmed_by"),
    )


def turns(user: Person, holdings: Holdings) -> QuerySet[HandlingRequest]:
    """What the number beside the menu line counts."""
    return HandlingRequest.objects.filter(my_turns(user, holdings))


def choosing(user: Person, words: str) -> QuerySet[PersonalInformationFile]:
    """The files the reader may begin something with."""
    return files.filtered(policies.files_to_ask_for(user), {"q": words}).order_by("name", "pk")


def standing_list(user: Person, words: str = "") -> QuerySet[StandingPermission]:
    """Standing permissions; what waits first."""
    return _of_words(policies.standing_visible_to(user), words).order_by("status", "valid_to", "-pk")


def standing_lines(rows: QuerySet[StandingPermission]) -> QuerySet[StandingPermission]:
    """What a line of their list shows, with how often each was used: nothing withdrawn, sent back or called off."""
    uses = Q(uses__basis="standing") & ~Q(uses__status=HandlingStatus.WITHDRAWN)
    sendings = Q(sendings__request=None, sendings__status__in=STANDING_CHECKS)
    used = Count("uses", filter=uses, distinct=True) + Count("sendings", filter=sendings, distinct=True)
    return rows.annotate(used=used).select_related("file", "unit__parent", "users_unit")


def _of_words(rows: QuerySet[T], words: str) -> QuerySet[T]:
    """Those of files with each of the words."""
    for word in normalise(words).split():
        rows = rows.filter(file__search_text__contains=word)
    return rows


def corrections_list(user: Person, *, every: bool, words: str = "") -> QuerySet[Correction]:
    """Corrections, those under way first by their day; `every` with the ended ones."""
    rows = _of_words(policies.corrections_visible_to(user), words)
    if every:
        return rows.order_by("-pk")
    return rows.filter(status__in=OPEN_CORRECTIONS).order_by(F("due_on").asc(nulls_last=True), "status_since")


def checks_for(rows: QuerySet[SendingCheck]) -> QuerySet[SendingCheck]:
    """What the page of one check shows."""
    return rows.select_related(
        *("file", "unit__parent", "sender_unit", "request__file", "standing"),
        *("filled_by", "asked_of", "confirmed_by", "sent_by"),
    )


def check_lines(rows: QuerySet[SendingCheck]) -> QuerySet[SendingCheck]:
    """What a line of their list shows."""
    return rows.select_related("file", "filled_by", "asked_of", "confirmed_by")


def checks_list(user: Person, *, tab: str, file: int | None = None, words: str = "") -> QuerySet[SendingCheck]:
    """Checks that wait for the second person (`open`) or to be sent (`unsent`), the longest first; all newest first."""
    rows = policies.checks_visible_to(user)
    rows = rows if file is None else rows.filter(file=file)
    for word in normalise(words).split():
        rows = rows.filter(Q(file__search_text__contains=word) | Q(what__icontains=word))
    if tab == "open":
        return rows.filter(status=CheckStatus.FILLED).order_by("filled_at", "pk")
    if tab == "unsent":
        return rows.filter(status=CheckStatus.CONFIRMED, request=None).order_by("confirmed_at", "pk")
    return rows.order_by("-pk")


def extensions_of(request: HandlingRequest) -> list[Extension]:
    """Each later return date that was asked for, the newest first; none where nothing has to come back."""
    if request.return_due_on is None or request.decided_at is None:
        return []
    return list(request.extensions.select_related("asked_by", "decided_by"))


def open_check(request: HandlingRequest) -> SendingCheck | None:
    """The check under way or confirmed; None before the first, or after one was sent back."""
    standing = [CheckStatus.FILLED, CheckStatus.CONFIRMED]
    return request.sending_checks.filter(status__in=standing).select_related("asked_of").first()
