"""What the tests of this app share."""

import pytest
from django.urls import NoReverseMatch, reverse

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.filings.models import Filing


@pytest.fixture(autouse=True)
def addresses(monkeypatch):
    """Tests of the core do not wait for the pages."""
    try:
        reverse("filings:detail", args=[1])
        reverse("files:detail", args=[1])
    except NoReverseMatch:
        monkeypatch.setattr(Filing, "get_absolute_url", lambda self: f"/filings/{self.pk}/")
        monkeypatch.setattr(PersonalInformationFile, "get_absolute_url", lambda self: f"/files/{self.pk}/")
