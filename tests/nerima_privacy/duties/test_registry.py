"""The registry takes a duty once, and only as the guideline writes it."""

import pytest

from nerima_privacy.duties.registry import Outcome, all_duties, duty, duty_named
from roles.seats import Seat
from tests.nerima_privacy.duties.ward_of_duties import ON, declare, finding


def test_duties_stand_in_the_order_of_articles(no_duties):
    for id, article in (("a.x", "20-3"), ("a.y", "10-2"), ("a.z", "3-1"), ("a.w", "10-1")):
        declare(id, [], article=article)
    assert [d.article for d in all_duties()] == ["3-1", "10-1", "10-2", "20-3"]


def test_a_duty_is_declared_once(no_duties):
    declare("filing.filed", [])
    with pytest.raises(ValueError, match="twice"):
        declare("filing.filed", [])


@pytest.mark.parametrize("article", ["10", "1-1", "27-1", "第10条", "10-0", "10-1-2", ""])
def test_an_article_is_written_article_paragraph(no_duties, article):
    with pytest.raises(ValueError, match="article"):
        duty("a.x", article=article, title="届出", seat=Seat.PROTECTION_MANAGER)


@pytest.mark.parametrize(
    ("id", "title", "seat"),
    [("x", "届出", "protection_manager"), ("a.x", "", "protection_manager"), ("a.x", "届出", "mayor")],
)
def test_an_id_a_title_and_a_seat_are_required(no_duties, id, title, seat):
    with pytest.raises(ValueError, match=r"."):
        duty(id, article="10-1", title=title, seat=seat)
    assert all_duties() == []


def test_an_unknown_duty_is_a_lookup_error(no_duties):
    with pytest.raises(LookupError):
        duty_named("a.x")


def test_what_is_due_today_is_not_late_and_what_has_no_day_is(cast):
    findings = [finding(cast.tax, 0), finding(cast.tax, -1), finding(cast.tax, None)]
    outcome = Outcome(5, findings)
    assert outcome.met == 2
    assert outcome.due_soon(ON) == findings[:1]
    assert outcome.overdue(ON) == findings[1:]
