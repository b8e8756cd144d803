"""Applicants hear of what they must bring back: before its day, on it, and after it (第12条)."""

from datetime import timedelta

import pytest

from files_registry.handling.daily import remind_of_returns
from nerima_privacy.notices.models import Notice
from roles.people import system_actor
from tests.files_registry.handling import making

pytestmark = pytest.mark.article("12-1")


@pytest.mark.parametrize(("days", "told"), [(-7, 1), (-6, 0), (-1, 1), (0, 1), (1, 1), (2, 0), (8, 1)])
def test_on_which_days_the_applicant_is_told(cast, days, told):
    request = making.done(cast)
    on = request.return_due_on + timedelta(days=days)
    for expected in (told, 0):
        assert remind_of_returns(on, system_actor()) == expected, "a second run tells nobody"
    notices = Notice.objects.filter(kind="handling.return_due")
    assert [notice.to for notice in notices] == [cast.clerk] * told


def test_what_is_back_is_no_more_spoken_of(cast):
    request = making.returned(cast)
    assert remind_of_returns(request.return_due_on, system_actor()) == 0
