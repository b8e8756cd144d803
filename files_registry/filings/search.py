"""Notifications among the results of the search."""

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from files_registry.catalogue.searching import normalise
from files_registry.filings.models import Filing
from files_registry.filings.policies import visible_to
from files_registry.filings.presenters import status_kind
from nerima_privacy.search.providers import Group, Hit, first_hits, register
from roles.holdings import Holdings
from roles.models import Person


def filings(user: Person, holdings: Holdings, q: str) -> Group:
    """Notifications the reader may know of, by their number or by the words of their file; the newest first."""
    rows = visible_to(user).select_related("file", "unit__parent").defer("file__search_text")
    for word in normalise(q).split():
        rows = rows.filter(Q(file__search_text__contains=word) | Q(number__iexact=word))
    listing = f"{reverse('filings:list')}?{urlencode({'tab': 'all', 'q': q})}"
    return first_hits(rows.order_by("-pk"), _hit, "届出", listing)


def _hit(filing: Filing) -> Hit:
    return Hit(
        title=f"{filing.file.name}　{filing.get_kind_display()}",
        url=reverse("filings:detail", args=[filing.pk]),
        detail=f"{filing.unit.full_name}　{filing.number or '番号はまだありません'}",
        chip=filing.get_status_display(),
        chip_kind=status_kind(filing),
    )


register(filings, order=20)
