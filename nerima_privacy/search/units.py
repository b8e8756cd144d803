"""Units among the results: the directory of the ward is open to everybody who logs in."""

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from nerima_privacy.calendars.periods import today
from nerima_privacy.search.providers import Group, Hit, first_hits, register
from roles.models import Unit


@register
def units(user, holdings, q: str) -> Group | None:
    """Sections, 部 and schools by name, by the name of their 部, or by code; ended ones say so."""
    rows = (
        Unit.objects.filter(Q(name__icontains=q) | Q(parent__name__icontains=q) | Q(code=q))
        .select_related("parent", "organ")
        .order_by("valid_to", "code")
    )
    try:
        listing = f"{reverse('units:list')}?{urlencode({'q': q})}"
    except NoReverseMatch:
        return None
    return first_hits(rows, _hit, "組織", listing)


def _hit(unit: Unit) -> Hit:
    ended = unit.valid_to is not None and unit.valid_to < today()
    return Hit(
        title=unit.full_name,
        url=reverse("units:detail", args=[unit.pk]),
        detail=f"{unit.organ}　組織コード {unit.code}",
        chip="廃止" if ended else "",
    )
