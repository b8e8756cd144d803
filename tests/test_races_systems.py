"""Two people at one system: the second waits for the first transaction, then is told, and nothing is done twice."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from files_registry.systems import administering, agreeing, workflow
from files_registry.systems.models import InformationSystem, SystemAdministrator, SystemAgreement, SystemFile
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from tests import every_verb, races
from tests.files_registry.systems import making
from tests.files_registry.systems.verbs import EXAMPLES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("5-4")]
race = races.at_the_record_of(workflow, administering, agreeing)


def doing(cast, name, subject, who):
    return EXAMPLES[name].doing(cast, subject, who)


@pytest.mark.parametrize(
    ("name", "first_who", "second_who"),
    [
        ("agree", "clerk", "clerk"),
        ("refuse", "clerk", "clerk"),
        ("withdraw", "manager", "manager"),
        ("link_file", "officer", "second_officer"),
        ("unlink_file", "officer", "second_officer"),
        ("retire_system", "officer", "manager"),
        ("end_administrator", "officer", "manager"),
        ("withdraw_administrator", "officer", "manager"),
        ("propose", "manager", "clerk"),
    ],
)
def test_the_same_twice_at_once_is_done_once(cast, monkeypatch, name, first_who, second_who):
    every_verb.twice_at_once_is_done_once(cast, EXAMPLES[name], race, monkeypatch, first_who, second_who)


def test_an_answer_and_a_withdrawal_at_once_leave_one_of_the_two(cast, monkeypatch):
    agreement = making.proposed(cast)
    first, second = race(
        monkeypatch, doing(cast, "withdraw", agreement, "manager"), doing(cast, "agree", agreement, "clerk")
    )
    assert first.status == "withdrawn"
    assert isinstance(second, MoveRefused), second
    assert SystemAgreement.objects.get().status == "withdrawn"


def test_of_two_administrators_named_at_once_there_is_one(cast, monkeypatch):
    system = making.administered(cast)
    seen = system.administrators.get().pk

    def name(who, actor):
        verb = partial(workflow.name_administrator, system.pk, valid_from=today(), seen=seen)
        return lambda: verb(person_pk=cast.people[who].pk, actor=cast.people[actor])

    first, second = race(monkeypatch, name("second_clerk", "officer"), name("officer", "manager"))
    assert first.person == cast.second_clerk
    assert isinstance(second, MoveRefused), second
    assert SystemAdministrator.objects.get(valid_to=None).person == cast.second_clerk


@pytest.mark.parametrize("mistaken", ["", "人ちがい"])
def test_one_named_while_the_last_naming_is_taken_back_is_refused_with_its_page(cast, monkeypatch, mistaken):
    system = making.administered(cast, on=making.day(-30))
    wrong = workflow.name_administrator(
        system.pk, person_pk=cast.second_clerk.pk, valid_from=today(), actor=cast.officer
    )

    def name():
        facts = {"valid_from": making.day(1), "mistaken": mistaken, "seen": wrong.pk}
        return workflow.name_administrator(system.pk, person_pk=cast.dual.pk, **facts, actor=cast.manager)

    first, second = race(monkeypatch, doing(cast, "withdraw_administrator", system, "officer"), name)
    assert first.withdrawn_by == cast.officer
    assert isinstance(second, MoveRefused), second
    assert SystemAdministrator.objects.standing().get().person == cast.clerk


def test_one_who_acts_as_administrator_at_that_moment_finds_the_naming_taken_back(cast, monkeypatch):
    link = making.linked(cast)
    first, second = race(
        monkeypatch,
        doing(cast, "withdraw_administrator", link.system, "officer"),
        lambda: making.proposed(cast, "clerk", link=link),
    )
    assert first.withdrawn_by == cast.officer
    assert isinstance(second, PermissionDenied), second
    assert not SystemAgreement.objects.exists()


def test_a_file_linked_to_a_system_retired_at_that_moment_is_refused(cast, monkeypatch):
    both = EXAMPLES["link_file"].before(cast)

    def retire():
        return workflow.retire_system(both[0].pk, last_day=making.day(-1), reason="移行", actor=cast.manager)

    first, second = race(monkeypatch, retire, doing(cast, "link_file", both, "officer"))
    assert first.valid_to == making.day(-1)
    assert isinstance(second, MoveRefused), second
    assert not SystemFile.objects.exists()


def test_one_page_sent_twice_at_once_registers_one_system(cast, monkeypatch):
    def send():
        return workflow.register_system(
            cast.tax.pk, data=making.NAMED, valid_from=today(), token="a page", actor=cast.officer
        )

    first, second = race(monkeypatch, send, send)
    assert not isinstance(first, Exception), first
    assert isinstance(second, MoveRefused), second
    assert InformationSystem.objects.count() == 1


def test_two_units_that_give_one_name_at_once_are_told(cast, monkeypatch):
    def register(unit, actor):
        return lambda: workflow.register_system(unit.pk, data=making.NAMED, valid_from=today(), actor=actor)

    first, second = race(monkeypatch, register(cast.tax, cast.officer), register(cast.collection, cast.neighbour))
    assert first.unit == cast.tax
    assert isinstance(second, Invalid), second
    assert "税務課" in second.errors["name"]
