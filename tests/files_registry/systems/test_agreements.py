"""What manager and administrator agree on: by two people, on record, one at a time (第5条第4項)."""

from datetime import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from files_registry.systems import pages, workflow
from files_registry.systems.models import SystemAgreement
from files_registry.systems.presenters import agreement_facts
from files_registry.systems.queries import agreed_on
from files_registry.systems.sides import awaiting, may
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.holdings import load_holdings
from roles.models import Appointment, Person, Unit
from tests.files_registry.systems import making
from tests.files_registry.systems.making import day, everything

pytestmark = pytest.mark.article("5-4")


def told():
    return set(Notice.objects.values_list("to__name", flat=True))


def test_what_one_side_proposes_the_other_agrees_to(cast):
    link = making.linked(cast)
    Notice.objects.all().delete()
    agreement = making.proposed(cast, link=link)
    assert (agreement.side, agreement.proposed_post) == ("manager", "税務課　保護責任者")
    assert told() == {cast.clerk.name}
    done = workflow.agree(agreement.pk, stamp=agreement.stamp, actor=cast.clerk)
    assert (done.status, done.decided_by, done.decided_post) == ("agreed", cast.clerk, "税務システムの管理者")
    assert told() == {cast.clerk.name, cast.manager.name}
    assert done.history.count() == 2


def test_the_administrator_proposes_and_the_manager_answers(cast):
    agreement = making.proposed(cast, "clerk")
    assert agreement.side == "administrator"
    before = everything()
    with pytest.raises(PermissionDenied):
        workflow.agree(agreement.pk, actor=cast.clerk)
    assert everything() == before
    done = workflow.refuse(agreement.pk, reason="3年残してください。", actor=cast.manager)
    assert (done.status, done.reason) == ("refused", "3年残してください。")
    assert making.proposed(cast, "clerk", link=cast_link(agreement)).status == "proposed"


def cast_link(agreement):
    return agreement.system.system_files.get()


def test_nobody_agrees_with_oneself_the_seat_above_answers(cast):
    link = making.linked(cast, making.administered(cast, "manager"))
    agreement = making.proposed(cast, "manager", link=link)
    assert agreement.side == "administrator"
    before = everything()
    for who in ("manager", "officer", "clerk", "chief"):
        with pytest.raises(PermissionDenied):
            workflow.agree(agreement.pk, actor=cast.people[who])
    assert everything() == before
    assert workflow.agree(agreement.pk, actor=cast.department_manager).status == "agreed"


def test_the_database_refuses_one_person_for_both(cast):
    agreement = making.agreed(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        SystemAgreement.objects.filter(pk=agreement.pk).update(decided_by=cast.manager)


def test_who_proposed_and_then_became_administrator_does_not_answer(cast):
    agreement = making.proposed(cast)
    workflow.name_administrator(agreement.system_id, person_pk=cast.manager.pk, valid_from=today(), actor=cast.officer)
    before = everything()
    with pytest.raises(PermissionDenied):
        workflow.agree(agreement.pk, actor=cast.manager)
    assert everything() == before
    assert workflow.withdraw(agreement.pk, reason="担当が替わった。", actor=cast.manager).status == "withdrawn"


def test_a_successor_answers_and_who_went_does_not(cast):
    agreement = making.proposed(cast)
    workflow.name_administrator(
        agreement.system_id, person_pk=cast.second_clerk.pk, valid_from=today(), actor=cast.officer
    )
    with pytest.raises(PermissionDenied):
        workflow.agree(agreement.pk, actor=cast.clerk)
    assert workflow.agree(agreement.pk, actor=cast.second_clerk).decided_by == cast.second_clerk


def test_a_vacant_seat_steps_up_and_a_school_has_no_department(cast):
    link = making.linked(cast)
    Appointment.objects.filter(person=cast.manager).update(valid_to=day(-1))
    agreement = making.proposed(cast, "clerk", link=link)
    assert workflow.agree(agreement.pk, actor=cast.department_manager).decided_by == cast.department_manager
    Unit.objects.filter(pk=cast.tax.pk).update(parent=None)
    later = making.proposed(cast, "clerk", "logs", link)
    assert workflow.agree(later.pk, actor=cast.chief).decided_by == cast.chief


def test_the_unit_that_took_over_speaks_for_the_files(cast):
    link = making.linked(cast)
    Appointment.objects.filter(unit=cast.tax).update(valid_to=day(-1))
    Unit.objects.filter(pk=cast.tax.pk).update(valid_to=day(-1))
    cast.tax.successors.add(cast.other_school)
    type(link).objects.filter(pk=link.pk).update(valid_from=day(-1))
    agreement = workflow.propose(link.system_id, cast.tax.pk, "logs", data=making.facts(), actor=cast.other_principal)
    assert agreement.side == "manager"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "あ" * 2001}, "words"),
        ({"review_on": today()}, "review_on"),
        ({"review_on": day(400)}, "review_on"),
        ({"valid_from": day(-401)}, "valid_from"),
    ],
)
def test_words_and_days_are_checked(cast, data, field):
    link = making.linked(cast)
    before = everything()
    with pytest.raises(Invalid) as refused:
        making.proposed(cast, link=link, **data)
    assert field in refused.value.errors
    assert everything() == before


def test_one_proposal_a_topic_waits_and_topics_are_those_of_the_law(cast):
    agreement = making.proposed(cast)
    before = everything()
    with pytest.raises(MoveRefused, match="回答を待っている提案"):
        making.proposed(cast, "clerk", link=cast_link(agreement))
    with pytest.raises(MoveRefused, match="合意する事項にありません"):
        making.proposed(cast, topic="weather", link=cast_link(agreement))
    assert everything() == before


