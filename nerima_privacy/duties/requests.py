"""What a view of the desk and the board is given: a request of a person who is logged in."""

from django.http import HttpRequest

from roles.holdings import Holdings
from roles.models import Appointment, Person


class PersonRequest(HttpRequest):
    """LoginRequiredMiddleware and CurrentPostMiddleware have seen to these."""

    user: Person
    holdings: Holdings
    acting: Appointment | None
