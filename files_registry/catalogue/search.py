"""Files among the results of the search."""

from django.urls import reverse
from django.utils.http import urlencode

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import visible_to
from files_registry.catalogue.presenters import status_kind
from files_registry.catalogue.searching import normalise
from nerima_privacy.search.providers import Group, Hit, first_hits, register
from roles.holdings import Holdings
from roles.models import Person


def files(user: Person, holdings: Holdings, q: str) -> Group:
    """Files the reader may know of, every word in number, name, purpose or items."""
    rows = visible_to(user).select_related("unit__parent").defer("search_text")
    for word in normalise(q).split():
        rows = rows.filter(search_text__contains=word)
    listing = f"{reverse('files:list')}?{urlencode({'q': q})}"
    return first_hits(rows.order_by("-pk"), _hit, "個人情報ファイル", listing)


def _hit(file: PersonalInformationFile) -> Hit:
    return Hit(
        title=file.name,
        url=reverse("files:detail", args=[file.pk]),
        detail=f"{file.unit.full_name}　{file.number}",
        chip=file.get_status_display(),
        chip_kind=status_kind(file),
    )


register(files, order=10)
