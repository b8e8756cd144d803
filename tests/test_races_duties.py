"""Two at once: the first transaction is held open while the second starts. Nobody is told twice, no mail is doubled."""

import threading

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections, transaction

from nerima_privacy.activity.models import Entry
from nerima_privacy.duties import daily, registry
from nerima_privacy.duties import sweep as sweeps
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.notices import delivery
from nerima_privacy.notices.models import Notice
from nerima_privacy.notices.outbox import queue
from tests.nerima_privacy.duties.ward_of_duties import ON, declare, finding

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_thread(work):
    """Start `work` on a connection of its own; returns the thread and what it answers, once joined."""
    answers = []

    def run():
        try:
            answers.append(work())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, answers


@pytest.mark.article("3-3")
def test_two_sweeps_of_a_day_tell_everybody_once(cast, monkeypatch):
    monkeypatch.setattr(registry, "_duties", {})
    monkeypatch.setattr(daily, "_jobs", [])
    for key, value in {"offsets": [0], "overdue_every": 7, "escalate_after": 14}.items():
        LegalParameter.objects.filter(key=f"reminder.{key}").delete()
        LegalParameter.objects.create(key=f"reminder.{key}", value=value, valid_from="2023-04-01", source="試験")
    declare("filing.filed", [finding(cast.tax, -14)])
    record, seconds = sweeps.record, []

    def record_while_another_sweeps(*args, **kwargs):
        monkeypatch.setattr(sweeps, "record", record)
        seconds.append(in_a_thread(lambda: sweeps.sweep(ON)))
        seconds[0][0].join(1)
        assert seconds[0][0].is_alive(), "the second waits for the first"
        return record(*args, **kwargs)

    monkeypatch.setattr(sweeps, "record", record_while_another_sweeps)
    first = sweeps.sweep(ON)
    ((thread, answers),) = seconds
    thread.join(30)
    assert (first.reminded, first.escalated) == (1, 1)
    assert (answers[0].reminded, answers[0].escalated) == (0, 0)
    assert Notice.objects.count() == 2
    assert sorted(m.to for m in mail.outbox) == sorted([[cast.manager.email], [cast.department_manager.email]])
    assert Entry.objects.filter(verb="sweep.ran").count() == 2, "one entry a run"


def test_a_second_worker_leaves_alone_what_the_first_is_sending(cast, monkeypatch):
    queue("test.told", to=[cast.clerk], subject=cast.clerk, title="先に", url="/")
    Notice.objects.update(mailed_at=None, attempts=0)
    mail.outbox.clear()
    send, seconds = EmailBackend.send_messages, []

    def slowly(self, messages):
        monkeypatch.setattr(EmailBackend, "send_messages", send)
        thread, answers = in_a_thread(delivery.deliver)
        thread.join(30)
        seconds.extend(answers)
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", slowly)
    assert delivery.deliver() == 1
    assert seconds == [0]
    assert len(mail.outbox) == 1


def test_one_key_queued_by_two_transactions_tells_once(cast, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True  # mailed here also where the suite runs with a broker

    def tell():
        with transaction.atomic():
            return queue("test.told", to=[cast.clerk], subject=cast.clerk, title="一度", url="/", key="once")

    with transaction.atomic():
        queue("test.told", to=[cast.clerk], subject=cast.clerk, title="一度", url="/", key="once")
        thread, _ = in_a_thread(tell)
        thread.join(1)
        assert thread.is_alive(), "the second waits for the first"
    thread.join(30)
    assert Notice.objects.count() == 1
    assert len(mail.outbox) == 1
