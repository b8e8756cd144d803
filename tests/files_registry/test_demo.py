"""The demonstration shows files at every step of their life."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now

from files_registry.catalogue.models import Disposal, FileStatus, PersonalInformationFile
from files_registry.demo import load_files
from files_registry.demo.editions import load_editions
from files_registry.demo.ledgers import load_ledgers
from files_registry.filings.models import Filing, FilingStatus
from files_registry.ledgers.models import EntryKind, LedgerEntry, MediumStatus, StoredMedium
from files_registry.register.models import Edition
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.holidays import is_closed
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.registry import Scope, duty_named
from nerima_privacy.notices.models import Notice
from roles.demo.ward import load_ward


@pytest.mark.django_db
def test_the_demonstration_has_files_at_every_step_and_loads_once():
    load_ward()
    count = load_files()
    assert count >= 40
    assert set(Filing.objects.values_list("status", flat=True)) == set(FilingStatus.values)
    assert set(PersonalInformationFile.objects.values_list("status", flat=True)) == set(FileStatus.values)
    assert {Disposal.ERASED, Disposal.TRANSFERRED} <= set(
        PersonalInformationFile.objects.values_list("disposal", flat=True)
    )
    for id in ("held_with_notice", "home_is_current", "disposal_recorded"):
        assert duty_named(f"files.{id}").check(Scope(today())).findings, id
    for id in ("result_notified", "notified_beforehand"):
        assert duty_named(f"filings.{id}").check(Scope(today())).findings, id
    waiting = Filing.objects.get(status=FilingStatus.SUBMITTED, unit__code="1720")
    assert waiting.file.name == "課税台帳（特別区民税・都民税）"
    assert waiting.kind == "change"
    assert load_ledgers() >= 30
    assert set(LedgerEntry.objects.values_list("kind", flat=True)) == set(EntryKind.values)
    assert LedgerEntry.objects.filter(voids=True).exists()
    assert set(StoredMedium.objects.values_list("status", flat=True)) == set(MediumStatus.values)
    for id in ("kept_up", "disposed_in_time", "input_verified"):
        outcome = duty_named(f"ledgers.{id}").check(Scope(today()))
        assert 0 < len(outcome.findings) < outcome.subjects, id
    written = Entry.objects.count()
    assert load_ledgers() == LedgerEntry.objects.count()
    assert load_files() == count
    assert Entry.objects.count() == written


@pytest.mark.django_db
def test_the_editions_of_the_demonstration_were_published_weeks_apart_on_days_the_office_was_open():
    load_ward()
    load_files()
    load_editions()
    first, second = (localtime(edition.published_at).date() for edition in Edition.objects.order_by("number"))
    assert first + timedelta(days=14) < second < today()
    assert not is_closed(first)
    assert not is_closed(second)
    assert [edition.as_of for edition in Edition.objects.order_by("number")] == [first, second]
    assert not Notice.objects.filter(read_at=None, created_at__lt=now() - timedelta(days=10)).exists()
