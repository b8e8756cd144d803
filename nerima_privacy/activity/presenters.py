"""What pages show of the record: the 経過 of a subject; and, from field_history.py, the history of its fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from nerima_privacy.activity import registry
from nerima_privacy.activity.field_history import HistoryPage, history
from nerima_privacy.activity.models import Entry

__all__ = ["HistoryPage", "TimelineItem", "field_label", "history", "timeline", "timeline_of"]


@dataclass(frozen=True)
class TimelineItem:
    """One line of the 経過. `changed_labels` are the names of the fields that changed, in Japanese."""

    at: datetime
    who: str
    post: str
    sentence: str
    reason: str
    changed_labels: list[str] = field(default_factory=list)
    about: str = ""


def timeline(subject: models.Model, limit: int = 20) -> list[TimelineItem]:
    """The newest `limit` entries on `subject`, newest first; one query."""
    return _told(type(subject), Entry.objects.filter(subject_id=subject.pk), limit)


def timeline_of(subjects: models.QuerySet, limit: int = 20) -> list[TimelineItem]:
    """The same of all records of a queryset together, each line with the record's name (`about`)."""
    return _told(subjects.model, Entry.objects.filter(subject_id__in=subjects.order_by().values("pk")), limit, True)


def _told(
    model: type[models.Model], entries: models.QuerySet[Entry], limit: int, named: bool = False
) -> list[TimelineItem]:
    entries = entries.filter(subject_type=ContentType.objects.get_for_model(model)).order_by("-pk")[:limit]
    return [
        TimelineItem(
            at=entry.at,
            who=entry.actor_name,
            post=entry.post_label,
            sentence=registry.sentence(entry.verb),
            reason=entry.reason,
            changed_labels=_labels(model, entry.changed),
            about=entry.subject_label if named else "",
        )
        for entry in entries
    ]


def _labels(model: type[models.Model], names: list[str]) -> list[str]:
    """The Japanese names of the fields; who did it and when, which have none, the entry says itself."""
    return [label for label in (field_label(model, name) for name in names) if not label.isascii()]


def field_label(model: type[models.Model], name: str) -> str:
    """The Japanese name of a field of `model`, or of a record it points to (a filing's version); else `name`."""
    own = _own_label(model, name)
    if own:
        return own
    for relation in model._meta.get_fields():
        if relation.many_to_one or relation.one_to_one:
            target = relation.related_model
            label = _own_label(target, name) if isinstance(target, type) and issubclass(target, models.Model) else ""
            if label:
                return label
    return name


def _own_label(model: type[models.Model], name: str) -> str:
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    return str(getattr(found, "verbose_name", ""))
