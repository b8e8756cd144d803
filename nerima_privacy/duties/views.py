"""A person's desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.duties import desk as desks
from nerima_privacy.duties import presenters
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.closures import closures
from nerima_privacy.law.parameters import read_once
from nerima_privacy.notices.queries import latest_unread
from roles.affiliation import main_posting
from roles.models import Appointment, Person
from roles.seats import Seat


@require_safe
@read_once()
def desk(request: PersonRequest) -> HttpResponse:
    """What waits for the person in the post chosen, what is in progress, and how the unit stands (第5条第3項)."""
    on = today()
    page = desks.desk_of(request.user, request.holdings, request.acting, on)
    context = {
        "desk": page,
        "heading": presenters.heading(on),
        "lead": presenters.lead(page),
        "lines": presenters.lines(page.turn, on),
        "sent": presenters.sent(page.sent, on, closures(on)) if page.sent else [],
        "meters": presenters.meters(page.standings, on),
        "place": presenters.place(page.acting) if page.acting else "",
        "to_the_board": presenters.to_the_board(page.acting) if page.acting else "",
        "overseeing": presenters.is_overseeing(page.acting),
        "notices": latest_unread(request.user),
        "ask": "" if page.acting else _whom_to_ask(request.user),
    }
    return render(request, "duties/desk.html", context)


def _whom_to_ask(person: Person) -> str:
    """For somebody without a post: who is 保護責任者 of the unit."""
    posting = main_posting(person)
    seats = [Seat.PROTECTION_MANAGER, Seat.DEPARTMENT_PROTECTION_MANAGER]
    managers = (
        Appointment.objects.filter(valid_on(today()), unit=posting.unit, seat__in=seats, person__is_active=True)
        .select_related("person", "unit")
        .order_by("pk")
        if posting
        else []
    )
    return presenters.whom_to_ask(posting, list(managers))
