"""Celery: delivers the outbox, seals the activity record and runs the daily sweep.

Where REDIS_URL is not set, tasks run inline in the process that asked for them, and `celery beat` alone runs the
scheduled ones; `make demo` starts it beside the site.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nerima_privacy.settings")

app = Celery("nerima_privacy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
