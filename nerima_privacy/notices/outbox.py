"""`queue()`: the only door to notices."""

from collections.abc import Iterable
from functools import partial
from typing import Protocol
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from nerima_privacy.notices.models import Notice

QUEUED = "_notices_queued"
_ONE_LINE = {code: " " for code in (*range(32), 127, 0x2028, 0x2029)}


class Recipient(Protocol):
    """Anybody who can be told something, in practice a roles.Person."""

    pk: int
    email: str
    is_active: bool


def queue(
    kind: str,
    *,
    to: Iterable[Recipient],
    subject: models.Model,
    title: str,
    body: str = "",
    url: str = "",
    key: str = "",
) -> int:
    """Put a notice for each person into the outbox, in the caller's transaction; mail follows after commit.

    `key` makes it once-only for a person (a reminder of one day); without one each call is a notice of its own.
    Nobody inactive is told, nobody twice. Title and body hold no personal data of the subject's persons.
    Returns how many were new.
    """
    key = key or f"{kind}:{uuid4()}"
    people = {person.pk: person for person in to if person.is_active}
    told = set(Notice.objects.filter(key=key, to__in=people).values_list("to", flat=True)) if people else set()
    subject_type = ContentType.objects.get_for_model(subject)
    url = url or getattr(subject, "get_absolute_url", str)()
    rows = [
        Notice(
            to_id=pk,
            kind=kind,
            key=key,
            title=title.translate(_ONE_LINE).strip()[:250],
            body=body,
            url=url,
            subject_type=subject_type,
            subject_id=subject.pk,
            mail_to=person.email,
        )
        for pk, person in people.items()
        if pk not in told
    ]
    if rows:
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        _deliver_after_commit(key)
    return len(rows)


def _deliver_after_commit(key: str, using: str = DEFAULT_DB_ALIAS) -> None:
    """Hand the notice over after commit, all notices of one transaction together.

    The keys gather on the connection and the first hook takes them all; a key whose savepoint was rolled back is
    harmless, since no row has it.
    """
    connections[using].__dict__.setdefault(QUEUED, []).append(key)
    transaction.on_commit(partial(_hand_over, using), using=using, robust=True)


def _hand_over(using: str) -> None:
    from nerima_privacy.notices.tasks import hand_over

    if keys := connections[using].__dict__.pop(QUEUED, []):
        hand_over(keys)
