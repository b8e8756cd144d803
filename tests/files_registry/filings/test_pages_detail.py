"""The page of a notification, for each step and each reader."""

import pytest
from django.urls import reverse

from files_registry.filings.models import FilingStatus
from tests.files_registry import steps

S = FilingStatus


@pytest.fixture
def see(client):
    def get(person, filing, name="filings:detail"):
        client.force_login(person)
        return client.get(reverse(name, args=[filing.pk]))

    return get


@pytest.mark.article("10-1")
def test_an_officer_sees_the_draft_and_what_is_missing(cast, see):
    filing = steps.draft(cast, scope="")
    html = see(cast.officer, filing).content.decode()
    assert "まだ書いていない欄が1つあります" in html
    assert "記録範囲" in html
    assert "保護責任者に確認を求める</button>" not in html


@pytest.mark.article("10-1")
def test_the_manager_confirms_with_one_primary_button(cast, see):
    filing = steps.submitted(cast)
    html = see(cast.manager, filing).content.decode()
    assert "あなたの番です" in html
    assert html.split("<main")[1].split("</main>")[0].count('data-kind="go"') == 1
    assert "確認して届け出る" in html
    assert "差し戻す" in html


def test_a_refused_action_says_who_can_do_it(cast, see):
    filing = steps.submitted(cast)
    html = see(cast.officer, filing).content.decode()
    assert "確認して届け出ることができるのは、税務課の保護責任者です。" in html
    assert "確認して届け出る</button>" not in html


def test_a_change_shows_old_and_new_and_folds_the_rest(cast, see):
    filing = steps.change(cast, S.SUBMITTED)
    html = see(cast.manager, filing).content.decode()
    assert "変わるのは1項目です" in html
    assert "<ins>" in html
    assert "森林環境税額" in html
    assert "<summary>変わらない" in html


@pytest.mark.parametrize(
    ("make", "person"),
    [
        (steps.draft, "officer"),
        (steps.submitted, "manager"),
        (steps.filed, "disclosure_manager"),
        (steps.decided, "disclosure_manager"),
        (steps.notified, "officer"),
        (steps.held, "manager"),
    ],
)
def test_each_step_is_shown_with_who_has_it(cast, see, make, person):
    filing = make(cast)
    answer = see(getattr(cast, person), filing)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert 'class="steps"' in html
    if filing.status != S.EFFECTED:
        assert "あなたの番です" in html


def test_outsiders_find_nothing_and_visitors_log_in(cast, see, client):
    filing = steps.filed(cast)
    for name in (
        "neighbour",
        "outsider",
        "audit_officer",
        "administrator",
        "superuser",
        "dispatched",
        "other_principal",
    ):
        assert see(cast.people[name], filing).status_code == 404, name
    client.logout()
    answer = client.get(filing.get_absolute_url())
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("login"))


def test_staff_of_the_unit_read_a_filed_one_without_internal_fields(cast, see):
    html = see(cast.clerk, steps.filed(cast)).content.decode()
    assert "秘匿性の区分" not in html
    assert "350,000" not in html


@pytest.mark.parametrize("person", ["officer", "manager", "disclosure_manager", "chief", "department_manager"])
@pytest.mark.parametrize("make", [steps.draft, steps.submitted, steps.filed, steps.decided, steps.notified])
def test_the_page_takes_a_fixed_number_of_queries(cast, see, client, make, person, django_assert_max_num_queries):
    filing = make(cast)
    see(cast.people[person], filing)
    with django_assert_max_num_queries(12):
        client.get(filing.get_absolute_url())
