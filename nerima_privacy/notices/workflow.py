"""Reading the inbox. These are no verbs of the guideline: `read_at` is all that is recorded of them.

An entry for each opened notice would fill the record of who did what to what with who looked at which mail.
"""

from django.utils import timezone

from nerima_privacy.notices.models import Notice
from nerima_privacy.notices.outbox import Recipient
from nerima_privacy.notices.policies import visible_to


def read(pk: int, *, actor: Recipient) -> Notice:
    """Mark an own notice as read; the first reading counts. Notice.DoesNotExist for somebody else's."""
    notice = visible_to(actor).get(pk=pk)
    visible_to(actor).filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return notice


def read_all(*, actor: Recipient) -> int:
    """Mark every own notice as read. Returns how many were unread."""
    return visible_to(actor).filter(read_at=None).update(read_at=timezone.now())
