"""A process killed between any two statements of these verbs leaves the whole verb or none of it.

Those of notifications are in tests/files_registry/filings/test_interrupted.py.
"""

from datetime import timedelta

import pytest

from files_registry.access import opening
from files_registry.access import workflow as access
from files_registry.accounts import workflow as account_lists
from files_registry.register import workflow as register
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from roles import transfers
from roles import workflow as seats
from roles.seats import Seat
from tests.files_registry import steps
from tests.files_registry.access import steps as rights
from tests.files_registry.accounts import making as accounts
from tests.interruption import assert_all_or_nothing

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


def grant_a_right(cast):
    grant = rights.requested(cast, rights=["open_file", "output_file"])
    return lambda: access.grant(grant.pk, note="窓口のみ", actor=cast.manager)


def narrow_a_right(cast):
    grant = rights.granted(cast, rights=["open_file", "output_file"])
    last = rights.wish()["ends_on"]
    return lambda: access.narrow(grant.pk, rights=["open_file"], ends_on=last, note="出力は不要", actor=cast.manager)


def open_a_file(cast):
    file = rights.granted(cast).file
    return lambda: opening.open_file(file, purpose="照会への回答", actor=cast.clerk)


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
        grant_a_right,
        narrow_a_right,
        open_a_file,
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
