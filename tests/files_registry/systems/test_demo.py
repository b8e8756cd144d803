"""The demonstration shows systems at every step: administered or not, agreed, waiting, refused, overdue, retired."""

from collections import defaultdict

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Value
from django.db.models.functions import Concat

from files_registry.demo import load_files
from files_registry.demo.systems import load_systems
from files_registry.systems.models import AgreementStatus, InformationSystem, SystemAgreement
from files_registry.systems.queries import administrator_of
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.registry import Scope, duty_named
from roles.demo.ward import load_ward

pytestmark = [pytest.mark.django_db, pytest.mark.article("5-4")]


def test_the_demonstration_has_systems_at_every_step_and_loads_once():
    load_ward()
    load_files()
    count = load_systems()
    assert count >= 5
    shown = {"proposed", "agreed", "refused"}
    assert shown <= set(SystemAgreement.objects.values_list("status", flat=True)) <= set(AgreementStatus.values)
    assert administrator_of(InformationSystem.objects.get(name="学務システム")) is None
    for name in ("administered", "file_linked", "agreed", "agreement_reviewed"):
        outcome = duty_named(f"systems.{name}").check(Scope(today()))
        assert 0 < len(outcome.findings) < outcome.subjects, name
    written = Entry.objects.count()
    assert load_systems() == count
    assert Entry.objects.count() == written


def test_what_a_unit_and_a_system_agreed_on_stands_in_the_order_it_happened():
    load_ward()
    load_files()
    load_systems()
    kind = ContentType.objects.get_for_model(SystemAgreement)
    pairs = dict(SystemAgreement.objects.values_list("pk", Concat("system__name", Value("　"), "unit__name")))
    told = defaultdict(list)
    for entry in Entry.objects.filter(subject_type=kind).order_by("pk"):
        told[pairs[entry.subject_id]].append(entry.at)
    assert max(map(len, told.values())) >= 8
    assert {pair: moments for pair, moments in told.items() if moments != sorted(moments)} == {}
