"""監査責任者 never examines the own unit, the 部 above it, or what is under the own 部 (第7条第2項)."""

import pytest

from audits.examinations import workflow
from audits.examinations.independence import ties_of
from audits.examinations.presenters import facts
from files_registry.catalogue.examining import examined_units
from nerima_privacy.refusals import Invalid
from roles.models import Appointment, Posting
from roles.seats import Seat
from tests.audits import steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("7-2", "24-1")]


def works_in(cast, unit):
    steps.transfer(cast.audit_officer, getattr(cast, unit))


@pytest.mark.parametrize(
    ("works", "examined", "said"),
    [
        ("tax", "tax", "所属または役割のある組織のため"),
        ("tax", "citizens", "上の部のため"),
        ("citizens", "tax", "受け持つ部の下の組織のため"),
        ("citizens", "citizens", "所属または役割のある組織のため"),
        ("accounting", "accounting", "所属または役割のある組織のため"),
        ("school", "school", "所属または役割のある組織のため"),
    ],
)
def test_the_own_part_is_refused_at_planning_with_a_sentence_at_the_field(cast, works, examined, said):
    works_in(cast, works)
    before = steps.everything()
    with pytest.raises(Invalid) as refused:
        steps.planned(cast, units=("other_school", examined))
    assert set(refused.value.errors) == {"units"}
    assert said in refused.value.errors["units"]
    assert cast.audit_officer.name in refused.value.errors["units"]
    assert "田柄小学校" not in refused.value.errors["units"]
    assert steps.everything() == before


@pytest.mark.parametrize(
    ("works", "examined"),
    [
        ("tax", "collection"),
        ("tax", "welfare"),
        ("accounting", "tax"),
        ("citizens", "welfare_admin"),
        ("tax", "school"),
    ],
)
def test_anything_else_may_be_examined(cast, works, examined):
    works_in(cast, works)
    assert steps.planned(cast, units=(examined,)).pk


@pytest.mark.parametrize(
    ("seat", "of", "examined"),
    [
        (Seat.PROTECTION_MANAGER, "tax", "tax"),
        (Seat.PROTECTION_OFFICER, "tax", "tax"),
        (Seat.PROTECTION_MANAGER, "tax", "citizens"),
        (Seat.DEPARTMENT_PROTECTION_MANAGER, "citizens", "collection"),
    ],
)
def test_a_seat_of_a_unit_ties_as_working_there_does(cast, seat, of, examined):
    steps.seat(cast.audit_officer, seat, getattr(cast, of))
    with pytest.raises(Invalid):
        steps.planned(cast, units=(examined,))


def test_a_second_posting_ties_as_the_main_one_does(cast):
    Posting.objects.create(person=cast.audit_officer, unit=cast.tax, valid_from=steps.days(0), is_main=False)
    with pytest.raises(Invalid):
        steps.planned(cast)


def test_where_one_worked_before_ties_no_more(cast):
    works_in(cast, "tax")
    Posting.objects.filter(person=cast.audit_officer, unit=cast.tax).delete()
    assert steps.planned(cast).pk


def test_the_unit_whose_affairs_the_own_one_took_over_is_the_own(cast):
    works_in(cast, "other_school")
    ties = ties_of([cast.audit_officer], steps.days(0)).of(cast.audit_officer.pk)
    assert {cast.other_school.pk, cast.closed_school.pk} <= set(ties)


TWO = {"officers": ("audit_officer", "neighbour"), "units": ("collection", "school")}  # neighbour sits in 収納課


def test_one_of_two_officers_is_enough_to_ask_what_becomes_of_the_unit(cast):
    steps.appoint(cast, "neighbour")
    before = steps.everything()
    with pytest.raises(Invalid) as refused:
        steps.planned(cast, **TWO)
    assert cast.neighbour.name in refused.value.errors["units"]
    assert cast.audit_officer.name not in refused.value.errors["units"]
    assert steps.everything() == before


def test_a_unit_kept_is_examined_by_the_others_alone(cast):
    steps.appoint(cast, "neighbour")
    audit = steps.approved(cast, **TWO, tied="keep")
    assert set(audit.units.all()) == {cast.collection, cast.school}
    opened = {who: examined_units(steps.fresh(cast.people[who])) for who in TWO["officers"]}
    assert opened["audit_officer"] == {cast.collection.pk, cast.school.pk}
    assert opened["neighbour"] == {cast.school.pk}
    assert "収納課" in dict((fact.label, fact.value) for fact in facts(audit))["本人が監査しない組織"]


def test_a_unit_dropped_is_not_in_the_plan(cast):
    steps.appoint(cast, "neighbour")
    assert list(steps.planned(cast, **TWO, tied="drop").units.all()) == [cast.school]


@pytest.mark.parametrize("tied", ["keep", "drop"])
def test_a_unit_nobody_may_examine_is_refused_and_so_is_an_audit_of_nothing(cast, tied):
    steps.appoint(cast, "neighbour")
    before = steps.everything()
    with pytest.raises(Invalid) as refused:
        steps.planned(cast, officers=("neighbour",), units=("collection",), tied=tied)
    assert set(refused.value.errors) == {"units"}
    assert steps.everything() == before


def test_who_is_tied_to_every_unit_is_not_sent(cast):
    steps.appoint(cast, "neighbour")
    with pytest.raises(Invalid) as refused:
        steps.planned(cast, officers=("audit_officer", "neighbour"), units=("collection",), tied="keep")
    assert cast.neighbour.name in refused.value.errors["officers"]


@pytest.mark.parametrize("verb", ["submit", "approve"])
def test_it_is_asked_again_when_approval_is_asked_for_and_given(cast, verb):
    audit = steps.planned(cast) if verb == "submit" else steps.submitted(cast)
    works_in(cast, "tax")
    before = steps.everything()
    with pytest.raises(Invalid) as refused:
        getattr(workflow, verb)(audit.pk, actor=cast.audit_officer if verb == "submit" else cast.chief)
    assert "監査できません" in refused.value.errors["units"]
    assert steps.everything() == before


def test_who_is_no_officer_any_more_is_not_approved(cast):
    seat = steps.appoint(cast, "dual", valid_from=steps.days(-2))
    audit = steps.submitted(cast, officers=("audit_officer", "dual"))
    Appointment.objects.filter(pk=seat.pk).update(valid_to=steps.days(-1))
    before = steps.everything()
    with pytest.raises(Invalid) as refused:
        workflow.approve(audit.pk, actor=cast.chief)
    assert cast.dual.name in refused.value.errors["officers"]
    assert steps.everything() == before


def test_a_unit_that_is_gone_by_then_is_not_approved(cast):
    audit = steps.submitted(cast)
    cast.tax.valid_to = steps.days(-1)
    cast.tax.save()
    with pytest.raises(Invalid) as refused:
        workflow.approve(audit.pk, actor=cast.chief)
    assert "税務課" in refused.value.errors["units"]
