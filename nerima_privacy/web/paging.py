"""Pages of long lists: nothing counted that a page shows anyway, nothing joined before the page is cut out."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window


class LazyPaginator(Paginator):
    """Pages of whatever can be sliced and counted. A list that ends on its first page is not counted besides."""

    def __init__(self, rows: Any, per_page: int) -> None:
        super().__init__(rows, per_page)

    def get_page(self, number: Any) -> Page:
        """The page of that number, the first for none."""
        if number not in {None, "", "1", 1}:
            return super().get_page(number)
        rows = list(self.rows(0, self.per_page + 1))
        if len(rows) <= self.per_page:
            self.__dict__["count"] = len(rows)  # Paginator.count is read from here, and by a query only where it is not
        return Page(rows[: self.per_page], 1, self)

    def page(self, number: Any) -> Page:
        """The page of that number."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return Page(self.rows(first, first + self.per_page), number, self)

    def rows(self, first: int, end: int) -> Any:
        """The rows from `first` to before `end`."""
        return self.object_list[first:end]


class NarrowPaginator(LazyPaginator):
    """Pages of an ordered queryset, cut out of the keys: the hundredth page costs hardly more than the first.

    `dress` adds to the rows of one page what a line shows; one query for both. It joins six tables at most: PostgreSQL
    plans eight together (join_collapse_limit), the rows and their keys among them, and with one more it would join the
    whole table before it cuts the page out.
    """

    def __init__(self, rows: QuerySet[Any], per_page: int, dress: Callable[[QuerySet[Any]], QuerySet[Any]]) -> None:
        super().__init__(rows, per_page)
        self.dress = dress

    def rows(self, first: int, end: int) -> QuerySet[Any]:
        """The rows of those keys, with all that a line shows."""
        wanted: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # always a queryset here
        keys = wanted.values("pk")[first:end]
        order = wanted.query.order_by or wanted.model._meta.ordering
        return self.dress(wanted.model._default_manager.filter(pk__in=keys)).order_by(*order)


class WholePaginator(LazyPaginator):
    """Pages of rows that are dear to find and cheap to show: each row of a page says how many there are in all.

    The rows are looked for once and not a second time to be counted. Nothing of many may be joined to them.
    """

    def get_page(self, number: Any) -> Page:
        """The page of that number; the last where there are not so many."""
        asked = int(number) if str(number).isdecimal() and len(str(number)) < 7 and int(number) else 1
        rows = list(self.rows((asked - 1) * self.per_page, asked * self.per_page))
        if not rows and asked > 1:
            return super().get_page(number)
        self.__dict__["count"] = rows[0].whole if rows else 0  # Paginator.count is read from here
        return Page(rows, asked, self)

    def rows(self, first: int, end: int) -> QuerySet[Any]:
        """The rows from `first` to before `end`, with `whole`."""
        wanted: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # always a queryset here
        return wanted.annotate(whole=Window(Count("pk")))[first:end]
