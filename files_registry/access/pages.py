"""What each page of rights is given to print."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.urls import reverse

from files_registry.access import policies, presenters
from files_registry.access.actions import ACTIONS, FOLDED, possible
from files_registry.access.effective import managed_units
from files_registry.access.forms import MOST_PEOPLE
from files_registry.access.holders import SHOWN, Holders
from files_registry.access.models import OPEN_STATUSES, Grant, GrantStatus, Opening
from files_registry.access.rounds import Round, newest_first, round_on, unconfirmed
from files_registry.access.turn_queries import my_turn
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.pressing import Action, Tried, block_of
from nerima_privacy.activity.presenters import timeline
from nerima_privacy.calendars.periods import end_of, today
from nerima_privacy.duties.forms import DayForm
from nerima_privacy.law.parameters import parameter
from nerima_privacy.web.paging import LazyPaginator
from roles.holdings import holdings_of, living_units
from roles.models import Appointment, Person, Posting

PER_PAGE = 50
REVIEWED = (*SHOWN, "decided_at", "kept_at", "narrows")
MOVING = (GrantStatus.REQUESTED, GrantStatus.SUSPENDED)
TABS = [("turn", "わたしの番"), ("mine", "わたしの権限"), ("files", "受け持つファイル"), ("ended", "終わったもの")]


def listed(user: Person, tab: str) -> QuerySet[Grant]:
    """The grants of a tab: what waits longest first, what ends soonest first, what ended last first.

    Whose seat lies above the units sees under 「受け持つファイル」 what is moving: all that is in force in a whole ward
    tells nobody anything, and stands in the 権限一覧 of each file.
    """
    if tab == "mine":
        return Grant.objects.filter(person=user, status__in=OPEN_STATUSES).order_by("ends_at", "pk")
    if tab == "turn":
        return Grant.objects.filter(my_turn(user)).order_by("status_since", "pk")
    if tab == "ended":
        return policies.visible_to(user, Grant.objects.filter(status__in=set(GrantStatus) - set(OPEN_STATUSES)))
    own = managed_units(holdings_of(user))
    if own:
        over = Grant.objects.filter(file__unit__in=own, status__in=OPEN_STATUSES)
        return over.exclude(person=user).order_by("ends_at", "pk")
    moving = policies.visible_to(user, Grant.objects.filter(status__in=MOVING))
    return moving.exclude(person=user).order_by("status_since", "pk")


def for_list(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    """What a line of the list shows."""
    related = grants.select_related("file", "person", "group__unit", "unit__parent")
    return related.defer("file__search_text", "decision_note", "end_reason")


def grant_list(user: Person, tab: str, page: Page) -> dict[str, Any]:
    """The list under its tabs."""
    soon = int(parameter("access.ending_days")) if page.object_list else 0
    return {
        "tab": tab,
        "tabs": [{"key": key, "label": label, "current": key == tab} for key, label in TABS],
        "page": page,
        "rows": [presenters.row(grant, soon) for grant in page.object_list],
    }


def grant_page(grant: Grant, user: Person, tried: Tried | None = None) -> dict[str, Any]:
    """One grant: what it says, whose turn it is, what may be done."""
    words, kind = presenters.status(grant)
    offered = [action for action in ACTIONS.values() if possible(grant, action)]
    allowed = {can: can(user, grant) for can in {one.can for one in offered}}  # several share one rule: asked once
    shown = [action for action in offered if allowed[action.can]]
    blocks = [block_of(grant, [one], partial(_url, grant), tried, folded=one.name in FOLDED) for one in shown]
    turn = policies.deciding_turn(grant) if grant.status == "requested" else None
    return {
        "grant": grant,
        "status": words,
        "kind": kind,
        "facts": presenters.facts(grant),
        "turn": turn,
        "mine": bool(turn and turn.post(user)),
        "blocks": blocks,
        "kept": tried.kept if tried else [],
        "sees_who": policies.can_see_who(user, grant.file),
        "timeline": timeline(grant),
    }


def _url(grant: Grant, action: Action) -> str:
    return reverse(f"access:{action.name}", args=[grant.pk])


def who_page(file: PersonalInformationFile, user: Person, form: DayForm, number: Any) -> dict[str, Any]:
    """権限一覧: now, or at the end of a past day."""
    at = moment(form)
    page = LazyPaginator(Holders(file, at), PER_PAGE).get_page(number)
    return {
        "file": file,
        "form": form,
        "at": at,
        "past": at is not None,
        "page": page,
        "rows": [presenters.holder_row(holder) for holder in page.object_list],
        "may_propose": policies.can_propose(user, file),
        "may_review": policies.can_review(user, file),
        "on": form.cleaned_data["on"] if at else None,
    }


def moment(form: DayForm) -> datetime | None:
    """The last moment of the day asked for; None for today: now. What is no such day is told at the field."""
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else today()
    return end_of(day) - timedelta(microseconds=1) if day < today() else None


def people_of(file: PersonalInformationFile) -> list[Person]:
    """Who works in the file's unit, or in those that took it over, and holds no seat of it, to be chosen from."""
    living = living_units(file.unit)
    posted = Posting.objects.on().filter(unit__in=living).values("person")
    seated = Appointment.objects.on().filter(unit__in=living, seat__in=UNIT_SEATS).values("person")
    people = Person.objects.filter(pk__in=posted, is_active=True).exclude(pk__in=seated)
    return list(people.order_by("kana", "name", "pk")[:MOST_PEOPLE])


def to_review(file: PersonalInformationFile, person: Person) -> tuple[Round, list[Grant], int]:
    """The round of today, the first rights over the file that wait for an answer in it, and how many wait in all.

    What is new or changed since the round before comes first. Without a right of the person's own, such as one from
    before the seat was taken: nobody answers for that, and it stops with the others that have no answer.
    """
    current = round_on(today())
    waiting = unconfirmed(current).filter(Q(person=None) | ~Q(person=person), file=file)
    related = waiting.select_related("person", "group__unit", "unit__parent").only(*REVIEWED)
    grants = list(related.order_by(newest_first(current), "unit__code", "pk")[:PER_PAGE])
    return current, grants, waiting.count() if len(grants) == PER_PAGE else len(grants)


def openings(file: PersonalInformationFile, number: Any) -> Page:
    """Who opened the file, or was refused, newest first."""
    rows = Opening.objects.filter(file=file).select_related("person")
    return LazyPaginator(rows, PER_PAGE).get_page(number)
