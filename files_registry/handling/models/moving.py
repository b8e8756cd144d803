"""What every record with a life of its own shares."""

from typing import Any

from django.conf import settings
from django.db import models

FILE = "files_registry.PersonalInformationFile"


class Moving(models.Model):
    """A record that moves from state to state; `stamp` tells a page that somebody moved it since."""

    status_since = models.DateTimeField("この状態になった日時")
    stamp = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


def person(label: str, **kwargs: Any) -> models.ForeignKey:
    """Somebody who had a hand in it."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=label, related_name="+", **kwargs)


def nobody_yet(label: str) -> models.ForeignKey:
    """The same, empty until it happens."""
    return person(label, null=True, blank=True)
