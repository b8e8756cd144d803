"""Every page of the area opens for who may."""

import pytest
from django.urls import reverse

from tests.files_registry import ledger_steps as steps

pytestmark = pytest.mark.article("15-1")
OF_FILE = (
    *("detail", "write", "bulk", "export.xlsx", "export.csv", "ledger.pdf", "verifications", "verify"),
    *("media", "register-medium"),
)
OF_MEDIUM = ("medium", "move-medium", "complete-medium", "dispose-medium")


def test_every_page_opens(cast, client):
    entry = steps.wrote(cast)
    file = steps.opened(entry.file, cast.officer)
    done, medium = steps.verified(cast, file), steps.registered(cast, file)
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    addresses = [("list", []), ("due", []), ("output-unit", ["0310"])]
    addresses += [(name, [file.pk]) for name in OF_FILE]
    addresses += [(name, [file.pk, entry.pk]) for name in ("entry", "correct")]
    addresses += [(name, [file.pk, done.pk]) for name in ("verification", "correct-verification")]
    addresses += [(name, [file.pk, medium.pk]) for name in OF_MEDIUM]
    for name, arguments in addresses:
        response = client.get(reverse(f"ledgers:{name}", args=arguments))
        assert response.status_code == 200, name
        assert b"".join(response.streaming_content if response.streaming else [response.content])
    assert "取扱台帳を開く" in client.get(file.get_absolute_url()).content.decode()
