"""Each verb on a right: by whom, from where, all of it or nothing (第11条第1項)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from files_registry.access import reviewing, workflow
from files_registry.access.models import Grant, GrantStatus
from files_registry.access.reconciling import differences
from files_registry.access.reviewing import Answer, Answered
from nerima_privacy.refusals import Invalid, MoveRefused
from tests import every_verb
from tests.every_verb import Example
from tests.files_registry.access import steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1")]
S = GrantStatus
KEEP = Answered(Answer.KEEP)
# Everybody a grant opens something to, and for whom no seat of 税務課 does.
ASKERS = {
    "chief", "department_manager", "two_seats", "clerk", "second_clerk", "dispatched", "neighbour", "acting", "dual",
    "principal", "school_officer", "teacher", "other_principal", "disclosure_manager", "disclosure_staff",
    "disclosure_officer", "superuser", "outsider",
}  # fmt: skip
NOWHERE = {"chief", "superuser", "outsider"}  # they work nowhere, so a right would rest on nothing

EXAMPLES = {
    "request": Example(
        steps.held_file,
        lambda cast, file, actor: workflow.request(file.pk, actor=actor, **steps.wish()),
        ASKERS - NOWHERE,
        unfit=NOWHERE,
    ),
    "propose": Example(
        steps.held_file,
        lambda cast, file, actor: workflow.propose(
            file.pk, people=[cast.clerk.pk, cast.second_clerk.pk], actor=actor, **steps.wish()
        ),
        {"manager", "officer", "second_officer"},
    ),
    "grant": Example(
        steps.requested, lambda cast, g, actor: workflow.grant(g.pk, note="窓口のみ", actor=actor), {"manager"},
        {S.REQUESTED},
    ),
    "refuse": Example(
        steps.requested, lambda cast, g, actor: workflow.refuse(g.pk, note="要らない", actor=actor), {"manager"},
        {S.REQUESTED},
    ),
    "withdraw": Example(
        steps.requested, lambda cast, g, actor: workflow.withdraw(g.pk, actor=actor), {"clerk"}, {S.REQUESTED},
        quiet=True,
    ),
    "narrow": Example(
        lambda cast: steps.granted(cast, rights=["open_file", "output_file"]),
        lambda cast, g, actor: workflow.narrow(
            g.pk, rights=["open_file"], ends_on=steps.wish()["ends_on"], note="出力は不要", actor=actor
        ),
        {"manager"},
        {S.GRANTED},
    ),
    "revoke": Example(
        steps.granted, lambda cast, g, actor: workflow.revoke(g.pk, note="担当を外れた", actor=actor), {"manager"},
        {S.GRANTED, S.SUSPENDED},
    ),
    "restore": Example(
        steps.suspended, lambda cast, g, actor: workflow.restore(g.pk, note="業務に要る", actor=actor), {"manager"},
        {S.SUSPENDED},
    ),
    "review": Example(
        steps.granted,
        lambda cast, g, actor: reviewing.review(g.file_id, answers={g.pk: KEEP}, actor=actor),
        {"manager"},
        quiet=True,
    ),
}  # fmt: skip
ON_GRANTS = every_verb.with_starts(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_everybody_else_is_refused_and_nothing_is_written(cast, name):
    every_verb.everybody_else_is_refused(cast, EXAMPLES[name])


@pytest.mark.parametrize(("name", "who"), every_verb.each_who_may(EXAMPLES))
def test_who_may_does_it_and_leaves_one_entry_and_rights_that_agree(cast, name, who):
    every_verb.leaves_one_entry(cast, EXAMPLES[name], who)
    assert not list(differences())


def put(cast, grant, status):
    """Into a state, with what the database asks to be said of it."""
    decided = {"decided_by": cast.manager, "decided_at": timezone.now()}
    ended = {"ended_at": None if status == S.GRANTED else timezone.now(), "end_reason": "例"}
    Grant.objects.filter(pk=grant.pk).update(status=status, **decided, **ended)


@pytest.mark.parametrize("name", ON_GRANTS)
def test_it_is_refused_from_every_other_state(cast, name):
    every_verb.is_refused_from_every_other_state(cast, EXAMPLES[name], put)


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if not example.quiet])
def test_nothing_is_kept_when_the_notice_cannot_be_queued(cast, name, monkeypatch):
    every_verb.keeps_nothing_where_nobody_can_be_told(
        cast, EXAMPLES[name], monkeypatch, "files_registry.access.telling"
    )


@pytest.mark.parametrize("name", ON_GRANTS)
def test_a_double_click_does_it_once(cast, name):
    every_verb.is_done_once(cast, EXAMPLES[name])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"rights": []}, "rights"),
        ({"rights": ["everything"]}, "rights"),
        ({"purpose": "  "}, "purpose"),
        ({"purpose": "あ" * 401}, "purpose"),
        ({"ends_on": None}, "ends_on"),
        ({"ends_on": steps.date(2020, 1, 1)}, "ends_on"),
        ({"ends_on": steps.date(2999, 1, 1)}, "ends_on"),
        ({"begins_on": steps.date(2020, 1, 1)}, "begins_on"),
    ],
)
def test_a_request_that_does_not_hold_says_so_at_the_field_and_writes_nothing(cast, changed, field):
    file = steps.held_file(cast)
    before = steps.everything()
    with pytest.raises(Invalid) as refused:
        workflow.request(file.pk, actor=cast.clerk, **steps.wish(**changed))
    assert field in refused.value.errors
    assert steps.everything() == before


def test_a_manager_who_asks_for_another_units_file_is_decided_on_there(cast):
    grant = steps.requested(cast, who="neighbour")
    assert workflow.grant(grant.pk, actor=cast.manager).status == S.GRANTED


def test_a_vacant_seat_steps_up_to_the_department_and_a_school_to_the_ward(cast):
    from roles.models import Appointment

    own = steps.requested(cast)
    school = steps.requested(cast, steps.held_file(cast, cast.school, "T-2"), who="teacher")
    Appointment.objects.filter(person__in=[cast.manager, cast.principal]).delete()
    with pytest.raises(PermissionDenied):
        workflow.grant(own.pk, actor=cast.chief)
    assert workflow.grant(own.pk, actor=cast.department_manager).decided_by == cast.department_manager
    assert workflow.grant(school.pk, actor=cast.chief).decided_by == cast.chief


def test_what_is_held_already_stays_when_more_is_proposed(cast):
    grant = steps.granted(cast, rights=["open_file", "output_file"])
    workflow.propose(
        grant.file_id, people=[cast.clerk.pk], actor=cast.manager, **steps.wish(rights=["open_file", "enter_file"])
    )
    assert cast.clerk.has_perm("files_registry.output_file", grant.file)
    assert cast.clerk.has_perm("files_registry.enter_file", grant.file)


def test_proposing_what_everybody_holds_already_is_refused_and_writes_nothing(cast):
    grant = steps.granted(cast)
    before = steps.everything()
    with pytest.raises(MoveRefused, match="すでに"):
        workflow.propose(grant.file_id, people=[cast.clerk.pk], actor=cast.manager, **steps.wish())
    assert steps.everything() == before


def test_a_right_that_ends_within_a_day_can_be_narrowed_and_keeps_its_hour(cast):
    from files_registry.access.models import FileUserRight

    grant = steps.granted(cast, rights=["open_file", "output_file"])
    hour = grant.ends_at - steps.timedelta(hours=9)
    Grant.objects.filter(pk=grant.pk).update(ends_at=hour)
    FileUserRight.objects.filter(grant=grant).update(ends_at=hour)
    grant.refresh_from_db()
    less = workflow.narrow(grant.pk, rights=["open_file"], ends_on=grant.last_day, note="不要", actor=cast.manager)
    assert less.ends_at == hour
    assert not list(differences())


@pytest.mark.parametrize("why", ["moved", "administrator", "left"])
def test_a_right_that_would_open_nothing_any_more_is_not_given_back(cast, why):
    from roles.models import Appointment, Person, Posting
    from roles.seats import Seat

    grant = steps.suspended(cast)
    if why == "moved":
        Posting.objects.filter(person=cast.clerk).update(unit=cast.collection)
    elif why == "administrator":
        Appointment.objects.create(person=cast.clerk, seat=Seat.SYSTEM_ADMINISTRATOR, valid_from=steps.today())
    else:
        Person.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    before = steps.everything()
    with pytest.raises(MoveRefused, match="戻せません"):
        workflow.restore(grant.pk, note="業務に要る", actor=cast.manager)
    assert steps.everything() == before


def test_what_waits_already_for_a_group_is_not_proposed_again(cast):
    file = steps.held_file(cast)
    facts = {"group_unit_id": cast.tax.pk, "group_kind": "staff", "actor": cast.officer, **steps.wish()}
    workflow.propose(file.pk, **facts)
    before = steps.everything()
    with pytest.raises(MoveRefused, match="決定を待っています"):
        workflow.propose(file.pk, **facts)
    assert steps.everything() == before


def test_narrowing_a_right_that_has_not_begun_does_not_begin_it(cast):
    begins_on = steps.today() + steps.timedelta(days=10)
    grant = steps.granted(cast, rights=["open_file", "output_file"], begins_on=begins_on)
    less = workflow.narrow(
        grant.pk, rights=["open_file"], ends_on=grant.last_day, note="出力は不要", actor=cast.manager
    )
    assert less.begins_at == grant.begins_at
    assert not cast.clerk.has_perm("files_registry.open_file", grant.file)


def test_a_proposal_of_the_officer_waits_for_the_manager(cast):
    file = steps.held_file(cast)
    first, second = workflow.propose(
        file.pk, people=[cast.clerk.pk, cast.second_clerk.pk], actor=cast.officer, **steps.wish()
    )
    assert {first.status, second.status} == {S.REQUESTED}
    assert not cast.clerk.has_perm("files_registry.open_file", file)
    workflow.grant(first.pk, actor=cast.manager)
    assert cast.clerk.has_perm("files_registry.open_file", file)
    assert not cast.second_clerk.has_perm("files_registry.open_file", file)
