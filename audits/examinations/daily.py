"""What ends by itself, each night as the system (第24条)."""

from datetime import date

from audits.examinations.models import Audit, AuditStatus
from audits.examinations.workflow import close
from nerima_privacy.duties.daily import register_daily
from nerima_privacy.refusals import MoveRefused
from roles.models import Person


@register_daily
def close_what_is_over(on: date, actor: Person) -> int:
    """Close audits whose last day has passed. They opened nothing since: this only brings the rows in step."""
    done = 0
    over = Audit.objects.filter(status=AuditStatus.UNDER_WAY, ends_on__lt=on)
    for pk in list(over.order_by("pk").values_list("pk", flat=True)):
        try:
            close(pk, actor=actor)
            done += 1
        except MoveRefused:
            continue
    return done
