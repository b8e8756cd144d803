"""What 第24条 asks of audits: that they are held, and regularly."""

from datetime import date

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone

from audits.examinations.models import ALLOWED, Audit, Occasion
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.periods import end_of
from nerima_privacy.duties.registry import Asked, Finding, Outcome, Scope, duty
from nerima_privacy.web.together import Rows, reading
from roles.models import Appointment
from roles.seats import Seat


@duty("audits.held_regularly", article="24-1", title="定期の監査の実施", seat=Seat.AUDIT_OFFICER)
def held_regularly(scope: Scope) -> Asked:
    """A 定期 audit was approved for, or went on in, the fiscal years the interval allows (第24条).

    Counted from the year of the last one; where there was none yet, from the year the first 監査責任者 was appointed.
    What is held besides, as need be, does not stand for it; nor does one for a year to come, or ended before it began.
    """
    if scope.units is not None:
        return Outcome.counted({}, [])
    held = Audit.objects.filter(occasion=Occasion.REGULAR, status__in=ALLOWED, decided_at__lt=end_of(scope.on))
    first = Appointment.objects.filter(seat=Seat.AUDIT_OFFICER, valid_from__lte=scope.on)
    audits, appointed = yield [
        reading(held, "begins_on", "ends_on", "ended_at"),
        reading(first.order_by().values("seat").annotate(first=Min("valid_from")), "first"),
    ]
    years, now = int(scope.parameter("audit.interval_years")), fiscal.fiscal_year(scope.on)
    last = _last_year(audits, scope.on)
    if last is None:
        begun = fiscal.fiscal_year(appointed[0][0]) if appointed else now
        since, due = fiscal.start(begun), begun + years - 1
    else:
        since, due = fiscal.start(last + 1), last + years
    if due > now:
        return Outcome.counted({None: 1}, [])
    finding = Finding(
        subject=f"{fiscal.label(now)}の定期の監査",
        url=reverse("audits:list"),
        unit_id=None,
        since=since,
        due_on=fiscal.end(due),
        clears="監査責任者が監査を計画し、総括保護管理者が承認すると消えます。",
        key="regular",
    )
    return Outcome.counted({None: 1}, [finding])


def _last_year(audits: Rows, on: date) -> int | None:
    """The last fiscal year up to that of a day in which an audit went on, or is approved to."""
    now, found = fiscal.fiscal_year(on), []
    for begins_on, ends_on, ended_at in audits:
        ended = timezone.localdate(ended_at) if ended_at else ends_on
        last = min(ends_on, ended) if ended <= on else ends_on
        if last >= begins_on and fiscal.fiscal_year(begins_on) <= now:
            found.append(min(fiscal.fiscal_year(last), now))
    return max(found, default=None)
