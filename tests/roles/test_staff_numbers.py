"""A staff number is one person's, however it is typed: at the login, in the administration, in a table, in a form."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from files_registry.access.forms import ProposeForm
from roles.models import Person
from roles.staff_numbers import folded, staff_number, written
from tests.cast import PASSWORD
from tests.roles.imports.test_plan import PEOPLE_HEADERS, SEAT_HEADERS, book, checked, committed

BACKEND = "django.contrib.auth.backends.ModelBackend"
LIKE_T0004 = ["T0004", "t0004", "Ｔ０００４", "ｔ０００４", " T0004　"]
MIGRATION = import_module("roles.migrations.0006_one_person_for_a_staff_number")
ADD = "admin:roles_person_add"


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast.administrator, backend=BACKEND)
    return client


def new_person(number):
    return {
        "staff_number": number,
        "name": "新任 一郎",
        "kana": "",
        "email": "",
        "engagement": "ward",
        "usable_password": "false",
        "change_reason": "採用",
    }


@pytest.mark.parametrize("typed", LIKE_T0004)
def test_somebody_logs_in_however_the_number_is_typed(cast, typed):
    assert cast.manager.staff_number == "T0004"
    client = Client()
    assert client.post("/login/", {"username": typed, "password": PASSWORD}).status_code == 302
    assert client.session["_auth_user_id"] == str(cast.manager.pk)


def test_another_spelling_of_the_number_gives_no_more_guesses(cast):
    for typed in LIKE_T0004:
        answer = Client().post("/login/", {"username": typed, "password": "x"})
    assert answer.status_code == 429
    assert Client().post("/login/", {"username": "T0004", "password": PASSWORD}).status_code == 429


def test_who_logged_in_has_all_guesses_again(cast):
    for typed in ["T0004", "t0004", "Ｔ０００４", "T0004"]:
        Client().post("/login/", {"username": typed, "password": "x"})
    assert Client().post("/login/", {"username": "t0004", "password": PASSWORD}).status_code == 302
    assert Client().post("/login/", {"username": "T0004", "password": "x"}).status_code == 200


@pytest.mark.parametrize("typed", LIKE_T0004)
def test_a_number_somebody_has_is_refused_at_its_field(administrator, typed):
    before = Person.objects.count()
    page = administrator.post(reverse(ADD), new_person(typed))
    errors = page.context["adminform"].form.errors
    assert list(errors) == ["staff_number"]
    assert "もう登録されています" in errors["staff_number"][0]
    assert "新任 一郎" in page.text
    assert Person.objects.count() == before


@pytest.mark.parametrize("typed", ["山田", "12 34", "12_34", "a@b", "12/34", "１２．３４"])
def test_a_number_of_other_characters_is_refused_at_its_field(administrator, typed):
    page = administrator.post(reverse(ADD), new_person(typed))
    errors = page.context["adminform"].form.errors
    assert list(errors) == ["staff_number"]
    assert "英字、数字、ハイフンだけ" in errors["staff_number"][0]
    assert not Person.objects.filter(name="新任 一郎").exists()


def test_a_new_number_is_kept_in_half_width(administrator):
    answer = administrator.post(reverse(ADD), new_person("　Ａｂ－１２ー３ "))
    assert answer.status_code == 302
    assert Person.objects.get(name="新任 一郎").staff_number == "Ab-12-3"


def test_a_person_keeps_the_own_number_when_something_else_is_changed(administrator, cast):
    url = reverse("admin:roles_person_change", args=[cast.clerk.pk])
    facts = {"staff_number": "ｔ０００７", "name": "試験 改", "engagement": "ward", "is_active": "on"}
    assert Person.objects.get(pk=cast.clerk.pk).staff_number == "T0007"
    assert administrator.post(url, facts | {"change_reason": "氏名の訂正"}).status_code == 302
    cast.clerk.refresh_from_db()
    assert (cast.clerk.staff_number, cast.clerk.name) == ("t0007", "試験 改")


def test_a_table_means_the_same_person_in_any_spelling(cast):
    people = [["ｔ０００７", "試験 改", "", "", "", "", "", ""]]
    seats = [["保護担当者", "0310", "t0007", "令和9年4月1日", "", ""]]
    before = Person.objects.count()
    run = committed(cast, checked(cast, book(people=people, seats=seats)))
    assert not run.errors_count
    assert Person.objects.count() == before
    cast.clerk.refresh_from_db()
    assert (cast.clerk.staff_number, cast.clerk.name) == ("T0007", "試験 改")
    assert cast.clerk.appointments.filter(unit=cast.tax).exists()


def test_two_rows_of_one_new_number_are_one_person(cast):
    people = [["n-1", "新任 一郎", *[""] * 6], ["Ｎ－１", "新任 二郎", *[""] * 6]]
    run = checked(cast, book(people=people))
    assert [problem["cell"] for problem in run.problems] == ["職員!A3"]
    assert "内容が違います" in run.problems[0]["message"]


@pytest.mark.parametrize(("sheet", "headers"), [("people", PEOPLE_HEADERS), ("seats", SEAT_HEADERS)])
def test_a_table_with_a_number_of_other_characters_is_refused_at_its_cell(cast, sheet, headers):
    row = dict.fromkeys(headers, "") | {"職員番号": "12_34", "氏名": "新任 一郎", "役割": "保護担当者"}
    row |= {"組織コード": "0310", "就任日": "令和9年4月1日"}
    run = checked(cast, book(**{sheet: [[row[header] for header in headers]]}))
    assert run.problems[0]["header"] == "職員番号"
    assert "英字、数字、ハイフンだけ" in run.problems[0]["message"]
    assert not Person.objects.filter(name="新任 一郎").exists()


def test_rights_are_proposed_for_numbers_in_any_spelling(cast):
    form = ProposeForm([], {"others": f"{cast.teacher.staff_number.lower()}\n{cast.teacher.staff_number}"})
    form.is_valid()
    assert form.cleaned_data["others"] == [cast.teacher.pk]


def test_the_database_itself_refuses_a_second_person_of_a_number(cast):
    with pytest.raises(IntegrityError):
        Person.objects.bulk_create([Person(staff_number="t0004", name="もう一人", password="!")])


def test_a_program_makes_nobody_with_a_number_in_full_width(cast):
    assert Person.objects.create_user(" ｎ９ー１", name="新任").staff_number == "n9-1"
    with pytest.raises(ValidationError, match="もう登録されています"):
        Person(staff_number="t0004", name="もう一人").full_clean()


def test_what_is_no_number_is_refused_with_a_sentence():
    assert staff_number("１２－３") == "12-3"
    assert folded("Ｔ０００１") == folded(written("t0001 "))
    with pytest.raises(ValueError, match="20字まで"):
        staff_number("1" * 21)


def without_the_constraint():
    """The table as it was before."""
    constraint = Person._meta.constraints[0]
    with connection.schema_editor(atomic=False) as editor:
        editor.remove_constraint(Person, constraint)


@pytest.mark.django_db(transaction=True)
def test_the_migration_writes_numbers_in_half_width_with_history_and_refuses_a_clash(cast):
    constraint = Person._meta.constraints[0]
    without_the_constraint()
    try:
        Person.objects.filter(pk=cast.clerk.pk).update(staff_number="Ｘ００１ ")
        with connection.schema_editor() as editor:
            MIGRATION.write_in_half_width(apps, editor)
        cast.clerk.refresh_from_db()
        assert cast.clerk.staff_number == "X001"
        assert cast.clerk.history.first().history_change_reason == MIGRATION.REASON
        Person.objects.filter(pk=cast.outsider.pk).update(staff_number="Ｙ００１")
        Person.objects.filter(pk=cast.clerk.pk).update(staff_number="t0004")
        with connection.schema_editor() as editor, pytest.raises(MIGRATION.StaffNumbersClash) as refused:
            MIGRATION.write_in_half_width(apps, editor)
        assert f"{cast.manager.pk}と{cast.clerk.pk}" in str(refused.value)
        assert "0004" not in str(refused.value)
        cast.outsider.refresh_from_db()
        assert cast.outsider.staff_number == "Ｙ００１", "nothing is changed"
        Person.objects.filter(pk=cast.clerk.pk).update(staff_number="X001")
    finally:
        with connection.schema_editor(atomic=False) as editor:
            editor.add_constraint(Person, constraint)
