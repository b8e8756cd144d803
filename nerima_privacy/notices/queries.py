"""What the inbox, the bar at the top and the desk show of a person's notices."""

from django.db.models import Case, QuerySet, When

from nerima_privacy.notices.models import Notice
from nerima_privacy.notices.outbox import Recipient
from nerima_privacy.notices.policies import visible_to


def inbox(person: Recipient, *, unread_only: bool = False) -> QuerySet[Notice]:
    """The person's notices, unread first, then the newest first."""
    notices = visible_to(person)
    if unread_only:
        return notices.filter(read_at=None).order_by("-created_at", "-pk")
    return notices.order_by(Case(When(read_at=None, then=0), default=1), "-created_at", "-pk")


def unread_count(person: Recipient) -> int:
    """How many notices the person has not read."""
    return visible_to(person).filter(read_at=None).count()


def latest_unread(person: Recipient, limit: int = 5) -> list[Notice]:
    """The newest unread ones, for the desk."""
    return list(inbox(person, unread_only=True)[:limit])
