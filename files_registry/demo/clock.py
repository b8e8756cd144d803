"""A past moment, for loading the demonstration: what its verbs write is dated as if done then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Any
from unittest import mock

from django.utils import timezone


@contextmanager
def days_ago(days: int, hour: int = 9, minute: int = 0) -> Iterator[None]:
    """Inside, `timezone.now()` answers that day and time in Tokyo, never later than the true now."""
    true_now = timezone.now()
    there = timezone.localtime(true_now).replace(hour=hour, minute=minute, second=0, microsecond=0)
    then = min(there - timedelta(days=days), timezone.localtime(true_now))

    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return then.astimezone(tz)

    with mock.patch.object(timezone, "datetime", Then):
        yield
