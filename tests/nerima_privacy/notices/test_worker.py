"""With a broker, mail leaves by a real Celery worker."""

from time import monotonic, sleep

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.core import mail
from django.db import connections, transaction

from nerima_privacy.celery import app
from nerima_privacy.notices.models import Notice
from nerima_privacy.notices.outbox import queue


@pytest.mark.skipif(not settings.REDIS_URL, reason="needs a broker: `make test-postgres` names one")
@pytest.mark.django_db(transaction=True)
def test_what_a_verb_queued_is_mailed_by_a_worker(cast):
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        with transaction.atomic():
            queue("test.told", to=[cast.manager], subject=cast.manager, title="届出が届きました", url="/filings/1/")
        assert not mail.outbox, "the process that asked mails nothing itself"
        end = monotonic() + 30
        while not Notice.objects.filter(mailed_at__isnull=False).exists() and monotonic() < end:
            sleep(0.05)
    connections.close_all()
    assert [m.to for m in mail.outbox] == [[cast.manager.email]]
    assert Notice.objects.get().mailed_at
