from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps

from nerima_privacy.law.apps import fill_gaps
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.law.seeds import SEEDS

pytestmark = pytest.mark.django_db


def test_after_a_flush_every_key_has_its_value_again():
    LegalParameter.objects.all().delete()
    fill_gaps(plan=[(SimpleNamespace(), False)])
    assert LegalParameter.objects.count() == len(SEEDS)
    fill_gaps()
    assert LegalParameter.objects.count() == len(SEEDS)


def test_going_backwards_fills_nothing():
    LegalParameter.objects.all().delete()
    fill_gaps(plan=[(SimpleNamespace(), True)])
    assert not LegalParameter.objects.exists()


def test_an_older_spelling_of_a_medium_is_changed_with_history_and_a_label_of_the_wards_own_is_not():
    migration = import_module("nerima_privacy.law.migrations.0010_one_spelling_of_a_medium")
    row = LegalParameter.objects.get(key="handling.media")
    labels = [medium["label"] for medium in row.value]
    assert "USBメモリー" in labels
    for before, after in (("USBメモリ", "USBメモリー"), ("区のUSBメモリ", "区のUSBメモリ")):
        row.value[labels.index("USBメモリー")]["label"] = before
        row.save()
        migration.spell(apps, None)
        row.refresh_from_db()
        assert after in [medium["label"] for medium in row.value]
    reasons = row.history.values_list("history_change_reason", flat=True)
    assert list(reasons).count(migration.REASON) == 1
