"""`manage.py duties` prints every duty, as a list of objects or a table."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from nerima_privacy.duties.registry import all_duties
from tests.nerima_privacy.duties.ward_of_duties import declare, finding


def duties(*arguments):
    out = StringIO()
    call_command("duties", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def two_duties(no_duties, cast):
    declare(
        "filing.filed",
        [finding(cast.tax, -1), finding(cast.welfare_admin, 3), finding(cast.closed_school, None)],
        subjects={cast.tax.pk: 4},
    )
    declare("seats.filled", [finding(None, None)], article="3-1", seat="general_protection_manager")


def test_json_holds_one_object_for_each_duty(cast, two_duties):
    first, second = json.loads(duties("--json", "--on", "2026-11-24"))
    assert (first["id"], first["article"], first["findings"][0]["unit"]) == ("seats.filled", "3-1", None)
    assert second == {
        "id": "filing.filed",
        "article": "10-1",
        "title": "保有の届出",
        "seat": "protection_manager",
        "subjects": 6,
        "met": 3,
        "due_soon": 1,
        "overdue": 2,
        "findings": [
            {
                "subject": "課税台帳",
                "unit": unit,
                "since": "2026-09-25",
                "due_on": due_on,
                "clears": "保護責任者が届け出ると消えます。",
            }
            for unit, due_on in (("0310", "2026-11-23"), ("0410", "2026-11-27"), ("9003", None))
        ],
    }


@pytest.mark.parametrize("day", ["2026-11-24", "令和8年11月24日", "R8.11.24", "Ｒ８．１１．２４"])
def test_the_day_is_read_either_way(two_duties, day):
    assert json.loads(duties("--json", "--on", day))[1]["overdue"] == 2


def test_a_department_includes_its_sections(cast, two_duties):
    asked = json.loads(duties("--json", "--on", "2026-11-24", "--unit", "0300"))[1]
    assert [f["unit"] for f in asked["findings"]] == ["0310"]


def test_a_school_includes_the_one_it_took_over(cast, two_duties):
    asked = json.loads(duties("--json", "--on", "2026-11-24", "--unit", "9002"))[1]
    assert [f["unit"] for f in asked["findings"]] == ["9003"]


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--unit", "7777", "ありません"),
        ("--on", "令和8年13月1日", "--on"),
        ("--on", "令和5年3月31日", "令和5年4月1日"),
    ],
)
def test_a_wrong_unit_or_day_ends_with_2_and_says_why(two_duties, option, value, says):
    with pytest.raises(CommandError, match=says) as refused:
        duties("--json", option, value)
    assert refused.value.returncode == 2


def test_without_json_a_person_can_read_it(cast, two_duties):
    printed = duties("--on", "2026-11-24")
    assert "令和8年11月24日現在" in printed
    assert "第10条第1項　保有の届出　対象 6　満たす 3　期限前 1　おくれ 2" in printed


def test_every_real_duty_answers_for_an_empty_ward(db):
    assert [row["id"] for row in json.loads(duties("--json"))] == [duty.id for duty in all_duties()]
