"""Whose turn it is, is said alike by the list, its number, the page of one, and the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from files_registry.filings import workflow
from files_registry.filings.desk import work
from files_registry.filings.listing import listed, turns
from files_registry.filings.models import Filing, FilingStatus, Result
from files_registry.filings.panel import panel_of
from files_registry.filings.policies import visible_to
from files_registry.filings.presenters import list_holder
from files_registry.filings.queries import for_page
from files_registry.filings.turns import who_has_it
from nerima_privacy.calendars.periods import today
from roles.holdings import holdings_of
from roles.models import Appointment
from roles.seats import Seat
from tests.files_registry import steps

pytestmark = pytest.mark.article("10-1")
S = FilingStatus


def of_disclosure(cast, name):
    data = {**steps.CELLS, **steps.plan(), "name": name}
    draft = workflow.draft_new(cast.disclosure.pk, actor=cast.disclosure_officer, data=data)
    return workflow.file(draft.pk, actor=cast.disclosure_manager)


def everywhere(cast):
    """A notification in every state, one of 情報公開課 itself among them."""
    steps.draft(cast, name="一")
    steps.submitted(cast, name="二")
    workflow.send_back(steps.submitted(cast, name="三").pk, reason="6欄", actor=cast.manager)
    workflow.request_correction(steps.filed(cast, name="四").pk, reason="8欄", actor=cast.disclosure_staff)
    steps.filed(cast, name="五")
    steps.proposed(cast, name="六")
    steps.decided(cast, name="七")
    steps.notified(cast, name="八")
    steps.notified(cast, Result.RECONSIDER, name="九")
    steps.cease(cast, S.FILED, base=steps.held(cast, name="十"))
    workflow.file(steps.draft(cast, name="十一").pk, actor=cast.manager)
    of_disclosure(cast, "十二")
    workflow.consider(of_disclosure(cast, "十三").pk, propose=True, reason="新しい", actor=cast.two_seats)


def vacate(seat, unit=None):
    rows = Appointment.objects.filter(seat=seat)
    rows = rows.filter(unit=unit) if unit else rows
    rows.update(valid_to=today() - timedelta(days=1))


VACANT = {
    "nobody": lambda cast: None,
    "the unit's manager": lambda cast: vacate(Seat.PROTECTION_MANAGER, cast.tax),
    "the unit's officers": lambda cast: vacate(Seat.PROTECTION_OFFICER, cast.tax),
    "manager and department": lambda cast: (
        vacate(Seat.PROTECTION_MANAGER, cast.tax),
        vacate(Seat.DEPARTMENT_PROTECTION_MANAGER),
    ),
    "the disclosure manager": lambda cast: vacate(Seat.DISCLOSURE_MANAGER),
    "disclosure staff": lambda cast: vacate(Seat.DISCLOSURE_STAFF),
    "the departments": lambda cast: vacate(Seat.DEPARTMENT_PROTECTION_MANAGER),
}


@pytest.mark.parametrize("vacancy", VACANT)
def test_list_number_page_and_desk_agree_for_everybody(cast, vacancy):
    everywhere(cast)
    VACANT[vacancy](cast)
    filings = {filing.pk: filing for filing in for_page(Filing.objects.all())}
    for name, person in cast.people.items():
        holdings = holdings_of(person)
        rows = {filing.pk for filing in listed(person, "turn", {})}
        desk = {item.url for item in work(person, holdings, today()) if item.kind == "turn"}
        seen = set(visible_to(person).values_list("pk", flat=True))
        pages = {pk for pk in seen if panel_of(filings[pk], person).mine}
        assert {filings[pk].file.name + filings[pk].status for pk in rows ^ pages} == set(), name
        assert desk == {filings[pk].get_absolute_url() for pk in rows}, name
        assert turns(person, holdings).count() == len(rows), name


def test_a_draft_waits_for_its_author_and_a_returned_one_for_every_writer(cast):
    draft = steps.draft(cast, name="一")
    returned = workflow.send_back(steps.submitted(cast, name="二").pk, reason="6欄", actor=cast.manager)
    assert {filing.pk for filing in listed(cast.officer, "turn", {})} == {draft.pk, returned.pk}
    for person in (cast.second_officer, cast.manager):
        assert {filing.pk for filing in listed(person, "turn", {})} == {returned.pk}
    assert list_holder(draft) == f"税務課　{cast.officer.name}"


def test_the_list_says_who_stands_in_for_a_vacant_seat_as_the_page_does(cast, client):
    filing = steps.submitted(cast)
    vacate(Seat.PROTECTION_MANAGER, cast.tax)
    client.force_login(cast.officer)
    html = client.get(f"{reverse('filings:list')}?tab=open").content.decode()
    holder = who_has_it(Filing.objects.get(pk=filing.pk)).seat
    assert "保護管理責任者" in holder
    assert holder in html
    assert f"いまは {holder} の番です" in client.get(filing.get_absolute_url()).content.decode()
    (item,) = [item for item in work(cast.officer, holdings_of(cast.officer), today()) if item.kind == "sent"]
    assert item.now_with == holder


def test_the_council_waits_for_the_staff_and_for_the_manager_when_there_is_none(cast):
    filing = steps.proposed(cast)
    assert who_has_it(filing).seat == "情報公開課の職員"
    assert not listed(cast.disclosure_manager, "turn", {}).exists()
    vacate(Seat.DISCLOSURE_STAFF)
    assert who_has_it(filing).seat == "情報公開課長"
    assert listed(cast.disclosure_manager, "turn", {}).exists()