def test_a_unit_without_a_file_in_the_system_agrees_on_nothing(cast):
    link = making.linked(cast)
    workflow.unlink_file(link.pk, last_day=today(), reason="移した", actor=cast.officer)
    type(link).objects.filter(pk=link.pk).update(valid_from=day(-2), valid_to=day(-1))
    before = everything()
    with pytest.raises(MoveRefused, match="ファイルはいまありません"):
        making.proposed(cast, link=link)
    assert everything() == before


def test_a_newer_agreement_takes_the_place_of_the_one_before_from_its_first_day(cast):
    first = making.agreed(cast)
    newer = making.proposed(cast, link=cast_link(first), words="毎週点検する。", valid_from=day(10))
    workflow.agree(newer.pk, actor=cast.clerk)
    first.refresh_from_db()
    assert (first.status, first.valid_to) == ("superseded", day(9))
    assert agreed_on(day(9)).get() == first
    assert agreed_on(day(10)).get() == newer
    assert first.history.count() == 3


def test_an_older_agreement_never_takes_the_place_of_a_newer(cast):
    first = making.agreed(cast)
    older = making.proposed(cast, link=cast_link(first), valid_from=day(-3))
    before = everything()
    with pytest.raises(MoveRefused, match="それより前から"):
        workflow.agree(older.pk, actor=cast.clerk)
    assert everything() == before


def test_a_proposal_whose_review_has_passed_is_not_agreed_to(cast):
    agreement = making.proposed(cast)
    SystemAgreement.objects.update(valid_from=day(-9), review_on=day(-1))
    before = everything()
    with pytest.raises(MoveRefused, match="見直しの期限"):
        workflow.agree(agreement.pk, actor=cast.clerk)
    assert everything() == before


def test_what_was_proposed_on_a_system_that_was_retired_since_waits_for_nobody(cast):
    agreement = making.proposed(cast)
    workflow.retire_system(agreement.system_id, last_day=today(), reason="移行", actor=cast.officer)
    type(agreement.system).objects.update(valid_to=day(-1))
    assert not awaiting(cast.clerk, load_holdings(cast.clerk)).exists()
    before = everything()
    with pytest.raises(MoveRefused, match="使い終えている"):
        workflow.agree(agreement.pk, actor=cast.clerk)
    assert everything() == before
    assert workflow.withdraw(agreement.pk, reason="移行した。", actor=cast.manager).status == "withdrawn"


def merge(cast):
    Appointment.objects.filter(unit=cast.tax).update(valid_to=day(-1))
    Unit.objects.filter(pk=cast.tax.pk).update(valid_to=day(-1))
    cast.tax.successors.add(cast.collection)


def act(cast):
    Appointment.objects.filter(person=cast.manager).update(valid_to=day(-1))
    seat = {"seat": "protection_manager", "unit": cast.tax, "basis": "acting"}
    Appointment.objects.create(**seat, person=cast.second_clerk, valid_from=today())


SITUATIONS = {
    "as ever": lambda cast: None,
    "the seat is vacant": lambda cast: Appointment.objects.filter(person=cast.manager).update(valid_to=day(-1)),
    "nobody above either": lambda cast: Appointment.objects.filter(
        person__in=[cast.manager, cast.department_manager]
    ).update(valid_to=day(-1)),
    "an acting manager": act,
    "the administrator left": lambda cast: cast.clerk.postings.update(valid_to=day(-1)),
    "the manager's login is closed": lambda cast: Person.objects.filter(pk=cast.manager.pk).update(is_active=False),
    "the unit was merged": merge,
}


@pytest.mark.parametrize(
    ("proposer", "administrator"),
    [("manager", "clerk"), ("clerk", "clerk"), ("manager", "manager"), ("neighbour", "neighbour")],
)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_desks_and_the_rule_say_the_same_of_everybody(cast, situation, proposer, administrator):
    link = making.linked(cast, making.administered(cast, administrator))
    agreement = making.proposed(cast, proposer, link=link)
    SITUATIONS[situation](cast)
    agreement = pages.for_agreement(SystemAgreement.objects).get()
    people = Person.objects.in_bulk([person.pk for person in cast.people.values()]).values()
    by_rule = {person.name for person in people if may(person, agreement, "agree")}
    active = [person for person in people if person.is_active]
    on_desks = {p.name for p in active if awaiting(p, load_holdings(p)).filter(pk=agreement.pk).exists()}
    assert on_desks == by_rule
    assert {person.name for person in people if person.pk == agreement.proposed_by_id} & by_rule == set()


def test_how_long_an_agreement_may_stand_is_a_value_of_the_ward(cast):
    link = making.linked(cast)
    LegalParameter.objects.filter(key="system.agreement_months").update(value=6)
    with pytest.raises(Invalid, match="見直しは"):
        making.proposed(cast, link=link)
    assert making.proposed(cast, link=link, review_on=day(150)).review_on == day(150)


def test_the_day_of_a_proposal_made_before_nine_is_that_of_tokyo(cast):
    with time_machine.travel(datetime(2026, 11, 20, 8, tzinfo=timezone.get_default_timezone()), tick=False):
        said = {fact.label: fact for fact in agreement_facts(making.proposed(cast))}
    assert "令和8年11月20日" in said["提案"].small
