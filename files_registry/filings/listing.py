"""The list of notifications under its tabs, and what is the reader's turn, in one query each."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.searching import normalise
from files_registry.filings.models import OPEN_STATUSES, Filing, FilingStatus
from files_registry.filings.policies import visible_to
from files_registry.filings.queries import for_list
from nerima_privacy.calendars.fiscal import start
from nerima_privacy.calendars.periods import today, valid_on
from roles.holdings import Holdings, holdings_of
from roles.models import Appointment, Person
from roles.seats import Seat

S = FilingStatus
PER_PAGE = 50
TABS = [("turn", "わたしの番"), ("open", "手続中"), ("ended", "終わったもの"), ("all", "すべて")]
WRITTEN = [S.RETURNED, S.CORRECTING, S.NOTIFIED]
CONSIDERED = [S.FILED, S.DECIDED]
NOTHING = Q(pk__in=[])


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


def midnight(day: date) -> datetime:
    """The first moment of a day in Tokyo; compared with a moment it can use an index, a date of a moment cannot."""
    return timezone.make_aware(datetime.combine(day, time.min))


def my_turn(user: Person) -> Q:
    """The notifications whose next step is `user`'s, in any post held now (第10条; vacant seats step up)."""
    holdings = holdings_of(user)
    if not holdings.appointments:
        return NOTHING
    return _writing_turn(user, holdings) | _filing_turn(holdings) | _considering_turn(user, holdings)


def _writing_turn(user: Person, holdings: Holdings) -> Q:
    """The unit's seats mend and carry out; a draft is the turn of who began it."""
    own = holdings.unit_ids(*UNIT_SEATS)
    if not own:
        return NOTHING
    return Q(unit__in=own) & (Q(status__in=WRITTEN) | Q(status=S.DRAFT, drafted_by=user))


def _filing_turn(holdings: Holdings) -> Q:
    """保護責任者 confirms; vacant, 保護管理責任者 of the 部, then 総括保護管理者."""
    managers = holdings.unit_ids(Seat.PROTECTION_MANAGER)
    found = Q(status=S.SUBMITTED, unit__in=managers) if managers else NOTHING
    vacant = Q(status=S.SUBMITTED) & Q(~_seated(Seat.PROTECTION_MANAGER, "unit"))
    departments = holdings.seat_units(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        found |= vacant & (Q(unit__parent__in=departments) | Q(unit__in=departments))
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        found |= vacant & Q(~_seated(Seat.DEPARTMENT_PROTECTION_MANAGER, "unit__parent"))
    return found


def _considering_turn(user: Person, holdings: Holdings) -> Q:
    """情報公開課長 decides, its staff handles; what 情報公開課 filed itself goes to the seat above (第10条第2項)."""
    found = NOTHING
    mine = Q(filed_by=user) | Q(submitted_by=user) | Q(drafted_by=user)
    if holdings.has(Seat.DISCLOSURE_MANAGER):
        own = holdings.unit_ids(*UNIT_SEATS)
        found |= Q(status__in=[S.FILED, S.DECIDED]) & ~Q(unit__in=own) & ~mine
    if holdings.has(Seat.DISCLOSURE_STAFF):
        found |= Q(status__in=[S.FILED, S.PROPOSED]) & ~mine
    chief = Appointment.objects.on(holdings.on).filter(seat=Seat.DISCLOSURE_MANAGER).values("person")
    chiefs_units = Appointment.objects.on(holdings.on).filter(seat__in=UNIT_SEATS, person__in=chief).values("unit")
    departments = holdings.seat_units(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        stepped_up = Q(status__in=CONSIDERED, unit__in=chiefs_units)
        found |= stepped_up & Q(unit__parent__in=departments) & ~mine
    return found


def _seated(seat: Seat, unit: str) -> Exists:
    """Whether somebody holds the seat of the notification's unit now."""
    held = Appointment.objects.filter(valid_on(today()), seat=seat, unit=OuterRef(unit), person__is_active=True)
    return Exists(held)


def turn_count(user: Person, holdings: Holdings) -> int:
    """The number beside the menu line."""
    return visible_to(user).filter(my_turn(user)).count() if holdings.appointments else 0
