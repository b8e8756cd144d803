"""Delivery by Celery where a broker is configured; in the process itself, after commit, where none is."""

import structlog
from celery import shared_task
from django.conf import settings
from kombu.exceptions import OperationalError

from nerima_privacy.notices import delivery

log = structlog.get_logger(__name__)


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def deliver(keys: list[str]) -> int:
    """Mail the notices of one transaction."""
    return delivery.deliver(keys)


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def deliver_due() -> int:
    """Mail everything that is due: what failed, what a killed worker left, what a broker that was down never took."""
    sent = 0
    while batch := delivery.deliver():
        sent += batch
    return sent


def hand_over(keys: list[str]) -> None:
    """After commit: to a worker, or mail here. A broker that is down only delays; `deliver_due` picks it up."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        delivery.deliver(keys)
        return
    try:
        deliver.apply_async((keys,), retry=False)
    except OperationalError as error:
        log.warning("broker_not_reached", error=type(error).__name__)
