"""The daily sweep for Celery beat."""

from typing import Any

from celery import shared_task

from nerima_privacy.duties import sweep as sweeps


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def sweep() -> dict[str, Any]:
    """The sweep of today."""
    return sweeps.sweep().facts()
