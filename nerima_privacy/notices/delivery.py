"""Mail, after commit: each notice is claimed, sent, and marked, so that it is neither lost nor sent twice.

A worker claims a notice by compare-and-swap, for the length of a lease; one that dies leaves the lease to run out,
and the next takes over. Between the mail server's answer and the mark a crash may still send a second copy: it
carries the same Message-ID, by which mail programs know it as the same message.
"""

from collections.abc import Collection
from datetime import timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from nerima_privacy.notices.models import Notice

LEASE = timedelta(minutes=5)
BATCH = 200
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
log = structlog.get_logger(__name__)


def due() -> QuerySet[Notice]:
    """What is to be mailed now and nobody is sending. People without an address are told by the inbox alone."""
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    return Notice.objects.filter(free, mailed_at=None, next_attempt_at__lte=now).exclude(mail_to="")


def deliver(keys: Collection[str] | None = None) -> int:
    """Mail what is due, of the given keys or of all. Returns how many were sent."""
    waiting = due() if keys is None else due().filter(key__in=keys)
    notices = list(waiting.order_by("next_attempt_at", "pk")[:BATCH])
    if not notices:
        return 0
    connection = get_connection()
    try:
        return sum(_send(notice, connection) for notice in notices if claim(notice))
    finally:
        connection.close()


def claim(notice: Notice) -> bool:
    """Take a notice for the length of the lease; False when another worker was first or it is sent already."""
    now = timezone.now()
    return bool(
        due()
        .filter(pk=notice.pk, attempts=notice.attempts)
        .update(attempts=F("attempts") + 1, claimed_until=now + LEASE)
    )


def _send(notice: Notice, connection: BaseEmailBackend) -> bool:
    mine = Notice.objects.filter(pk=notice.pk, mailed_at=None)
    try:
        message(notice, connection).send()
    except Exception as error:
        connection.close()
        log.warning("notice_not_mailed", notice=notice.pk, error=type(error).__name__)
        mine.update(
            claimed_until=None,
            next_attempt_at=timezone.now() + pause(notice.attempts),
            last_error=type(error).__name__[:120],  # its text may hold the address
        )
        return False
    mine.update(mailed_at=timezone.now(), claimed_until=None, last_error="")
    return True


def pause(failures: int) -> timedelta:
    """How long to wait after so many earlier failures: 1, 2, 4 … minutes, six hours at most."""
    return min(FIRST_PAUSE * 2 ** min(failures, 16), LONGEST_PAUSE)


def message(notice: Notice, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """The mail of a notice: title, sentence and link, no personal data of anybody."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return EmailMessage(
        subject=notice.title,
        body=render_to_string("notices/mail.txt", {"notice": notice, "public_url": settings.PUBLIC_URL.rstrip("/")}),
        to=[notice.mail_to],
        headers={"Message-ID": f"<notice.{notice.pk}.{notice.created_at:%Y%m%d%H%M%S}@{host}>"},
        connection=connection,
    )
