"""`queue()`: the only door to notices."""

from collections.abc import Iterable
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import models

from nerima_privacy.notices.models import Notice


def queue(
    kind: str,
    *,
    to: Iterable[models.Model],
    subject: models.Model,
    title: str,
    body: str = "",
    url: str = "",
    key: str = "",
) -> int:
    """Put a notice for each person into the outbox, in the caller's transaction; mail follows after commit.

    `key` makes it once-only for a person (a reminder of one day); without one each call is a notice of its own.
    Title and body hold no personal data of the subject's persons. Returns how many were new.
    """
    key = key or f"{kind}:{uuid4()}"
    subject_type = ContentType.objects.get_for_model(subject)
    url = url or getattr(subject, "get_absolute_url", str)()
    people = {person.pk: person for person in to if person.is_active}
    known = set(Notice.objects.filter(key=key, to__in=people).values_list("to", flat=True))
    rows = [
        Notice(
            to=person,
            kind=kind,
            key=key,
            title=title[:250],
            body=body,
            url=url,
            subject_type=subject_type,
            subject_id=subject.pk,
            mail_to=person.email,
        )
        for pk, person in people.items()
        if pk not in known
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
