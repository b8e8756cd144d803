"""A killed process leaves the whole verb or none of it; and the helper that proves it for every verb can tell."""

import pytest
from django.db import transaction

from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.models import Entry
from nerima_privacy.activity.recording import record
from nerima_privacy.notices.outbox import queue
from roles.models import Unit
from tests.interruption import assert_all_or_nothing

pytestmark = pytest.mark.django_db(transaction=True)


def _move(unit, actor):
    unit.address = "練馬区豊玉"
    attribute(unit, actor=actor, reason="移転").save()
    record("admin.changed", actor=actor, subject=unit, reason="移転", changed=["address"])
    queue("unit.moved", to=[actor], subject=unit, title="移転しました")


def test_a_verb_that_changes_records_and_tells_is_all_or_nothing(cast):
    points = assert_all_or_nothing(transaction.atomic(lambda: _move(cast.tax, cast.chief)))
    assert points >= 6  # begin, row, history, entry, pending, notice, commit
    assert Unit.objects.get(pk=cast.tax.pk).address == "練馬区豊玉"
    assert Entry.objects.count() == 1


def test_the_helper_finds_a_verb_of_two_transactions(cast):
    def verb():
        with transaction.atomic():
            cast.tax.save()
        with transaction.atomic():
            record("admin.changed", actor=cast.chief, subject=cast.tax)

    with pytest.raises(AssertionError, match="2 times"):
        assert_all_or_nothing(verb)


def test_the_helper_finds_a_verb_without_a_transaction(cast):
    def verb():
        Unit.objects.filter(pk=cast.tax.pk).update(address="練馬区")
        Unit.objects.filter(pk=cast.welfare.pk).update(address="練馬区")

    with pytest.raises(AssertionError, match="2 times"):
        assert_all_or_nothing(verb)
