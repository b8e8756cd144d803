"""Pages of lists, and the one record of a page."""

import pytest
from django.http import Http404

from nerima_privacy.web.finding import one_or_404
from nerima_privacy.web.paging import LazyPaginator, NarrowPaginator
from roles.models import Unit

pytestmark = pytest.mark.django_db


def paginators(per_page):
    units = Unit.objects.order_by("code")
    return [
        LazyPaginator(units, per_page),
        NarrowPaginator(units, per_page, lambda rows: rows.select_related("parent")),
    ]


@pytest.mark.parametrize("which", [0, 1])
def test_every_row_stands_on_one_page_in_its_order(cast, which):
    codes = list(Unit.objects.order_by("code").values_list("code", flat=True))
    for per_page in (1, 2, len(codes) - 1, len(codes), len(codes) + 1):
        paginator = paginators(per_page)[which]
        found = [unit.code for number in paginator.page_range for unit in paginator.get_page(number)]
        assert found == codes
        assert paginator.get_page(None).paginator.count == len(codes)


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("number", [None, "", "1"])
def test_a_list_that_ends_on_its_first_page_is_one_query_and_says_how_many_there_are(
    cast, which, number, django_assert_num_queries
):
    many = Unit.objects.count()
    with django_assert_num_queries(1):
        page = paginators(many)[which].get_page(number)
        assert (len(page), page.paginator.count, page.has_next()) == (many, many, False)
    with django_assert_num_queries(2):
        page = paginators(many - 1)[which].get_page(number)
        assert (len(page), page.paginator.count, page.has_next()) == (many - 1, many, True)


@pytest.mark.parametrize("which", [0, 1])
def test_a_page_that_is_none_is_the_first_or_the_last(cast, which):
    last = Unit.objects.order_by("code").last()
    assert [*paginators(1)[which].get_page("999")] == [last]
    assert paginators(1)[which].get_page("x").number == 1


def test_the_one_record_is_found_among_those_one_may_see_or_not_at_all(cast):
    seen = Unit.objects.filter(pk=cast.tax.pk)
    assert one_or_404(seen, cast.tax.pk) == cast.tax
    for pk in (cast.tax.pk + 10_000, 10**30, Unit.objects.exclude(pk=cast.tax.pk).first().pk):
        with pytest.raises(Http404):
            one_or_404(seen, pk)
