"""The official forms as PDF: for whom, when, under which name."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from files_registry.filings.models import FilingStatus
from tests.files_registry import steps

S = FilingStatus


@pytest.fixture
def paper(client):
    def get(person, filing, name):
        client.force_login(person)
        return client.get(reverse(f"filings:{name}.pdf", args=[filing.pk]))

    return get


@pytest.mark.article("10-1")
@pytest.mark.parametrize("make", [steps.draft, steps.filed, steps.change])
def test_the_notification_is_printed_from_the_draft_on(cast, paper, make):
    answer = paper(cast.manager, make(cast), "notification")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert quote("届出書") in answer["Content-Disposition"]


@pytest.mark.article("10-2")
def test_the_result_is_printed_only_once_it_is_notified(cast, paper):
    assert paper(cast.manager, steps.decided(cast), "result").status_code == 404
    answer = paper(cast.manager, steps.notified(cast, name="もう一つの台帳"), "result")
    assert answer.content.startswith(b"%PDF")
    assert quote("検討結果通知書") in answer["Content-Disposition"]


@pytest.mark.article("10-3")
def test_ceasing_has_its_own_form(cast, paper):
    filing = steps.cease(cast, S.FILED)
    assert paper(cast.disclosure_manager, filing, "cease").content.startswith(b"%PDF")
    assert paper(cast.disclosure_manager, filing, "notification").status_code == 404


def test_only_those_with_a_seat_over_the_unit_print(cast, paper, client):
    filing = steps.filed(cast)
    assert paper(cast.clerk, filing, "notification").status_code == 403
    assert paper(cast.neighbour, filing, "notification").status_code == 404
    client.logout()
    assert client.get(reverse("filings:notification.pdf", args=[filing.pk])).status_code == 302
