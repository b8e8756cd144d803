"""The one object a page is about, and the keys its address names."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

Found = TypeVar("Found", bound=Model)
DIGITS = 15  # of a key; more than any column holds would be an error of the database


def key_in(request: HttpRequest, name: str) -> int | None:
    """The key after ?name= in the address; None where there is none, or what nobody made by a link."""
    asked = request.GET.get(name, "")
    return int(asked[:DIGITS]) if asked.isascii() and asked.isdigit() else None


def one_or_404(rows: QuerySet[Found], pk: int) -> Found:
    """The object of that key among those the reader may see, or 404; for a page that joins many tables.

    `get_object_or_404` asks for 21 rows at most, and told of a limit PostgreSQL weighs each join by its first row too:
    for the twenty joins of a notification it planned 30 ms what it answers in half of one. Without, it plans for 4.
    """
    for found in rows.order_by().filter(pk=pk):
        return found
    raise Http404(f"No {rows.model.__name__} matches the given query.")
