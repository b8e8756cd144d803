"""Judging whether a file belongs in the book."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from files_registry.catalogue.models import FileStatus
from files_registry.register.models import Ground, ListingDecision
from files_registry.register.workflow import decide_listing
from nerima_privacy.activity.models import Entry
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused

from .conftest import ANSWERS

MAY = {"disclosure_manager", "disclosure_staff"}


def written():
    return ListingDecision.objects.count(), Entry.objects.count(), Notice.objects.count()


@pytest.mark.article("10-1")
def test_a_judgement_is_recorded_with_its_answers_and_told_to_the_manager(cast, held, judge):
    file = held()
    decision = judge(file, reason="確認しました。")
    assert decision.listed
    assert decision.answers["recorded_persons"] == 12345
    assert decision.answers["min_persons"] == 1000
    entry = Entry.objects.get(verb="listing.decided")
    assert (entry.actor, entry.reason) == (cast.disclosure_staff, "確認しました。")
    assert list(Notice.objects.values_list("to", flat=True)) == [cast.manager.pk]


def test_only_the_disclosure_section_may_judge(cast, held):
    file = held()
    before = written()
    for name, person in cast.people.items():
        if name in MAY:
            continue
        with pytest.raises(PermissionDenied):
            decide_listing(file.pk, answers=ANSWERS, actor=person)
    assert written() == before


def test_fewer_persons_than_the_law_says_keep_the_file_off_with_a_reason(held, judge):
    file = held(persons=999)
    with pytest.raises(Invalid) as refused:
        judge(file)
    assert set(refused.value.errors) == {"reason"}
    assert judge(file, reason="999人のため。").ground == Ground.FEW_PERSONS
    assert judge(held("ちょうど", persons=1000)).listed


def test_the_number_of_persons_is_the_one_in_force_today(held, judge):
    LegalParameter.objects.filter(key="register.min_persons").update(valid_to=date(2024, 3, 31))
    LegalParameter.objects.create(key="register.min_persons", value=500, valid_from=date(2024, 4, 1), source="試験")
    assert judge(held(persons=999)).listed
    assert not judge(held("少ない", persons=499), reason="少ない。").listed


def test_an_unanswered_question_writes_nothing(held, judge):
    file = held(persons=None)
    before = written()
    with pytest.raises(Invalid) as refused:
        judge(file)
    assert "保護責任者" in refused.value.errors["persons"]
    assert written() == before


@pytest.mark.parametrize("status", sorted(set(FileStatus) - {FileStatus.HELD}))
def test_only_held_files_are_judged(held, judge, status):
    file = held()
    file.status, file.ceased_on = status, date(2026, 3, 31)
    file.save()
    before = written()
    with pytest.raises(MoveRefused):
        judge(file)
    assert written() == before


def test_a_stale_form_is_refused(held, judge, change):
    file = held()
    old = file.current_id
    first = judge(file, seen=0, version_pk=old)
    before = written()
    with pytest.raises(MoveRefused, match="ほかの人"):
        judge(file, seen=0, version_pk=old)
    assert judge(file, seen=first.pk, version_pk=old)
    change(file)
    with pytest.raises(MoveRefused, match="新しい版"):
        judge(file, version_pk=old)
    assert written()[0] == before[0] + 1


def test_leaving_out_a_cell_needs_a_reason_and_only_some_cells_may_go(held, judge):
    file = held()
    partial = {**ANSWERS, "hamper": "partial"}
    with pytest.raises(Invalid) as refused:
        judge(file, answers=partial, omitted_cells=[4], reason="支障がある。")
    assert "omitted_cells" in refused.value.errors
    with pytest.raises(Invalid) as refused:
        judge(file, answers=partial, omitted_cells=[10])
    assert "reason" in refused.value.errors
    assert judge(file, answers=partial, omitted_cells=[10], reason="支障がある。").omitted_cells == [10]


def test_the_council_is_kept_off_because_the_act_does_not_reach_it(cast, held, judge):
    cast.mayor.under_act = False
    cast.mayor.save()
    assert judge(held(), answers={}, reason="区議会。").ground == Ground.OUTSIDE_ACT


def test_a_subset_of_a_listed_parent_stays_off(held, judge):
    parent = held("親")
    child = held("子", parent_file=parent)
    answers = {**ANSWERS, "subset": "yes"}
    with pytest.raises(Invalid):
        judge(child, answers=answers, reason="一部。")
    judge(parent)
    assert judge(child, answers=answers, reason="一部。").ground == Ground.SUBSET
