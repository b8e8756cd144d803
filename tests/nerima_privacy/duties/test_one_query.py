"""No page grows with the number of duties, of areas that put work on a desk, or of numbers in the menu."""

from collections import Counter
from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nerima_privacy.calendars.periods import today
from nerima_privacy.duties import desk, registry
from nerima_privacy.duties.registry import Finding, Outcome, Scope, all_duties, duty, outcomes
from nerima_privacy.duties.sweep import sweep
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.web import menu
from nerima_privacy.web.together import counted, reading
from roles.models import Appointment, Person, Unit
from roles.seats import Seat
from tests.files_registry import steps

MOST = 12
POSTS = ["chief", "department_manager", "manager", "officer", "disclosure_manager", "disclosure_staff"]


def more_duties():
    """Twenty that each read something of their own."""
    for n in range(20):

        @duty(f"more.{'abcdefghijklmnopqrst'[n]}", article="20-3", title="委託の確認", seat=Seat.PROTECTION_MANAGER)
        def check(scope):
            units = Unit.objects.all() if scope.units is None else Unit.objects.filter(pk__in=scope.units)
            rows, by_unit = yield [reading(units, "pk", "name", "valid_from"), counted(units, "pk")]
            found = [
                Finding(name, f"/{pk}/", pk, since, since, "確かめると消えます。", f"{pk}") for pk, name, since in rows
            ]
            return Outcome.counted(dict(by_unit), found)


def more_work():
    """Ten areas that read for a desk."""

    def provider(person, holdings, on):
        yield [reading(Person.objects.filter(pk=person.pk), "name")]
        return []

    for _ in range(10):
        desk.register_work(partial(provider))


def more_numbers():
    """Ten lines of the menu with a number."""
    for name in ("inbox:list", "units:list", "password", "search:results", "board"):
        menu.register(menu.MenuItem("", name, name, badge=lambda person, holdings: Unit.objects.all()))


@pytest.fixture
def registries(monkeypatch):
    """What a test adds is gone after it."""
    monkeypatch.setattr(registry, "_duties", dict(registry._duties))
    monkeypatch.setattr(desk, "_providers", list(desk._providers))
    monkeypatch.setattr(menu, "_items", dict(menu._items))


def cold(client, address):
    client.get(reverse(address))
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse(address))
    assert response.status_code == 200
    return len(queries)


@pytest.fixture
def busy(cast):
    """Notifications at every step, sent by everybody."""
    for step in (steps.draft, steps.submitted, steps.filed, steps.proposed, steps.decided, steps.notified, steps.held):
        step(cast, name=f"{step.__name__}の台帳")
    return cast


@pytest.mark.parametrize(
    ("address", "post"), [*(("desk", post) for post in [*POSTS, "clerk"]), *(("board", post) for post in POSTS)]
)
def test_more_duties_areas_and_numbers_cost_no_query(client, busy, registries, address, post):
    client.force_login(busy.people[post])
    before = cold(client, address)
    more_duties(), more_work(), more_numbers()
    assert cold(client, address) == before <= MOST


@pytest.mark.parametrize("address", ["desk", "board"])
def test_somebody_with_several_posts_stays_within_twelve(client, busy, address):
    for seat, unit in ((Seat.DISCLOSURE_STAFF, None), (Seat.PROTECTION_OFFICER, busy.collection)):
        Appointment.objects.create(person=busy.manager, seat=seat, unit=unit, valid_from=today())
    client.force_login(busy.manager)
    assert cold(client, address) <= MOST


@pytest.mark.parametrize("everywhere", [True, False], ids=["ward", "units"])
def test_together_they_answer_what_each_answers_alone(busy, everywhere):
    busy.collection.valid_to = today()
    busy.collection.save()
    Appointment.objects.filter(seat=Seat.PROTECTION_OFFICER).delete()
    units = None if everywhere else frozenset({busy.tax.pk, busy.collection.pk})
    alone = [duty.check(Scope(today(), units)) for duty in all_duties()]
    assert outcomes(all_duties(), Scope(today(), units)) == alone
    assert sum(len(outcome.findings) for outcome in alone) > 5


def test_all_duties_of_the_ward_are_the_legal_parameters_and_one_query(busy, django_assert_num_queries):
    with django_assert_num_queries(2):
        outcomes(all_duties(), Scope(today()))


@pytest.mark.parametrize("breaks", ["before it reads", "in what it reads", "in its words"])
def test_a_duty_that_breaks_leaves_the_others_in_the_sweep(busy, registries, breaks):
    @duty("more.broken", article="20-3", title="委託の確認", seat=Seat.PROTECTION_MANAGER)
    def check(scope):
        if breaks == "before it reads":
            raise RuntimeError
        column = "value" if breaks == "in what it reads" else "key"
        (rows,) = yield [reading(LegalParameter.objects.all(), column)]
        return Outcome(Counter(rows)["nothing"] // 0)

    swept = sweep()
    assert swept.failed == ["more.broken"]
    assert swept.duties == len(all_duties()) - 1
