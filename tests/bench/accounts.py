"""Comparisons of the account list of one system of the ward that is measured, the last with thousands of findings."""

from datetime import timedelta

from django.utils import timezone

from files_registry.accounts.models import AccountComparison, AccountFinding
from files_registry.systems.models import InformationSystem
from nerima_privacy.calendars.periods import today
from roles.models import Person

CHUNK = 5_000
EARLIER = 60
FINDINGS = 6_000
KINDS = [("excess", "no_right"), ("gone", "moved"), ("wider", "beyond"), ("unknown", "not_known")]


def build_accounts(unit):
    """For the first system of a unit: sixty comparisons recorded before, and one that found a great deal."""
    system = InformationSystem.objects.filter(unit=unit, system_files__file__unit=unit).order_by("pk").first()
    if system is None:
        return
    rows = AccountComparison.objects.bulk_create(a_comparison(system, n) for n in range(EARLIER, -1, -1))
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:FINDINGS])
    found = (a_finding(rows[-1], people[n % len(people)], n) for n in range(FINDINGS))
    AccountFinding.objects.bulk_create(found, batch_size=CHUNK)


def a_comparison(system, n):
    return AccountComparison(
        system=system,
        as_of=today() - timedelta(days=30 * n),
        status="recorded",
        file_name="accounts.csv",
        counts={"accounts": 20_000, "excess": 0 if n else FINDINGS},
        uploaded_by_id=system.registered_by_id,
        recorded_by_id=system.registered_by_id,
        recorded_post="測定",
        recorded_at=timezone.now() - timedelta(days=30 * n),
    )


def a_finding(comparison, person, n):
    kind, why = KINDS[n % len(KINDS)]
    return AccountFinding(
        comparison=comparison,
        kind=kind,
        why=why,
        account=f"U{n:06}",
        person_id=None if kind == "unknown" else person,
        words="更新",
        over="enter_file" if kind == "wider" else "",
    )
