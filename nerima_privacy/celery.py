"""Celery: delivers the outbox, seals the activity record and runs the daily sweep.

Where REDIS_URL is not set, tasks run inline in the process that asked for them, and `celery beat` alone runs the
scheduled ones; `make demo` starts it beside the site.
"""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nerima_privacy.settings")

app = Celery("nerima_privacy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def log_as_the_site_does(**kwargs: Any) -> None:
    """Does nothing, and so keeps the site's logs: without a receiver a worker puts its own in their place."""


setup_logging.connect(log_as_the_site_does)
