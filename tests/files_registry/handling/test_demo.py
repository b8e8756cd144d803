"""The demonstration shows requests, standing permissions, checks and corrections at every step."""

import pytest

from files_registry.demo import load_files
from files_registry.demo.handling import load_handling
from files_registry.handling.models import (
    CheckStatus,
    Correction,
    CorrectionStatus,
    Extension,
    ExtensionStatus,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
    StandingPermission,
    StandingStatus,
    UnitRules,
)
from files_registry.ledgers.models import EntryKind, LedgerEntry
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.registry import Scope, duty_named
from roles.demo.ward import load_ward


@pytest.mark.django_db
def test_the_demonstration_has_every_step_and_loads_once():
    load_ward()
    load_files()
    load_handling()

    def states(model):
        return set(model.objects.values_list("status", flat=True))

    assert states(HandlingRequest) == set(HandlingStatus.values)
    assert states(Correction) == set(CorrectionStatus.values)
    assert states(StandingPermission) == {StandingStatus.ASKED, StandingStatus.IN_FORCE}
    assert states(SendingCheck) == set(CheckStatus.values) - {CheckStatus.SENT_BACK}
    sent = SendingCheck.objects.get(status=CheckStatus.SENT)
    assert LedgerEntry.objects.filter(file=sent.file, source_id=sent.pk, kind=EntryKind.MOVED).count() == 1
    assert states(Extension) == {ExtensionStatus.ASKED, ExtensionStatus.GRANTED}
    assert UnitRules.objects.exists()
    for id in ("handling.decided", "handling.returned", "handling.corrected", "sending.checked_by_two"):
        assert duty_named(id).check(Scope(today())).findings, id
    written = Entry.objects.count()
    load_handling()
    assert Entry.objects.count() == written
