from types import SimpleNamespace

import pytest

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
