"""What 第5条第4項 finds lacking: what is met, what is not, and what clears it; and what the desks show."""

import pytest

from files_registry.systems import workflow
from files_registry.systems.models import SystemAgreement, SystemFile
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.desk import work_of
from nerima_privacy.duties.registry import Scope, duty_named
from roles.holdings import load_holdings
from roles.models import Appointment, Person, Posting
from tests.files_registry import ledger_steps
from tests.files_registry.systems import making
from tests.files_registry.systems.making import day

pytestmark = pytest.mark.article("5-4")
TOPICS = ["accounts", "logs", "backups", "leavers"]


def outcome(name, *units, on=None):
    scope = Scope(on or today(), frozenset(unit.pk for unit in units) if units else None)
    return duty_named(f"systems.{name}").check(scope)


def findings(name, *units, on=None):
    return outcome(name, *units, on=on).findings


def moved(file, unit):
    file.unit = unit
    file.save()
    return file


def test_a_file_in_a_system_with_an_administrator_is_no_finding(cast):
    making.linked(cast)
    found = outcome("administered", cast.tax)
    assert (found.subjects, found.findings) == (1, [])


@pytest.mark.parametrize("gone", ["posting", "login", "never named"])
def test_a_file_in_a_system_whose_administrator_left_is_a_finding_by_itself(cast, gone):
    system = making.registered(cast) if gone == "never named" else making.administered(cast)
    making.linked(cast, system)
    if gone == "posting":
        Posting.objects.filter(person=cast.clerk).update(valid_to=day(-1))
    elif gone == "login":
        Person.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    (finding,) = findings("administered", cast.tax)
    assert finding.subject == "税務システム"
    assert finding.late(today())
    assert "税務課" in finding.clears
    workflow.name_administrator(system.pk, person_pk=cast.second_clerk.pk, valid_from=today(), actor=cast.officer)
    assert findings("administered") == []


def test_both_the_unit_of_the_file_and_the_one_that_runs_the_system_are_told(cast):
    file = moved(ledger_steps.held(cast), cast.school)
    making.linked(cast, making.registered(cast), file, cast.principal)
    assert {finding.unit_id for finding in findings("administered")} == {cast.tax.pk, cast.school.pk}
    assert [finding.unit_id for finding in findings("administered", cast.tax)] == [cast.tax.pk]
    assert [finding.unit_id for finding in findings("administered", cast.school)] == [cast.school.pk]
    assert findings("administered", cast.collection) == []
    assert outcome("administered", cast.tax).subjects == 1


def test_a_system_without_files_is_none(cast):
    making.registered(cast)
    assert outcome("administered").subjects == 0


def test_a_computerised_file_linked_to_nothing_is_a_finding_until_it_is(cast):
    file = ledger_steps.held(cast)
    (finding,) = findings("file_linked", cast.tax)
    assert file.number in finding.subject
    assert findings("file_linked", cast.school) == []
    link = making.linked(cast, file=file)
    assert findings("file_linked") == []
    assert outcome("file_linked").subjects == 1
    workflow.retire_system(link.system_id, last_day=today(), reason="移行", actor=cast.officer)
    assert findings("file_linked") == []
    assert len(findings("file_linked", on=day(1))) == 1


@pytest.mark.parametrize(
    ("cells", "many"),
    [
        ({"processing": "manual", "system_name": ""}, 0),
        ({"processing": "manual", "system_name": "台帳システム"}, 1),
        ({"processing": "computerised", "system_name": ""}, 1),
    ],
)
def test_paper_is_linked_to_nothing_unless_its_record_names_a_system(cast, cells, many):
    file = ledger_steps.held(cast)
    type(file.current).objects.filter(pk=file.current_id).update(**cells)
    assert len(findings("file_linked")) == many


