"""Whose turn a request for rights is, as a condition on the table; policies.deciding_turn says the same of one."""

from django.db.models import Q, QuerySet

from files_registry.access.models import Grant, GrantStatus
from files_registry.catalogue.turn_queries import deciding
from roles.holdings import Holdings, holdings_of
from roles.models import Person

WAITING = Q(status=GrantStatus.REQUESTED)


def my_turn(user: Person, held: Holdings | None = None) -> Q:
    """The requests `user` decides on, in any post held now: 保護責任者, else the seat above (第11条第1項)."""
    holdings = held or holdings_of(user)
    if not holdings.appointments:
        return Q(pk__in=[])
    return WAITING & deciding(user, holdings, unit="file__unit", hands=("person",))


def turns(user: Person, holdings: Holdings) -> QuerySet[Grant]:
    """Those whose number stands beside the menu line."""
    return Grant.objects.filter(my_turn(user, holdings))
