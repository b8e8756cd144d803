"""Who may see a notice: the person it is for, and nobody else."""

from django.db.models import QuerySet

from nerima_privacy.notices.models import Notice
from nerima_privacy.notices.outbox import Recipient


def visible_to(person: Recipient) -> QuerySet[Notice]:
    """The person's own notices; for everybody else they do not exist (404), whatever seat they hold."""
    return Notice.objects.filter(to=person.pk)