def test_each_topic_without_an_agreement_is_named_until_all_are_agreed(cast):
    link = making.linked(cast)
    making.agreed(cast, "accounts", link)
    making.proposed(cast, topic="logs", link=link)
    (finding,) = findings("agreed", cast.tax)
    assert finding.subject == "税務システム（税務課のファイル）　ログの取得と点検、バックアップ、異動・退職時の扱い"
    workflow.agree(SystemAgreement.objects.get(topic="logs").pk, actor=cast.clerk)
    for topic in TOPICS[2:]:
        making.agreed(cast, topic, link)
    found = outcome("agreed", cast.tax)
    assert (found.subjects, found.findings) == (1, [])


def test_two_files_of_a_unit_in_one_system_are_one_agreement(cast):
    link = making.linked(cast)
    making.linked(cast, link.system, ledger_steps.held(cast, name="軽自動車税"))
    found = outcome("agreed", cast.tax)
    assert (found.subjects, len(found.findings)) == (1, 1)


def test_an_agreement_past_its_review_is_a_finding_until_a_newer_one_holds(cast):
    agreement = making.agreed(cast)
    SystemAgreement.objects.update(valid_from=day(-9), review_on=day(-1))
    (finding,) = findings("agreement_reviewed", cast.tax)
    assert finding.due_on == day(-1)
    assert findings("agreement_reviewed", cast.school) == []
    assert findings("agreement_reviewed", on=day(-1)) == []
    newer = making.proposed(cast, link=agreement.system.system_files.get())
    workflow.agree(newer.pk, actor=cast.clerk)
    assert findings("agreement_reviewed") == []


def test_a_file_that_left_the_system_asks_nothing_more(cast):
    making.agreed(cast)
    SystemAgreement.objects.update(valid_from=day(-9), review_on=day(-1))
    SystemFile.objects.update(valid_from=day(-8), valid_to=day(-1))
    assert [outcome(name).subjects for name in ("administered", "agreed", "agreement_reviewed")] == [0, 0, 0]


def desk(person):
    return [item for item in work_of(person, load_holdings(person), today()) if item.article == "5-4"]


def test_a_proposal_waits_on_the_desk_of_the_other_side_and_is_sent_on_the_own(cast):
    agreement = making.proposed(cast)
    (mine,) = [item for item in desk(cast.clerk) if item.url == agreement.get_absolute_url()]
    assert (mine.kind, mine.post_id) == ("turn", None)
    (sent,) = desk(cast.manager)
    assert (sent.kind, sent.now_with) == ("sent", "情報システムの管理者")
    assert desk(cast.officer) == desk(cast.neighbour) == desk(cast.administrator) == []


def test_the_proposal_of_the_administrator_waits_for_the_manager_in_that_post(cast):
    making.proposed(cast, "clerk")
    (item,) = desk(cast.manager)
    assert item.post_id == Appointment.objects.get(person=cast.manager).pk
    assert desk(cast.department_manager) == []


def test_it_steps_up_where_the_seat_is_vacant_or_its_holder_administers_the_system(cast):
    link = making.linked(cast, making.administered(cast, "manager"))
    making.proposed(cast, "manager", link=link)
    assert [item.kind for item in desk(cast.department_manager)] == ["turn"]
    assert desk(cast.chief) == []
    Appointment.objects.filter(person=cast.department_manager).update(valid_to=day(-1))
    assert [item.kind for item in desk(cast.chief)] == ["turn"]


def test_the_administrator_sees_what_is_not_agreed_until_it_is_proposed(cast):
    link = making.linked(cast)
    (item,) = desk(cast.clerk)
    assert item.title == "税務システム　税務課との合意"
    for topic in TOPICS:
        making.proposed(cast, "clerk", topic, link)
    assert {item.kind for item in desk(cast.clerk)} == {"sent"}
    for agreement in SystemAgreement.objects.all():
        workflow.agree(agreement.pk, actor=cast.manager)
    assert desk(cast.clerk) == []
    SystemAgreement.objects.filter(topic="logs").update(valid_from=day(-9), review_on=day(-2))
    (late,) = desk(cast.clerk)
    assert late.due_on == day(-2)


def test_who_administers_no_longer_has_nothing_to_do(cast):
    making.proposed(cast)
    Posting.objects.filter(person=cast.clerk).update(valid_to=day(-1))
    assert desk(cast.clerk) == []
