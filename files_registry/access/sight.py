"""Lets the catalogue show a file to whom a grant opens it, and lists read which files a right is held over."""

from typing import Any

from django.db.models import OuterRef, Subquery

from files_registry.access.effective import allowed_files, granted, rights_on
from files_registry.access.models import OPEN_STATUSES, Grant
from files_registry.catalogue.policies import register_sight
from files_registry.catalogue.rights import register_finder, register_mark, register_reader
from roles.models import Person

register_sight(granted)
register_finder(allowed_files)
register_reader(rights_on)


@register_mark
def own_grant(person: Person) -> dict[str, Any]:
    """The newest right or request of the person over the file, for panels.py."""
    own = Grant.objects.filter(file=OuterRef("pk"), person=person, status__in=OPEN_STATUSES).order_by("-pk")
    return {"own_grant": Subquery(own.values("pk")[:1]), "own_grant_status": Subquery(own.values("status")[:1])}
