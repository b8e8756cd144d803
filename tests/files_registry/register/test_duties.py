"""What the law asks of the book, as findings; and what waits on the desks of 情報公開課."""

from datetime import date

import pytest

from files_registry.catalogue.models import FileStatus
from files_registry.register.desk import work
from files_registry.register.duties import cleared, judged, up_to_date
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.registry import Scope
from roles.holdings import holdings_of

from .conftest import ANSWERS


def ward():
    return Scope(today())


def names(outcome):
    return {finding.subject for finding in outcome.findings}


@pytest.mark.article("10-1")
def test_a_held_file_nobody_judged_is_found_until_it_is_judged(cast, held, judge, change):
    file = held()
    outcome = judged(ward())
    assert (outcome.subjects, names(outcome)) == (1, {file.name})
    assert outcome.findings[0].due_on > outcome.findings[0].since
    judge(file)
    assert not judged(ward()).findings
    change(file, purpose="新しい目的")
    assert judged(ward()).findings
    assert not judged(Scope(today(), frozenset({cast.collection.pk}))).findings


@pytest.mark.article("10-3")
def test_a_ceased_file_still_in_the_book_is_found_until_the_next_edition(held, judge, publish):
    gone, kept = held("廃止"), held("残る")
    judge(gone)
    judge(kept)
    publish()
    assert not cleared(ward()).findings
    gone.status, gone.ceased_on = FileStatus.CEASED, date(2026, 3, 31)
    gone.save()
    outcome = cleared(ward())
    assert (outcome.subjects, names(outcome)) == (2, {"廃止"})
    assert outcome.findings[0].since == date(2026, 3, 31)
    publish()
    assert not cleared(ward()).findings


def test_a_file_that_fell_under_the_number_is_found_in_the_book(held, judge, publish, change):
    file = held()
    judge(file)
    publish()
    judge(change(file, persons=999), reason="999人になった。")
    assert names(cleared(ward())) == {file.name}


@pytest.mark.article("10-1")
def test_a_book_behind_its_judgements_is_found(held, judge, publish, change):
    file = held()
    judge(file)
    assert names(up_to_date(ward())) == {file.name}
    publish()
    assert not up_to_date(ward()).findings
    judge(change(file, purpose="新しい目的"))
    assert names(up_to_date(ward())) == {file.name}


@pytest.mark.parametrize("check", [judged, cleared, up_to_date])
def test_each_duty_is_a_fixed_number_of_queries(held, judge, publish, check, django_assert_max_num_queries):
    for number in range(5):
        file = held(f"f{number}")
        if number % 2:
            judge(file)
    publish()
    for number in range(5):
        judge(held(f"g{number}"))
    with django_assert_max_num_queries(5):
        check(ward())


def test_the_desk_of_the_disclosure_section_says_what_waits(cast, held, judge, publish):
    held("待つ")
    judge(held("載る"))

    def lines(person):
        return [item.title for item in work(person, holdings_of(person), today())]

    assert lines(cast.clerk) == lines(cast.manager) == []
    assert lines(cast.disclosure_staff) == ["ファイル簿に載せるかどうかの判断（1件）"]
    assert len(lines(cast.disclosure_manager)) == 2
    publish()
    assert len(lines(cast.disclosure_manager)) == 1


def test_a_file_kept_off_the_book_is_no_finding(held, judge, publish):
    judge(held("外れる"), answers={**ANSWERS, "hamper": "whole"}, reason="支障。")
    judge(held("載る"))
    publish()
    assert not [*judged(ward()).findings, *cleared(ward()).findings, *up_to_date(ward()).findings]
