"""所管 in the filters of files and notifications: a select for a reader of few units, a picker for one of many."""

import pytest
from django.urls import reverse

from files_registry.filings import workflow
from nerima_privacy.calendars.periods import today
from roles.models import Unit
from roles.picker_fields import FEW
from tests.files_registry.steps import CELLS, filed, plan

LISTS = ["files:list", "filings:list"]


@pytest.fixture
def many(cast):
    Unit.objects.bulk_create(
        Unit(code=f"8{n:03}", name=f"第{n}中学校", organ=cast.education, is_school=True, valid_from=today())
        for n in range(FEW)
    )


@pytest.fixture
def see(client, cast):
    def get(person, name, **query):
        client.force_login(cast.people[person], backend="django.contrib.auth.backends.ModelBackend")
        return client.get(reverse(name), query)

    return get


@pytest.fixture
def two_files(cast):
    """One of 税務課, one of 豊玉小学校."""
    filed(cast, name="税務の台帳")
    draft = workflow.draft_new(
        cast.school.pk, actor=cast.school_officer, data={**CELLS, **plan(), "name": "学校の台帳"}
    )
    workflow.file(workflow.submit(draft.pk, actor=cast.school_officer).pk, actor=cast.principal)


@pytest.mark.parametrize("name", LISTS)
def test_a_reader_of_few_units_gets_a_select_with_the_one_asked_for(see, cast, name):
    page = see("chief", name, unit="0310").text
    assert '<option value="0310" selected>区民部 税務課</option>' in page
    assert "picker" not in page


@pytest.mark.parametrize("name", LISTS)
def test_a_reader_of_many_units_gets_a_picker_and_the_page_reads_no_more_than_it_must(
    see, client, name, many, django_assert_max_num_queries
):
    see("chief", name)
    with django_assert_max_num_queries(12) as queries:
        page = client.get(reverse(name), {"unit": "0310"})
    assert 'value="0310　区民部 税務課"' in page.text
    assert "第7中学校" not in page.text
    (told,) = [q["sql"] for q in queries.captured_queries if f"LIMIT {FEW + 1}" in q["sql"]]
    assert "roles_unit" in told


@pytest.mark.parametrize("how", ["key", "code", "name", "full", "written"])
@pytest.mark.parametrize("wide", [True, False])
def test_the_list_is_filtered_by_key_code_or_name(see, cast, two_files, request, how, wide):
    if wide:
        request.getfixturevalue("many")
    typed = {
        "key": cast.tax.pk,
        "code": "0310",
        "name": "税務課",
        "full": "区民部 税務課",
        "written": "0310　区民部 税務課",
    }[how]
    page = see("disclosure_manager", "files:list", unit=typed).text
    assert "税務の台帳" in page
    assert "学校の台帳" not in page


def test_where_a_number_is_a_code_and_a_key_the_code_is_meant(see, cast, two_files, many):
    Unit.objects.filter(pk=cast.school.pk).update(code=str(cast.tax.pk))
    page = see("disclosure_manager", "files:list", unit=cast.tax.pk).text
    assert "学校の台帳" in page
    assert "税務の台帳" not in page


@pytest.mark.parametrize("name", LISTS)
def test_a_unit_that_is_not_clear_is_said_at_the_field_and_kept(see, cast, name, many):
    page = see("chief", name, unit="中学").text
    assert "「中学」だけでは決まりません。近いもの：8000　第0中学校" in page
    assert 'value="中学"' in page


def test_a_unit_of_somebody_else_cannot_be_asked_for(see, two_files):
    page = see("principal", "files:list", unit="0310").text
    assert "「0310」にあてはまる組織はありません。" in page
    assert "税務の台帳" not in page


def test_a_code_that_begins_with_nought_is_never_taken_for_a_key(see, cast, many):
    page = see("chief", "files:list", unit=f"0{cast.school.pk}").text
    assert f"「0{cast.school.pk}」にあてはまる組織はありません。" in page
    assert "豊玉小学校" not in page
