"""Pages cut out of the keys before anything is joined: the hundredth page costs hardly more than the first."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


class NarrowPaginator(Paginator):
    """Pages of an ordered queryset. `dress` adds to the rows of one page what a line shows; one query for both.

    `dress` joins six tables at most: PostgreSQL plans eight together (join_collapse_limit), the rows and their keys
    among them, and with one more it would join the whole table before it cuts the page out.
    """

    def __init__(self, rows: QuerySet[Any], per_page: int, dress: Callable[[QuerySet[Any]], QuerySet[Any]]) -> None:
        super().__init__(rows, per_page)
        self.dress = dress

    def get_page(self, number: Any) -> Page:
        """The page of that number, the first for none. A list that ends on its first page is not counted besides."""
        if number not in {None, "", "1", 1}:
            return super().get_page(number)
        rows = list(self._rows(0, self.per_page + 1))
        if len(rows) <= self.per_page:
            self.__dict__["count"] = len(rows)  # Paginator.count is read from here, and by a query only where it is not
        return Page(rows[: self.per_page], 1, self)

    def page(self, number: Any) -> Page:
        """The page of that number."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return Page(self._rows(first, first + self.per_page), number, self)

    def _rows(self, first: int, end: int) -> QuerySet[Any]:
        wanted: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # always a queryset here
        keys = wanted.values("pk")[first:end]
        order = wanted.query.order_by or wanted.model._meta.ordering
        return self.dress(wanted.model._default_manager.filter(pk__in=keys)).order_by(*order)
