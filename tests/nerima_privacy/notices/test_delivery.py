"""A notice is in the inbox at once and mailed after commit; it is retried, never lost and never doubled."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from nerima_privacy.notices import delivery, tasks
from nerima_privacy.notices.models import Notice
from nerima_privacy.notices.outbox import queue


def tell(*people, **more):
    return queue("test.told", to=people, subject=people[0], title="届出が届きました", url="/filings/1/", **more)


def tell_and_fail(*people):
    """A verb that queues a notice and then breaks."""
    with transaction.atomic():
        tell(*people)
        raise RuntimeError


@pytest.fixture(autouse=True)
def without_a_broker(settings):
    """Mail leaves in the process itself also where the suite runs with REDIS_URL."""
    settings.CELERY_TASK_ALWAYS_EAGER = True


@pytest.fixture
def refused(monkeypatch):
    """A mail server that refuses everything, until `.clear()`."""
    answers = [SMTPRecipientsRefused({"manager@example.lg.jp": (550, b"no")})]
    deliver = EmailBackend.send_messages

    def send(self, messages):
        if answers:
            raise answers[0]
        return deliver(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    return answers


def test_mail_leaves_after_commit_only(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(cast.manager)
        assert not mail.outbox
    assert [m.to for m in mail.outbox] == [[cast.manager.email]]
    assert Notice.objects.get().mailed_at


def test_one_transaction_hands_its_notices_over_together(cast, django_capture_on_commit_callbacks, monkeypatch):
    handed = []
    monkeypatch.setattr(tasks, "hand_over", handed.append)
    with django_capture_on_commit_callbacks(execute=True):
        tell(cast.manager, key="first")
        tell(cast.officer, key="second")
    assert handed == [["first", "second"]]


@pytest.mark.django_db(transaction=True)
def test_a_rollback_tells_nobody(cast):
    with pytest.raises(RuntimeError):
        tell_and_fail(cast.manager)
    tell(cast.officer)
    assert [n.to for n in Notice.objects.all()] == [cast.officer]
    assert [m.to for m in mail.outbox] == [[cast.officer.email]]


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_rolled_back_does_not_hold_the_others_up(cast):
    with transaction.atomic():
        with pytest.raises(RuntimeError):
            tell_and_fail(cast.manager)
        tell(cast.officer)
    assert [m.to for m in mail.outbox] == [[cast.officer.email]]


def test_the_mail_holds_a_title_a_sentence_and_a_link(cast, settings):
    settings.PUBLIC_URL = "https://privacy.example.lg.jp/"
    tell(cast.manager, body="情報公開課で確認してください。")
    sent = delivery.message(Notice.objects.get())
    assert sent.subject == "届出が届きました"
    assert "情報公開課で確認してください。" in sent.body
    assert "https://privacy.example.lg.jp/filings/1/" in sent.body
    assert cast.manager.name not in sent.body


def test_a_line_break_in_a_title_cannot_add_a_header(cast):
    queue("test.told", to=[cast.manager], subject=cast.manager, title="一\r\nBcc: x@example.jp", url="/")
    assert delivery.deliver() == 1
    assert mail.outbox[0].recipients() == [cast.manager.email]


def test_a_second_copy_is_known_by_its_message_id(cast):
    tell(cast.manager)
    notice = Notice.objects.get()
    first, second = (delivery.message(notice).extra_headers["Message-ID"] for _ in range(2))
    assert first == second == delivery.message(Notice.objects.get()).extra_headers["Message-ID"]


def test_a_failed_delivery_is_retried_later_and_succeeds(cast, refused):
    tell(cast.manager)
    assert delivery.deliver() == 0
    notice = Notice.objects.get()
    assert (notice.mailed_at, notice.attempts, notice.last_error) == (None, 1, "SMTPRecipientsRefused")
    assert delivery.deliver() == 0
    assert Notice.objects.get().attempts == 1, "not before its time"
    refused.clear()
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        assert delivery.deliver() == 1
    assert Notice.objects.get().last_error == ""
    assert len(mail.outbox) == 1


def test_the_error_kept_holds_no_address(cast, refused):
    tell(cast.manager)
    delivery.deliver()
    assert "@" not in Notice.objects.get().last_error


def test_one_address_that_fails_does_not_hold_the_others_up(cast, monkeypatch):
    deliver = EmailBackend.send_messages

    def send(self, messages):
        if messages[0].to == [cast.manager.email]:
            raise TimeoutError
        return deliver(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    tell(cast.manager, cast.officer)
    assert delivery.deliver() == 1
    assert [m.to for m in mail.outbox] == [[cast.officer.email]]


def test_pauses_grow_and_are_six_hours_at_most():
    pauses = [delivery.pause(n) for n in (0, 1, 2, 5, 30_000)]
    assert pauses == [timedelta(minutes=n) for n in (1, 2, 4, 32, 360)]


def test_two_workers_at_once_send_once(cast, monkeypatch):
    """Both read the notice as due; the first claims it while the second is on its way."""
    tell(cast.manager)
    claim = delivery.claim

    def second_worker_first(notice):
        monkeypatch.setattr(delivery, "claim", claim)
        assert delivery.deliver() == 1
        return claim(notice)

    monkeypatch.setattr(delivery, "claim", second_worker_first)
    assert delivery.deliver() == 0
    assert len(mail.outbox) == 1


def test_what_a_killed_worker_claimed_is_sent_after_its_lease(cast):
    tell(cast.manager)
    assert delivery.claim(Notice.objects.get()), "and then the worker is killed"
    assert delivery.deliver() == 0
    with time_machine.travel(timezone.now() + delivery.LEASE + timedelta(seconds=1), tick=False):
        assert delivery.deliver() == 1
    assert len(mail.outbox) == 1


def test_a_person_without_an_address_is_told_by_the_inbox_alone(cast):
    cast.clerk.email = ""
    tell(cast.clerk)
    assert tasks.deliver_due() == 0
    assert Notice.objects.get().mailed_at is None
    assert not mail.outbox


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_only_delays(cast, settings, monkeypatch):
    settings.CELERY_TASK_ALWAYS_EAGER = False

    def refuse(*args, **kwargs):
        raise OperationalError("Error 111 connecting to redis")

    monkeypatch.setattr(tasks.deliver, "apply_async", refuse)
    with transaction.atomic():
        tell(cast.manager)
    assert not mail.outbox
    assert tasks.deliver_due() == 1
    assert [m.to for m in mail.outbox] == [[cast.manager.email]]


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_does_not_break_the_request(cast, refused):
    with transaction.atomic():
        tell(cast.manager)
    assert Notice.objects.get().attempts == 1
