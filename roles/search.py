"""Units among the results: the directory of the ward is open to everybody who logs in."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils.http import urlencode

from nerima_privacy.calendars.periods import today
from nerima_privacy.search.providers import Group, Hit, first_hits, register
from roles.holdings import Holdings
from roles.models import Person, Unit


def units(user: Person, holdings: Holdings, q: str) -> Group:
    """Sections, 部 and schools by name, by the name of their 部, or by code; the living ones first."""
    rows = Unit.objects.select_related("parent", "organ").order_by(F("valid_to").desc(nulls_first=True), "code")
    for word in q.split():
        rows = rows.filter(Q(name__icontains=word) | Q(parent__name__icontains=word) | Q(code=word))
    return first_hits(rows, _hit, "組織", f"{reverse('units:list')}?{urlencode({'q': q})}")


def _hit(unit: Unit) -> Hit:
    ended = unit.valid_to is not None and unit.valid_to < today()
    return Hit(
        title=unit.full_name,
        url=reverse("units:detail", args=[unit.code]),
        detail=f"{unit.organ}　組織コード {unit.code}",
        chip="廃止" if ended else "",
    )


register(units, order=90)
