"""What the clock does for sessions."""

from celery import shared_task

from nerima_privacy.web.sessions import SessionStore


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def clear_sessions() -> None:
    """Sessions past their day leave the database, and with them what was kept of forms nobody came back for."""
    SessionStore.clear_expired()
