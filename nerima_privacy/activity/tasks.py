"""The sealing every 20 seconds, by Celery beat."""

from celery import shared_task

from nerima_privacy.activity import sealing


@shared_task(name="nerima_privacy.activity.tasks.seal")  # type: ignore[untyped-decorator]  # celery has no stubs
def seal() -> int:
    """Seal and anchor what is pending; how many entries."""
    return sealing.seal()
