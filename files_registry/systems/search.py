"""Information systems among the results of the search."""

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from files_registry.systems.models import InformationSystem
from files_registry.systems.policies import visible_to
from nerima_privacy.calendars.periods import today
from nerima_privacy.search.providers import Group, Hit, first_hits, register
from roles.holdings import Holdings
from roles.models import Person


def systems(user: Person, holdings: Holdings, q: str) -> Group:
    """Systems the reader may know of, every word in name or unit; those in use first."""
    rows = visible_to(user).select_related("unit__parent")
    for word in q.split():
        rows = rows.filter(Q(name__icontains=word) | Q(unit__name__icontains=word))
    listing = f"{reverse('systems:list')}?{urlencode({'q': q, 'tab': 'all'})}"
    return first_hits(rows.order_by("name"), _hit, "情報システム", listing)


def _hit(system: InformationSystem) -> Hit:
    ended = system.valid_to is not None and system.valid_to < today()
    return Hit(
        title=system.name,
        url=system.get_absolute_url(),
        detail=system.unit.full_name,
        chip="使用終了" if ended else "",
    )


register(systems, order=40)
