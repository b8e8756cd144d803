import pytest
from django.urls import reverse

from files_registry.catalogue.official_form import CELLS
from files_registry.register.models import Ground
from nerima_privacy.law.catalogue import problem
from nerima_privacy.law.choices import exemptions
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.law.parameters import parameter
from tests.files_registry import steps

pytestmark = pytest.mark.django_db


def test_the_cells_that_need_a_change_notification_are_cells_of_the_form():
    assert problem("filing.change_cells", parameter("filing.change_cells")) is None
    assert "という欄はありません" in problem("filing.change_cells", ["nmae"])
    named = set(parameter("filing.change_cells"))
    assert {cell.no for cell in CELLS if named & set(cell.fields)} == {*range(1, 9), *range(10, 15)}


def test_every_ground_for_not_listing_has_its_article():
    assert {code for code, _ in exemptions()} == set(Ground.values)


def test_the_form_says_which_classes_nobody_has_confirmed(cast, client):
    filing = steps.draft(cast)
    client.force_login(cast.officer)
    address = reverse("filings:edit", args=[filing.pk])
    said = "区の値が未確認のため、仮の値です"
    html = client.get(address).content.decode()
    assert html.count(said) == 2
    assert "自治体機密性3B" in html
    LegalParameter.objects.filter(key="confidentiality.classes").update(established=True)
    assert client.get(address).content.decode().count(said) == 1
