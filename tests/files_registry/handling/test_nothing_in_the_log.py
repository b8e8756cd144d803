"""What people type about an act stands in the record, and in no line of a log, however much is logged (第11–14条)."""

import io
import logging

import pytest
from django.urls import reverse
from structlog.stdlib import ProcessorFormatter

from files_registry.access.opening import open_file
from tests.files_registry import ledger_steps
from tests.files_registry.access import steps
from tests.files_registry.handling import making

pytestmark = pytest.mark.django_db
TYPED = "例田花子さんの還付先の確認"


@pytest.fixture
def written(caplog):
    """All that is logged, in the lines the site writes; caplog's own would add what the site leaves out."""
    caplog.set_level(logging.DEBUG)
    root, lines = logging.getLogger(), io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(next(h.formatter for h in root.handlers if isinstance(h.formatter, ProcessorFormatter)))
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)


def test_no_name_and_no_typed_word_is_logged_at_any_level(cast, client, written):
    file = making.file(cast)
    steps.granted(cast, file, purpose=TYPED)
    open_file(file, purpose=TYPED, actor=cast.clerk)
    ledger_steps.wrote(cast, file, purpose=TYPED)
    request = making.submitted(cast, reason=TYPED)
    client.force_login(cast.manager, "django.contrib.auth.backends.ModelBackend")
    detail = reverse("handling:detail", args=[request.pk])
    assert TYPED in client.get(detail).text
    assert client.post(reverse("handling:ask-back", args=[request.pk]), {"note": TYPED}).status_code == 302
    assert client.post(reverse("handling:allow", args=[request.pk]), {"note": TYPED * 200}).status_code >= 400
    assert client.get(reverse("search:results"), {"q": TYPED}).status_code == 200
    client.raise_request_exception = False
    for name in ("access:ask", "handling:new"):
        client.post(f"/no/such/page/{name}/", {"purpose": TYPED})
    printed = written.getvalue()
    assert '"level": "debug"' in printed
    for word in (TYPED, cast.manager.name, cast.clerk.name, cast.clerk.email, cast.clerk.staff_number):
        assert word not in printed, word
