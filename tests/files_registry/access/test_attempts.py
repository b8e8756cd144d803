"""What somebody tries who wants in without a right, for no purpose, or after its end (第11条)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from files_registry.access import opening, workflow
from files_registry.access.granting import close_right
from files_registry.access.holders import holders_of
from files_registry.access.models import GrantStatus, GroupKind
from files_registry.access.policies import visible_to
from files_registry.ledgers.models import LedgerEntry
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import MoveRefused
from tests.files_registry import ledger_steps
from tests.files_registry.access import steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1", "11-2", "11-3")]
SECRET = "特別徴収義務者の照合"


@pytest.fixture
def enter():
    def come(person):
        client = Client()
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return come


@pytest.fixture
def written(cast):
    """A confidential file whose ledger says something, and a clerk with 入力・更新."""
    file = steps.held_file(cast)
    ledger_steps.wrote(cast, file, "officer", purpose=SECRET)
    steps.granted(cast, file, rights=["open_file", "enter_file", "output_file"])
    return file


@pytest.mark.parametrize("name", ["write", "bulk", "verify", "register-medium"])
def test_a_form_sent_without_ever_opening_the_file_asks_what_for_and_shows_nothing(cast, enter, written, name):
    before = steps.everything(), LedgerEntry.objects.count()
    answer = enter(cast.clerk).post(reverse(f"ledgers:{name}", args=[written.pk]), {"kind": "used"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("access:open", args=[written.pk]))
    assert (steps.everything(), LedgerEntry.objects.count()) == before


def test_a_form_left_open_for_long_is_taken_all_the_same(cast, enter, written):
    opening.open_file(written, purpose="還付の確認", actor=cast.clerk)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        answer = enter(cast.clerk).post(reverse("ledgers:write", args=[written.pk]), {"kind": "used"})
    assert answer.status_code == 422


def test_one_group_is_proposed_once_however_often_it_is_pressed(cast):
    file = steps.held_file(cast)
    facts = steps.wish(group_unit_id=cast.tax.pk, group_kind=GroupKind.STAFF)
    workflow.propose(file.pk, **facts, actor=cast.officer)
    before = steps.everything()
    with pytest.raises(MoveRefused):
        workflow.propose(file.pk, **facts, actor=cast.officer)
    assert steps.everything() == before


def test_a_day_on_which_a_right_was_suspended_is_read_back_without_it(cast):
    start = timezone.now() - timedelta(days=9)
    with time_machine.travel(start):
        grant = steps.granted(cast)
    with time_machine.travel(start + timedelta(days=2)):
        close_right(grant, status=GrantStatus.SUSPENDED, reason="棚卸しの答えがなかった", actor=cast.manager)
    with time_machine.travel(start + timedelta(days=6)):
        workflow.restore(grant.pk, note="答えがおくれたが、業務に要る", actor=cast.manager)

    def held_after(days):
        return [one for one in holders_of(grant.file, start + timedelta(days=days)) if one.grant]

    assert [len(held_after(days)) for days in (1, 3, 5, 7)] == [1, 0, 0, 1]
    assert [one.grant for one in holders_of(grant.file) if one.grant] == [grant]


def test_who_proposed_and_moved_away_knows_of_those_rights_no_more(cast):
    file = steps.held_file(cast)
    (proposed,) = workflow.propose(file.pk, people=[cast.clerk.pk], **steps.wish(), actor=cast.second_officer)
    workflow.grant(proposed.pk, actor=cast.manager)
    assert proposed in visible_to(cast.second_officer)
    cast.second_officer.appointments.update(valid_to=today() - timedelta(days=1))
    assert proposed not in visible_to(cast.second_officer)
