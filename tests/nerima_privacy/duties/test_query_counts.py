"""Each duty is a fixed number of queries, however many subjects there are."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.registry import Scope, all_duties
from roles.models import Unit
from tests.bench.build import build

MOST = 3  # the legal parameters, what the duty reads, and once more where that leads to something else


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker):
    """(duty, whole ward or two units) -> queries in a small ward and in one three times as large, and the subjects."""
    found = {}
    with django_db_blocker.unblock():
        from django.db import transaction

        for scale in (0.05, 0.15):
            with transaction.atomic():
                build(scale)
                ContentType.objects.clear_cache()
                for units in (None, frozenset(Unit.objects.values_list("pk", flat=True)[5:9])):
                    for duty in all_duties():
                        duty.check(Scope(today(), units))  # content types and the like are known from here on
                        with CaptureQueriesContext(connection) as queries:
                            subjects = duty.check(Scope(today(), units)).subjects
                        found.setdefault((duty.id, units is None), []).append((len(queries), subjects))
                transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("everywhere", [True, False], ids=["ward", "units"])
@pytest.mark.parametrize("duty", all_duties(), ids=lambda duty: duty.id)
def test_a_duty_asks_no_more_of_a_larger_ward(counts, duty, everywhere):
    (few, _), (many, _) = counts[duty.id, everywhere]
    assert few == many <= MOST


def test_the_larger_ward_has_more_to_ask_about(counts):
    assert sum(small < large for (_, small), (_, large) in counts.values()) > len(counts) / 4
