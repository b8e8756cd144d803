"""The site with a few pages of its own, and people logged in to it."""

import copy
from pathlib import Path

import pytest
from django.test import Client

from tests.nerima_privacy.web import urls


@pytest.fixture
def try_site(settings):
    """The pages of tests/nerima_privacy/web/urls.py beside the site's."""
    settings.ROOT_URLCONF = "tests.nerima_privacy.web.urls"
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).parent / "templates")
    settings.TEMPLATES = templates
    urls.WRITTEN.clear()


@pytest.fixture
def manager(cast, try_site):
    """A browser in which the 保護責任者 of 税務課 is logged in."""
    client = Client(raise_request_exception=False)
    client.force_login(cast.manager, backend="django.contrib.auth.backends.ModelBackend")
    return client
