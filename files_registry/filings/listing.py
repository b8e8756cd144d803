"""The list of notifications under its tabs, and what is the reader's turn, in one query each."""

from typing import Any

from django.db.models import F, Q, QuerySet

from files_registry.catalogue.searching import normalise
from files_registry.filings.models import OPEN_STATUSES, Filing, FilingStatus
from files_registry.filings.policies import visible_to
from files_registry.filings.queries import for_list
from files_registry.filings.turn_queries import my_turn
from nerima_privacy.calendars.fiscal import start
from nerima_privacy.calendars.periods import midnight
from roles.holdings import Holdings
from roles.models import Person

S = FilingStatus
PER_PAGE = 50
TABS = [("turn", "わたしの番"), ("open", "手続中"), ("ended", "終わったもの"), ("all", "すべて")]


def listed(user: Person, tab: str, wanted: dict[str, Any]) -> QuerySet[Filing]:
    """The notifications of a tab, filtered: open ones waiting longest first, ended ones newest first."""
    filings = visible_to(user)
    if tab == "turn":
        filings = filings.filter(my_turn(user))
    elif tab == "open":
        filings = filings.filter(status__in=OPEN_STATUSES)
    elif tab == "ended":
        filings = filings.exclude(status__in=OPEN_STATUSES)
    order = (F("status_since").asc(), "pk") if tab in {"turn", "open"} else ("-pk",)
    return filtered(filings, wanted).order_by(*order)


def lines(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """What a line of the list shows: `only` replaces, so what it needs besides `for_list` is named with that."""
    rows = for_list(filings)
    return rows.only(*sorted(rows.query.deferred_loading[0]), "already_done", "closed_at")


def filtered(filings: QuerySet[Filing], wanted: dict[str, Any]) -> QuerySet[Filing]:
    """The notifications that match."""
    for word in normalise(wanted.get("q", "")).split():
        filings = filings.filter(Q(file__search_text__contains=word) | Q(number__iexact=word))
    for name in ("unit", "kind", "status"):
        if name in wanted:
            filings = filings.filter(**{name: wanted[name]})
    if "year" in wanted:
        year = wanted["year"]
        filings = filings.filter(filed_at__gte=midnight(start(year)), filed_at__lt=midnight(start(year + 1)))
    return filings


def turns(user: Person, holdings: Holdings) -> QuerySet[Filing]:
    """Those whose number stands beside the menu line."""
    return visible_to(user, single=True).filter(my_turn(user, holdings))
