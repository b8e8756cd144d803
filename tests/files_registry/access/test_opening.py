"""What a file holds is opened with a right, for a purpose where the file asks one; all of it is on record (第11条)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from files_registry.access import opening, workflow
from files_registry.access.gate import gate
from files_registry.access.models import Opening
from files_registry.catalogue.gates import held_back
from files_registry.catalogue.rights import Right
from nerima_privacy.activity.models import Entry
from nerima_privacy.refusals import Invalid
from tests.files_registry.access import steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-2", "11-3")]


def asked(person, method="get"):
    request = getattr(RequestFactory(), method)("/somewhere/?page=2")
    request.user = person
    return request


def test_an_opening_names_its_ground_and_purpose_and_leaves_one_entry(cast):
    grant = steps.granted(cast)
    before = Entry.objects.count()
    made = opening.open_file(grant.file, purpose="照会への回答", actor=cast.clerk)
    assert (made.ground, made.purpose) == (f"許可{grant.pk}", "照会への回答")
    assert Entry.objects.count() == before + 1
    assert opening.open_file(grant.file, purpose="確認", actor=cast.manager).ground == "税務課　保護責任者"


def test_without_a_purpose_a_confidential_file_stays_shut(cast):
    grant = steps.granted(cast)
    before = steps.everything()
    with pytest.raises(Invalid) as refused:
        opening.open_file(grant.file, purpose=" ", actor=cast.clerk)
    assert "purpose" in refused.value.errors
    assert steps.everything() == before


def test_a_less_confidential_file_opens_without_asking_and_is_noted_all_the_same(cast):
    file = steps.held_file(cast, confidentiality="2")
    steps.granted(cast, file)
    assert gate(asked(cast.clerk), file, Right.OPEN) is None
    assert Opening.objects.get().person == cast.clerk


def test_nobody_without_the_right_opens_and_nothing_is_written(cast):
    file = steps.held_file(cast)
    before = steps.everything()
    for who in set(cast.people) - {"manager", "officer", "second_officer"}:
        with pytest.raises(PermissionDenied):
            opening.open_file(file, purpose="見たい", actor=cast.people[who])
    assert steps.everything() == before


def test_an_attempt_that_was_refused_is_on_record_once_an_hour(cast):
    file = steps.held_file(cast)
    for _ in range(3):
        with pytest.raises(PermissionDenied):
            held_back(asked(cast.clerk), file)
    (noted,) = Opening.objects.all()
    assert noted.refused
    assert Entry.objects.filter(verb="access.opening_refused").count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=2)), pytest.raises(PermissionDenied):
        held_back(asked(cast.clerk), file)
    assert Opening.objects.count() == 2


def test_the_gate_leads_to_the_purpose_and_from_there_back(cast):
    grant = steps.granted(cast)
    held = held_back(asked(cast.clerk), grant.file)
    assert isinstance(held, HttpResponse)
    client = Client()
    client.force_login(cast.clerk, "django.contrib.auth.backends.ModelBackend")
    page = client.get(held["Location"])
    assert "開く目的" in page.text
    shut = client.post(held["Location"], {"purpose": "", "next": "/somewhere/?page=2"})
    assert shut.status_code == 422
    answer = client.post(held["Location"], {"purpose": "照会への回答", "next": "/somewhere/?page=2"})
    assert answer["Location"] == "/somewhere/?page=2"
    assert held_back(asked(cast.clerk), grant.file) is None


def test_the_way_back_never_leaves_the_site(cast):
    file = steps.held_file(cast)
    client = Client()
    client.force_login(cast.manager, "django.contrib.auth.backends.ModelBackend")
    for elsewhere in ("https://example.com/", "//example.com/", "javascript:alert(1)"):
        answer = client.post(f"/access/files/{file.pk}/open/", {"purpose": "確認", "next": elsewhere})
        assert answer["Location"] == file.get_absolute_url()


def test_a_right_that_ended_between_the_page_and_the_click_stops_the_click(cast):
    grant = steps.granted(cast)
    opening.open_file(grant.file, purpose="確認", actor=cast.clerk)
    assert held_back(asked(cast.clerk), grant.file) is None
    workflow.revoke(grant.pk, note="担当を外れた", actor=cast.manager)
    for method in ("get", "post"):
        with pytest.raises(PermissionDenied):
            held_back(asked(cast.clerk, method), grant.file)
