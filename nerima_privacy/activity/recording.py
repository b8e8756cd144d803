"""`record()`: the only door to the activity record."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from nerima_privacy.activity import registry
from nerima_privacy.activity.models import Entry, Pending


class Post(Protocol):
    """The seat an actor acts in: anything with a label, in practice a roles.Appointment."""

    label: str


def record(
    verb: str,
    *,
    actor: models.Model,
    subject: models.Model,
    post: Post | None = None,
    reason: str = "",
    changed: Iterable[str] = (),
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Write one entry inside the caller's transaction.

    `changed` names fields, never their values; `facts` holds states, dates and counts, never personal data.
    Raises LookupError for a verb no `activities.py` declares, RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() is called inside the transaction of the verb")
    registry.verb(verb)
    entry = Entry.objects.create(
        actor=actor,
        actor_name=str(actor),
        post_label=post.label if post else "",
        verb=verb,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        subject_label=str(subject)[:250],
        reason=reason,
        changed=list(changed),
        facts=dict(facts or {}),
    )
    Pending.objects.create(entry=entry)
    return entry
