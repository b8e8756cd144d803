"""Two people at once at the book: the first transaction is held open, then the second starts (both databases)."""

import threading
from datetime import date
from unittest import mock

import pytest
from django.db import connection

from files_registry.register import workflow
from files_registry.register.models import BookNumber, Edition, ListingDecision
from nerima_privacy.refusals import MoveRefused
from tests.cast import build
from tests.files_registry.register.conftest import ANSWERS, held, judge  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
AS_OF = date(2026, 4, 1)


@pytest.fixture
def cast(transactional_db):
    """The cast, committed, so that the other thread sees it."""
    return build()


def at_once(first, second):
    """Run `first`, hold its transaction open at the record, start `second`; what each answered or raised."""
    entered, release, results = threading.Event(), threading.Event(), {}
    real = workflow.record

    def held_open(*args, **kwargs):
        if threading.current_thread().name == "first":
            entered.set()
            release.wait(10)
        return real(*args, **kwargs)

    def run(name, call):
        try:
            results[name] = call()
        except MoveRefused as refused:
            results[name] = refused
        finally:
            connection.close()

    with mock.patch.object(workflow, "record", held_open):
        threads = [
            threading.Thread(target=run, args=pair, name=pair[0]) for pair in (("first", first), ("second", second))
        ]
        threads[0].start()
        assert entered.wait(20)
        threads[1].start()
        threads[1].join(1.5)
        assert "second" not in results, "the second did not wait for the first"
        release.set()
        for thread in threads:
            thread.join(30)
    return results["first"], results["second"]


def test_two_people_publishing_at_once_publish_one_edition(cast, held, judge):  # noqa: F811
    judge(held())

    def publish():
        return workflow.publish_edition(as_of=AS_OF, actor=cast.disclosure_manager)

    first, second = at_once(publish, publish)
    assert isinstance(first, Edition)
    assert isinstance(second, MoveRefused)
    assert list(Edition.objects.values_list("number", flat=True)) == [1]
    assert BookNumber.objects.count() == 1


def test_two_people_judging_the_same_file_at_once_leave_one_judgement(cast, held):  # noqa: F811
    file = held()

    def decide():
        return workflow.decide_listing(file.pk, answers=ANSWERS, actor=cast.disclosure_staff, seen=0)

    first, second = at_once(decide, decide)
    assert isinstance(first, ListingDecision)
    assert isinstance(second, MoveRefused)
    assert ListingDecision.objects.count() == 1
