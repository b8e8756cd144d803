"""The register of systems: what is refused, what ends with what, and who is told (第5条第4項)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from files_registry.systems import workflow
from files_registry.systems.models import InformationSystem, SystemAdministrator, SystemFile
from files_registry.systems.queries import administrator_of
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Person, Posting, Unit
from roles.seats import Basis, Seat
from tests.cast import BEGIN
from tests.files_registry import ledger_steps
from tests.files_registry.systems import making
from tests.files_registry.systems.making import day, everything

pytestmark = pytest.mark.article("5-4")


def told():
    return set(Notice.objects.values_list("to__name", flat=True))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": " "}, "name"),
        ({"purpose": ""}, "purpose"),
        ({"name": "あ" * 121}, "name"),
        ({"name": "税務\x07システム"}, "name"),
    ],
)
def test_what_is_missing_or_cannot_be_stored_is_said_at_its_field(cast, data, field):
    before = everything()
    with pytest.raises(Invalid) as refused:
        making.registered(cast, **data)
    assert field in refused.value.errors
    assert everything() == before


def test_a_name_that_is_taken_says_by_whom(cast):
    making.registered(cast)
    before = everything()
    with pytest.raises(Invalid, match="区民部 税務課の情報システム"):
        making.registered(cast, cast.collection, cast.neighbour)
    assert everything() == before


def test_an_edit_writes_what_changed_and_a_stale_page_nothing(cast):
    system = making.registered(cast)
    data = {**making.NAMED, "purpose": "賦課だけ"}
    workflow.edit_system(system.pk, data=data, valid_from=system.valid_from, stamp=0, actor=cast.manager)
    system.refresh_from_db()
    assert system.purpose == "賦課だけ"
    assert system.history.count() == 2
    before = everything()
    with pytest.raises(MoveRefused, match="画面を開いたあと"):
        workflow.edit_system(system.pk, data=making.NAMED, valid_from=today(), stamp=0, actor=cast.officer)
    with pytest.raises(Invalid, match="改めたところがありません"):
        workflow.edit_system(system.pk, data=data, valid_from=system.valid_from, actor=cast.officer)
    assert everything() == before


def test_a_system_does_not_begin_after_what_is_in_it(cast):
    system = making.administered(cast, on=day(-30))
    before = everything()
    with pytest.raises(Invalid, match="その日以前の日付"):
        workflow.edit_system(system.pk, data=making.NAMED, valid_from=day(-29), actor=cast.officer)
    assert everything() == before
    assert workflow.edit_system(system.pk, data=making.NAMED, valid_from=day(-30), actor=cast.officer)


def test_a_successor_ends_the_one_before_the_day_before_and_both_are_told(cast):
    system = making.administered(cast, on=day(-30))
    Notice.objects.all().delete()
    workflow.name_administrator(system.pk, person_pk=cast.second_clerk.pk, valid_from=today(), actor=cast.officer)
    first, second = SystemAdministrator.objects.order_by("valid_from")
    assert (first.person, first.valid_to) == (cast.clerk, day(-1))
    assert (second.person, second.valid_to, second.unit) == (cast.second_clerk, None, cast.tax)
    assert first.history.count() == 2
    assert administrator_of(system).person == cast.second_clerk
    assert administrator_of(system, day(-1)).person == cast.clerk
    assert told() == {cast.clerk.name, cast.second_clerk.name, cast.manager.name}


@pytest.mark.parametrize(
    ("who", "on", "field"),
    [
        ("dispatched", 0, "person"),
        ("former", 0, "person"),
        ("outsider", 0, "person"),
        ("clerk", 0, "person"),
        ("second_clerk", -1, "valid_from"),
        ("second_clerk", -401, "valid_from"),
    ],
)
def test_nobody_from_outside_nobody_gone_nobody_twice_and_no_day_before_the_last(cast, who, on, field):
    system = making.administered(cast)
    before = everything()
    with pytest.raises(Invalid) as refused:
        workflow.name_administrator(system.pk, person_pk=cast.people[who].pk, valid_from=day(on), actor=cast.officer)
    assert field in refused.value.errors
    assert everything() == before


def test_a_page_that_showed_another_administrator_names_nobody(cast):
    system = making.administered(cast)
    before = everything()
    with pytest.raises(MoveRefused, match="画面を開いたあと"):
        workflow.name_administrator(
            system.pk, person_pk=cast.second_clerk.pk, valid_from=today(), seen=0, actor=cast.officer
        )
    assert everything() == before


def take_back(system, actor, **facts):
    return workflow.withdraw_administrator(system.pk, reason="人ちがい", actor=actor, **facts)


def name(cast, system, who, on=0, **facts):
    person = cast.people[who]
    return workflow.name_administrator(system.pk, person_pk=person.pk, valid_from=day(on), actor=cast.officer, **facts)


def test_a_naming_taken_back_the_same_day_lets_the_one_before_go_on_as_if_nothing_had_happened(cast):
    system = making.administered(cast, on=day(-30))
    name(cast, system, "second_clerk")
    Notice.objects.all().delete()
    wrong = take_back(system, cast.manager)
    first, second = SystemAdministrator.objects.order_by("pk")
    assert (first.person, first.valid_from, first.valid_to) == (cast.clerk, day(-30), None)
    assert (second.pk, second.withdrawn_by, second.withdrawn_reason) == (wrong.pk, cast.manager, "人ちがい")
    assert {administrator_of(system, day(days)).person for days in (-30, -1, 0, 1)} == {cast.clerk}
    assert [row.history.count() for row in (first, second)] == [3, 2]
    assert told() == {cast.clerk.name, cast.second_clerk.name}
    assert set(Notice.objects.values_list("body", flat=True)) == {"人ちがい"}


def test_a_naming_by_mistake_is_replaced_at_once_and_both_stay_on_record(cast):
    system = making.administered(cast, on=day(-30))
    name(cast, system, "second_clerk")
    Notice.objects.all().delete()
    name(cast, system, "dual", mistaken="人ちがい")
    first, wrong, right = SystemAdministrator.objects.order_by("pk")
    assert (first.valid_to, wrong.withdrawn_reason, right.valid_from) == (day(-1), "人ちがい", today())
    assert (right.person, right.replaced, right.replaced_until) == (cast.dual, first, None)
    assert administrator_of(system).person == cast.dual
    assert administrator_of(system, day(-1)).person == cast.clerk
    assert told() == {cast.clerk.name, cast.second_clerk.name, cast.dual.name, cast.manager.name}
    take_back(system, cast.officer)
    assert administrator_of(system).person == cast.clerk


def test_a_wrong_first_day_is_put_right_for_the_same_person(cast):
    system = making.administered(cast, on=day(-100))
    assert name(cast, system, "clerk", on=-5, mistaken="日のまちがい").valid_from == day(-5)
    assert administrator_of(system, day(-6)) is None


def test_the_first_of_all_taken_back_leaves_none_and_a_planned_one_is_cancelled_on_any_day(cast):
    system = making.administered(cast)
    take_back(system, cast.officer)
    assert administrator_of(system) is None
    name(cast, system, "clerk")
    name(cast, system, "second_clerk", on=7)
    SystemAdministrator.objects.update(named_at=timezone.now() - timedelta(days=3))
    take_back(system, cast.officer)
    assert administrator_of(system, day(30)).person == cast.clerk


def test_one_whose_end_was_planned_goes_on_until_that_day_and_not_past_the_end_of_the_system(cast):
    system = making.administered(cast, on=day(-30))
    workflow.end_administrator(system.pk, last_day=day(20), reason="担当替え", actor=cast.officer)
    name(cast, system, "second_clerk")
    take_back(system, cast.officer)
    assert SystemAdministrator.objects.standing().get().valid_to == day(20)
    name(cast, system, "second_clerk")
    workflow.retire_system(system.pk, last_day=day(9), reason="移行", actor=cast.officer)
    take_back(system, cast.officer)
    assert SystemAdministrator.objects.standing().get().valid_to == day(9)


def test_from_the_next_day_a_naming_is_no_mistake_any_more(cast):
    system = making.administered(cast)
    SystemAdministrator.objects.update(named_at=timezone.now() - timedelta(days=1))
    before = everything()
    with pytest.raises(MoveRefused, match="登録した日のうち"):
        take_back(system, cast.officer)
    with pytest.raises(MoveRefused, match="登録した日のうち"):
        name(cast, system, "second_clerk", mistaken="人ちがい")
    assert everything() == before


@pytest.mark.parametrize("how", ["proposed", "answered"])
def test_who_acted_as_administrator_has_administered_and_is_not_taken_back(cast, how):
    link = making.linked(cast)
    making.proposed(cast, "clerk", link=link) if how == "proposed" else making.agreed(cast, link=link)
    before = everything()
    with pytest.raises(MoveRefused, match="管理者として行ったこと"):
        take_back(link.system, cast.officer)
    with pytest.raises(MoveRefused, match="管理者として行ったこと"):
        name(cast, link.system, "second_clerk", mistaken="人ちがい")
    assert everything() == before


def test_a_page_that_showed_another_takes_nobody_back_and_a_reason_is_needed(cast):
    system = making.administered(cast)
    before = everything()
    with pytest.raises(MoveRefused, match="画面を開いたあと"):
        take_back(system, cast.officer, seen=0)
    with pytest.raises(Invalid) as refused:
        workflow.withdraw_administrator(system.pk, reason=" ", actor=cast.officer)
    assert set(refused.value.errors) == {"reason"}
    with pytest.raises(Invalid, match="前の登録が誤りのとき"):
        name(cast, system, "second_clerk", on=-1)
    assert everything() == before


LEFT = {
    "the login is closed": lambda cast: Person.objects.filter(pk=cast.clerk.pk).update(is_active=False),
    "the posting ended": lambda cast: Posting.objects.filter(person=cast.clerk).update(valid_to=day(-1)),
    "moved to another unit": lambda cast: Posting.objects.filter(person=cast.clerk).update(unit=cast.school),
    "the registration ended": lambda cast: SystemAdministrator.objects.update(valid_to=day(-1)),
}


@pytest.mark.parametrize("how", LEFT)
def test_an_administrator_who_left_counts_as_nobody_by_itself(cast, how):
    system = making.administered(cast)
    assert administrator_of(system).person == cast.clerk
    LEFT[how](cast)
    assert administrator_of(system) is None


def test_one_who_administers_by_a_seat_alone_is_gone_with_it(cast):
    Posting.objects.filter(person=cast.manager).delete()
    system = making.administered(cast, "manager")
    assert administrator_of(system).unit == cast.tax
    Appointment.objects.filter(person=cast.manager).update(valid_to=day(-1))
    assert administrator_of(system) is None


def test_a_unit_merged_into_another_takes_its_administrator_along(cast):
    system = making.administered(cast)
    Unit.objects.filter(pk=cast.tax.pk).update(valid_to=day(-1))
    Posting.objects.filter(person=cast.clerk).update(unit=cast.collection)
    cast.tax.successors.add(cast.collection)
    assert administrator_of(system).person == cast.clerk
    workflow.name_administrator(system.pk, person_pk=cast.second_clerk.pk, valid_from=today(), actor=cast.neighbour)
    assert SystemAdministrator.objects.get(valid_to=None).named_by == cast.neighbour


def test_somebody_with_two_posts_is_taken_where_the_system_is(cast):
    Posting.objects.create(person=cast.teacher, unit=cast.tax, is_main=False, valid_from=BEGIN)
    making.administered(cast, "teacher")
    assert SystemAdministrator.objects.get().unit == cast.tax


def test_an_acting_manager_acts_and_the_absent_one_does_not(cast):
    Appointment.objects.filter(person=cast.manager).update(valid_to=day(-1))
    Appointment.objects.create(
        seat=Seat.PROTECTION_MANAGER, unit=cast.tax, person=cast.second_clerk, valid_from=today(), basis=Basis.ACTING
    )
    making.registered(cast, actor=cast.second_clerk)
    assert InformationSystem.objects.get().registered_by == cast.second_clerk


def test_retiring_ends_links_and_administrator_and_tells_those_whose_files_are_in_it(cast):
    link = making.linked(cast)
    school = ledger_steps.held(cast, name="学籍")
    school.unit = cast.school
    school.save()
    making.linked(cast, link.system, school, cast.principal)
    Notice.objects.all().delete()
    workflow.retire_system(link.system_id, last_day=today(), reason="移行", actor=cast.officer)
    assert set(SystemFile.objects.values_list("valid_to", flat=True)) == {today()}
    assert SystemAdministrator.objects.get().valid_to == today()
    assert link.history.count() == 2
    assert told() == {cast.manager.name, cast.principal.name}
    before = everything()
    with pytest.raises(MoveRefused, match="使い終えることになっています"):
        workflow.retire_system(link.system_id, last_day=today(), reason="移行", actor=cast.officer)
    assert everything() == before


def test_a_system_is_not_retired_before_what_is_in_it_began(cast):
    link = making.linked(cast)
    before = everything()
    with pytest.raises(Invalid, match="はじまりの日"):
        workflow.retire_system(link.system_id, last_day=day(-5), reason="移行", actor=cast.officer)
    with pytest.raises(Invalid) as refused:
        workflow.retire_system(link.system_id, last_day=today(), reason=" ", actor=cast.officer)
    assert set(refused.value.errors) == {"reason"}
    assert everything() == before


def test_nothing_is_done_to_a_retired_system(cast):
    system = making.registered(cast)
    workflow.retire_system(system.pk, last_day=day(-1), reason="移行", actor=cast.officer)
    file = ledger_steps.held(cast)
    before = everything()
    verbs = [
        lambda: workflow.edit_system(system.pk, data=making.NAMED, valid_from=today(), actor=cast.officer),
        lambda: workflow.name_administrator(system.pk, person_pk=cast.clerk.pk, valid_from=day(-2), actor=cast.officer),
        lambda: workflow.link_file(file.pk, system_pk=system.pk, valid_from=today(), actor=cast.officer),
    ]
    for verb in verbs:
        with pytest.raises(MoveRefused, match="使い終えている"):
            verb()
    assert everything() == before


def test_a_file_is_linked_by_its_own_unit_whoever_runs_the_system(cast):
    system = making.administered(cast)
    file = ledger_steps.held(cast)
    file.unit = cast.school
    file.save()
    Notice.objects.all().delete()
    link = making.linked(cast, system, file, cast.school_officer)
    assert link.linked_by == cast.school_officer
    assert told() == {cast.manager.name, cast.principal.name, cast.clerk.name}


def test_a_file_is_in_a_system_once_and_only_while_it_is_held(cast):
    link = making.linked(cast)
    before = everything()
    with pytest.raises(MoveRefused, match="に結びついています"):
        making.linked(cast, link.system, link.file)
    with pytest.raises(Invalid, match="保有をはじめた日"):
        workflow.link_file(link.file_id, system_pk=link.system_id, valid_from=day(-1), actor=cast.officer)
    assert everything() == before
    workflow.unlink_file(link.pk, last_day=today(), reason="移した", actor=cast.manager)
    with pytest.raises(MoveRefused, match="に結びついています"):
        making.linked(cast, link.system, link.file)
    again = workflow.link_file(link.file_id, system_pk=link.system_id, valid_from=day(1), actor=cast.manager)
    assert again.valid_from == day(1)
    with pytest.raises(MoveRefused, match="終わることになっています"):
        workflow.unlink_file(link.pk, last_day=today(), reason="移した", actor=cast.manager)


def test_a_file_in_preparation_is_not_linked(cast):
    system, file = making.administered(cast), ledger_steps.held(cast)
    type(file).objects.filter(pk=file.pk).update(status="ceased", ceased_on=today())
    before = everything()
    with pytest.raises(MoveRefused, match="「廃止」のファイル"):
        workflow.link_file(file.pk, system_pk=system.pk, valid_from=today(), actor=cast.officer)
    assert everything() == before
