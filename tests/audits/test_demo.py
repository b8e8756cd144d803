"""The demonstration shows an audit under way and one that waits."""

import pytest

from audits.demo import load_audits
from audits.examinations.models import Audit
from files_registry.access.effective import allowed_files
from files_registry.demo import load_files
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.registry import Scope, duty_named
from roles.demo.ward import load_ward
from roles.models import Person


@pytest.mark.django_db
def test_the_demonstration_has_an_audit_under_way_and_one_that_waits_and_loads_once():
    load_ward()
    load_files()
    load_audits()
    assert sorted(Audit.objects.values_list("status", flat=True)) == ["submitted", "under_way"]
    assert all(audit.units.count() == 2 and "模擬" in audit.title for audit in Audit.objects.all())
    opened = allowed_files(Person.objects.get(staff_number="kansa"))
    assert {"税務課", "豊玉小学校"} <= set(opened.values_list("unit__name", flat=True))
    assert not duty_named("audits.held_regularly").check(Scope(today())).findings
    written = Entry.objects.count()
    load_audits()
    assert Entry.objects.count() == written
