import pytest

from files_registry.catalogue.official_form import CELLS
from files_registry.register.models import Ground
from nerima_privacy.law.catalogue import problem
from nerima_privacy.law.choices import exemptions
from nerima_privacy.law.parameters import parameter

pytestmark = pytest.mark.django_db


def test_the_cells_that_need_a_change_notification_are_cells_of_the_form():
    assert problem("filing.change_cells", parameter("filing.change_cells")) is None
    assert "という欄はありません" in problem("filing.change_cells", ["nmae"])
    named = set(parameter("filing.change_cells"))
    assert {cell.no for cell in CELLS if named & set(cell.fields)} == {*range(1, 9), *range(10, 15)}


def test_every_ground_for_not_listing_has_its_article():
    assert {code for code, _ in exemptions()} == set(Ground.values)
