"""Two people at once at the book: the first transaction is held open, then the second starts (both databases)."""

from datetime import date

import pytest

from files_registry.register import workflow
from files_registry.register.models import BookNumber, Edition, ListingDecision
from nerima_privacy.refusals import MoveRefused
from tests.cast import build
from tests.files_registry.register.conftest import ANSWERS, held, judge  # noqa: F401
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
AS_OF = date(2026, 4, 1)


@pytest.fixture
def cast(transactional_db):
    """The cast, committed, so that the other thread sees it."""
    return build()


def at_once(first, second, monkeypatch):
    """Both at once, the first held open at its record."""
    return race(monkeypatch, [(workflow, "record")], first, second)


def test_two_people_publishing_at_once_publish_one_edition(cast, held, judge, monkeypatch):  # noqa: F811
    judge(held())

    def publish():
        return workflow.publish_edition(as_of=AS_OF, actor=cast.disclosure_manager)

    first, second = at_once(publish, publish, monkeypatch)
    assert isinstance(first, Edition)
    assert isinstance(second, MoveRefused)
    assert list(Edition.objects.values_list("number", flat=True)) == [1]
    assert BookNumber.objects.count() == 1


def test_two_people_judging_the_same_file_at_once_leave_one_judgement(cast, held, monkeypatch):  # noqa: F811
    file = held()

    def decide():
        return workflow.decide_listing(file.pk, answers=ANSWERS, actor=cast.disclosure_staff, seen=0)

    first, second = at_once(decide, decide, monkeypatch)
    assert isinstance(first, ListingDecision)
    assert isinstance(second, MoveRefused)
    assert ListingDecision.objects.count() == 1
