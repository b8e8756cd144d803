"""`record()`, and `record_each()` for many at once: the only doors to the activity record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from nerima_privacy.activity import registry, sealing
from nerima_privacy.activity.models import Entry, Pending

if TYPE_CHECKING:
    from roles.models import Person


class Post(Protocol):
    """The seat an actor acts in: anything with a label, in practice a roles.Appointment."""

    @property
    def label(self) -> str: ...


def record(
    verb: str,
    *,
    actor: Person,
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
    _declared(verb)
    entry = _entry(verb, actor, subject, post=post, reason=reason, changed=changed, facts=facts)
    entry.save(force_insert=True)
    Pending.objects.create(entry=entry)
    sealing.after_commit()
    return entry


def record_each(
    verb: str,
    *,
    actor: Person,
    subjects: Iterable[models.Model],
    reason: Callable[[Any], str],
    facts: Callable[[Any], Mapping[str, Any]],
) -> list[Entry]:
    """One entry for each of many subjects the same was done to, in two statements; otherwise as `record`."""
    _declared(verb)
    made = [_entry(verb, actor, subject, reason=reason(subject), facts=facts(subject)) for subject in subjects]
    entries = Entry.objects.bulk_create(made)
    Pending.objects.bulk_create(Pending(entry=entry) for entry in entries)
    sealing.after_commit()
    return entries


def _declared(verb: str) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() is called inside the transaction of the verb")
    registry.verb(verb)


def _entry(
    verb: str,
    actor: Person,
    subject: models.Model,
    *,
    post: Post | None = None,
    reason: str,
    changed: Iterable[str] = (),
    facts: Mapping[str, Any] | None,
) -> Entry:
    return Entry(
        actor=actor,
        actor_name=str(actor)[:60],
        post_label=post.label[:120] if post else "",
        verb=verb,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        subject_label=str(subject)[:250],
        reason=reason,
        changed=list(changed),
        facts=json.loads(json.dumps(dict(facts or {}), cls=DjangoJSONEncoder)),
    )
