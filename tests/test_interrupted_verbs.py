"""A process killed between any two statements of these verbs leaves the whole verb or none of it.

Those of notifications, rights, ledgers, systems and requests are in the test_interrupted.py of their areas, generated
from the area's list of verbs; here is said that no verb is missing from such a list.
"""

import inspect
from datetime import timedelta

import pytest

from audits.examinations import workflow as examinations
from files_registry.accounts import workflow as account_lists
from files_registry.register import workflow as register
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from roles import transfers
from roles import workflow as seats
from roles.seats import Seat
from tests.audits import steps as audits
from tests.files_registry import ledger_verbs as ledgers
from tests.files_registry import steps
from tests.files_registry import verbs as filings
from tests.files_registry.access import test_interrupted as rights
from tests.files_registry.accounts import making as accounts
from tests.files_registry.handling import verbs as handling
from tests.files_registry.systems import verbs as systems
from tests.interruption import assert_all_or_nothing, verbs_called_by
from tests.test_every_verb_records import VERBS

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERS = {"exemptions": ["none"], "subset": "no", "manual_twin": "no", "hamper": "no"}


def publish_edition(cast):
    register.decide_listing(steps.held(cast).file_id, answers=ANSWERS, actor=cast.disclosure_manager)
    return lambda: register.publish_edition(as_of=today(), actor=cast.disclosure_manager)


def appoint_in_succession(cast):
    return lambda: seats.appoint(
        seat=Seat.PROTECTION_MANAGER,
        unit_id=cast.tax.pk,
        person_id=cast.clerk.pk,
        valid_from=today() + timedelta(days=1),
        succeed=True,
        reason="異動",
        actor=cast.administrator,
    )


def transfer(cast):
    return lambda: transfers.transfer(
        cast.clerk.pk,
        unit_id=cast.collection.pk,
        title="主事",
        valid_from=today() + timedelta(days=1),
        reason="異動",
        actor=cast.administrator,
    )


def plan_an_audit(cast):
    plan = audits.plan(cast, units=("tax", "school"))
    return lambda: examinations.plan(plan, actor=cast.audit_officer)


def approve_an_audit(cast):
    audit = audits.submitted(cast, units=("tax", "school"))
    return lambda: examinations.approve(audit.pk, note="閉庁後に行うこと", actor=cast.chief)


def record_an_account_list(cast):
    made = accounts.system(cast)
    accounts.recorded(cast, made, accounts.line("A1", cast.clerk), accounts.line("A2", ""))
    row = accounts.checked(cast, made, accounts.line("A1", cast.clerk), accounts.line("A3", ""))
    return lambda: account_lists.record_comparison(row.pk, digest=row.digest, actor=cast.officer)


def answer_findings(cast):
    row = accounts.recorded(cast, accounts.system(cast), accounts.line("A1", cast.clerk), accounts.line("A2", ""))
    seen = {finding.pk: None for finding in row.findings.exclude(kind="missing")}
    return lambda: account_lists.answer(row.pk, seen=seen, code="stopped", actor=cast.officer)


@pytest.mark.parametrize(
    "prepared",
    [
        publish_edition,
        appoint_in_succession,
        transfer,
        plan_an_audit,
        approve_an_audit,
        record_an_account_list,
        answer_findings,
    ],
    ids=lambda f: f.__name__,
)
def test_a_killed_process_leaves_all_of_a_verb_or_nothing(cast, prepared):
    verb = prepared(cast)
    before = Entry.objects.count()
    assert assert_all_or_nothing(verb) >= 2
    assert Entry.objects.count() == before + 1


LISTS = {
    "files_registry.access": rights.ALL,
    "files_registry.filings": filings.EXAMPLES,
    "files_registry.handling": handling.EXAMPLES,
    "files_registry.ledgers": ledgers.EXAMPLES,
    "files_registry.systems": systems.EXAMPLES,
}


@pytest.mark.parametrize("area", LISTS)
def test_no_verb_of_the_area_is_missing_from_its_list(area):
    listed = set().union(*(verbs_called_by(example.verb) for example in LISTS[area].values()))
    there = {name: inspect.unwrap(verb) for name, verb in VERBS.items() if name.startswith(f"{area}.")}
    assert [name for name, verb in there.items() if verb not in listed] == []


def test_a_verb_that_is_on_no_list_is_seen():
    left = [example for name, example in handling.EXAMPLES.items() if name != "allow"]
    listed = set().union(*(verbs_called_by(example.verb) for example in left))
    assert inspect.unwrap(VERBS["files_registry.handling.workflow.allow"]) not in listed
    assert inspect.unwrap(VERBS["files_registry.handling.workflow.refuse"]) in listed
