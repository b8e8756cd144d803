"""Many readings are one query, and each gets back exactly its own rows."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from nerima_privacy.law.models import LegalParameter
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import ask, counted, how_many, number, read, reading, together
from roles.models import Appointment, Person, Unit
from roles.seats import Seat

PLACE = ("pk", "code", "name", "parent", "is_school", "valid_from", "valid_to", "parent__name")
SEAT = ("pk", "seat", "person__name", "unit__code", "valid_from", "reason")


def rows_of(model, *columns):
    return sorted(model.objects.values_list(*columns))


def test_each_reading_gets_its_own_rows_whatever_stands_beside_it(cast):
    versions = Person.history.all()
    units, seats, past = read(
        [
            reading(Unit.objects.all(), *PLACE),
            reading(Appointment.objects.all(), *SEAT),
            reading(versions, "history_date"),
        ]
    )
    assert sorted(units) == rows_of(Unit, *PLACE)
    assert sorted(seats) == rows_of(Appointment, *SEAT)
    assert sorted(past) == sorted(versions.values_list("history_date"))
    assert {type(row[5]) for row in units} == {date}


def test_a_truth_worked_out_by_the_database_comes_back_as_one(cast):
    seated = Exists(Appointment.objects.filter(unit=OuterRef("pk"), seat=Seat.PROTECTION_MANAGER))
    units, _ = read([reading(Unit.objects.all(), "pk", seated), reading(Person.objects.all(), "pk")])
    assert dict(units)[cast.tax.pk] is True
    assert dict(units)[cast.citizens.pk] is False


def test_rows_are_counted_by_unit_and_as_a_whole_and_none_is_nought(cast):
    every = Appointment.objects.exclude(unit=None)
    by_unit, whole, nothing, none = read(
        [counted(every, "unit"), how_many(every), how_many(every.filter(seat="mayor")), how_many(every.none())]
    )
    assert dict(by_unit)[cast.tax.pk] == every.filter(unit=cast.tax).count()
    assert number(whole) == every.count() == sum(dict(by_unit).values())
    assert number(nothing) == number(none) == 0


@pytest.mark.parametrize("first", [True, False])
def test_what_can_have_no_rows_leaves_the_others_theirs(cast, first):
    nothing, units = reading(Unit.objects.filter(pk__in=[]), "name"), reading(Unit.objects.all(), "name", "valid_from")
    found = dict(zip(("none", "all"), read([nothing, units]), strict=True)) if first else {}
    if not first:
        found = dict(zip(("all", "none"), read([units, nothing]), strict=True))
    assert found["none"] == []
    assert sorted(found["all"]) == rows_of(Unit, "name", "valid_from")
    assert read([nothing, reading(Unit.objects.none(), "pk")]) == [[], []]
    assert read([]) == []


def names(wanted):
    (found,) = yield [wanted]
    return sorted(name for (name,) in found)


def in_two_steps():
    (units,) = yield [reading(Unit.objects.filter(is_school=True), "pk")]
    (people,) = yield [reading(Person.objects.filter(postings__unit__in=[pk for (pk,) in units]), "name")]
    return sorted(name for (name,) in people)


def at_once():
    return ["already known"]
    yield


def test_all_go_side_by_side_in_as_many_queries_as_the_longest_takes_steps(cast, django_assert_num_queries):
    alone = names(reading(Unit.objects.all(), "name")), in_two_steps()
    expected = [ask(asking) for asking in alone]
    with django_assert_num_queries(2):
        assert together(
            [*(names(reading(Unit.objects.all(), "name")) for _ in range(9)), in_two_steps(), at_once()]
        ) == [
            *[expected[0]] * 9,
            expected[1],
            ["already known"],
        ]
    assert expected[1]


def test_a_reading_that_several_share_is_read_once(cast):
    shared = reading(Unit.objects.all(), "name")
    known = {}
    with CaptureQueriesContext(connection) as queries:
        one, other = together([names(shared), names(shared)], known)
        again = together([names(shared)], known)
    assert one == other == again[0]
    assert len(queries) == 1
    assert "UNION" not in queries[0]["sql"]


def test_a_column_that_finds_no_place_is_refused_by_name(db):
    with pytest.raises(LookupError, match="JSONField"):
        read([reading(LegalParameter.objects.all(), "value")])


def test_objects_come_with_what_was_asked_for_and_the_relations_on_the_way(cast, django_assert_num_queries):
    fields = ("seat", "person__name", "unit__name", "unit__is_department", "unit__parent__name")
    with django_assert_num_queries(1):
        found, _ = read([objects(Appointment.objects.all(), *fields), reading(Unit.objects.all(), "pk")])
        shown = {
            row.pk: (row.seat, row.person.name, row.unit and (row.unit_id, row.unit.name, row.unit.department))
            for row in found
            if not (row.unit and row.unit.parent is None)
        }
    assert {row.pk for row in found} == set(Appointment.objects.values_list("pk", flat=True))
    row = cast.manager.appointments.get()
    assert shown[row.pk] == (row.seat, cast.manager.name, (cast.tax.pk, cast.tax.name, cast.citizens))
    assert shown[cast.chief.appointments.get().pk][2] is None


def test_what_was_not_asked_for_is_read_when_it_is_wanted(cast, django_assert_num_queries):
    (found,) = read([objects(Unit.objects.filter(pk=cast.tax.pk), "name")])
    with django_assert_num_queries(1):
        assert found[0].code == cast.tax.code
    assert found[0] == cast.tax
    assert not found[0]._state.adding
