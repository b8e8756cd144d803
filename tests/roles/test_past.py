"""The organisation of a past day: names, 部 above and kinds as they were then, out of the field history."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nerima_privacy.activity.history import attribute
from nerima_privacy.calendars.periods import today
from roles.models import Unit

LONG_AGO, BETWEEN = today() - timedelta(days=400), today() - timedelta(days=100)


def written(cast, days_ago, *units):
    """Save the units as if that many days ago."""
    for unit in units:
        unit._history_date = timezone.now() - timedelta(days=days_ago)
        attribute(unit, actor=cast.administrator, reason="組織改正").save()


@pytest.fixture
def moved(cast):
    """収納課 of 区民部, written down long ago; 200 days ago it became 債権管理課 of 福祉部, and 区民部 市民部."""
    section, department = cast.collection, cast.citizens
    written(cast, 500, section, department)
    section.name, section.parent, department.name = "債権管理課", cast.welfare, "市民部"
    written(cast, 200, section, department)
    return section


@pytest.fixture
def see(client, cast):
    def get(**query):
        client.force_login(cast.clerk, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(reverse("units:list"), query)

    return get


def lines(response):
    """For each unit of the list its name, what stands under it, and its kind."""
    rows = re.findall(r"<tr>(.*?)</tr>", response.text, re.S)
    cells = [re.findall(r"<td.*?>(.*?)</td>", row, re.S)[:2] for row in rows]
    return [tuple(" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in pair) for pair in cells if pair]


def test_a_section_bears_the_name_and_the_department_of_the_day(see, moved):
    assert ("収納課 区民部 0320 いまは福祉部 債権管理課", "課") in lines(see(on=LONG_AGO.isoformat()))
    assert ("債権管理課 福祉部 0320", "課") in lines(see(on=BETWEEN.isoformat()))
    assert ("債権管理課 福祉部 0320", "課") in lines(see())


def test_a_section_stands_below_the_department_it_had_then(see, moved):
    then = [name.split()[0] for name, _ in lines(see(on=LONG_AGO.isoformat()))]
    assert then[then.index("区民部") :][:3] == ["区民部", "税務課", "収納課"]
    now = [name.split()[0] for name, _ in lines(see())]
    assert now[now.index("福祉部") :][:3] == ["福祉部", "債権管理課", "管理課"]


def test_the_department_above_bears_its_own_name_of_the_day(see, moved):
    assert ("税務課 区民部 0310 いまは市民部 税務課", "課") in lines(see(on=LONG_AGO.isoformat()))


def test_before_the_first_version_the_first_is_shown(see, moved):
    shown = lines(see(on="令和5年4月1日"))
    assert ("収納課 区民部 0320 いまは福祉部 債権管理課", "課") in shown


def test_the_last_version_of_the_day_counts(see, moved):
    at = moved.history.latest().history_date
    day = timezone.localtime(at).date()
    assert "債権管理課" in [name.split()[0] for name, _ in lines(see(on=day.isoformat()))]
    assert "収納課" in [name.split()[0] for name, _ in lines(see(on=(day - timedelta(days=1)).isoformat()))]


@pytest.mark.parametrize("typed", ["収納", "債権管理", "0320"])
def test_a_unit_is_found_by_its_name_of_then_and_of_now(see, moved, typed):
    assert [name.split()[0] for name, _ in lines(see(on=LONG_AGO.isoformat(), q=typed))] == ["収納課"]


def test_today_is_not_searched_by_what_is_past(see, moved):
    assert lines(see(q="収納")) == []


def test_the_kind_and_the_seats_are_those_of_the_day(see, cast):
    written(cast, 500, cast.welfare)
    cast.welfare.is_section = True
    written(cast, 0, cast.welfare)
    assert ("福祉部 0400", "部") in lines(see(on=LONG_AGO.isoformat()))
    assert ("福祉部 0400", "部・課") in lines(see())


def test_nothing_of_the_past_is_written_back(see, moved):
    before = sorted(Unit.objects.values_list()), Unit.history.count()
    see(on=LONG_AGO.isoformat())
    assert (sorted(Unit.objects.values_list()), Unit.history.count()) == before


def test_a_past_day_takes_as_many_queries_for_many_units_as_for_few(
    see, cast, moved, client, django_assert_max_num_queries
):
    see(on=LONG_AGO.isoformat())
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("units:list"), {"on": LONG_AGO.isoformat(), "q": "0320"})
    kind = {"is_section": True, "valid_from": today() - timedelta(days=600)}
    for n in range(40):
        written(cast, 500, Unit(code=f"06{n:02}", name=f"第{n}課", organ=cast.mayor, parent=cast.welfare, **kind))
    with django_assert_max_num_queries(12) as many:
        client.get(reverse("units:list"), {"on": LONG_AGO.isoformat()})
    assert len(many) == len(few)
