"""監査責任者, the audits of some years, and a wide one that goes on."""

from datetime import timedelta

from django.utils import timezone

from audits.examinations.models import Audit, AuditStatus, Occasion
from nerima_privacy.calendars.periods import midnight, today
from roles.models import Appointment, Person, Unit
from roles.seats import Basis, Seat
from tests.bench.people import richest, seated

OFFICERS, WIDE, NARROW = 4, 60, 3
SEVERAL_YEARS = 40


def build_audits(many):
    """`many` that ended, and of those not over one of each state; the one that goes on names many units."""
    chief, officers = seated(Seat.GENERAL_PROTECTION_MANAGER), _officers()
    units = list(Unit.objects.filter(is_department=False).exclude(postings__person=officers[0]).order_by("pk")[:WIDE])
    for n in range(many):
        _audit(n, AuditStatus.ENDED, chief, officers[:2], units[n % len(units) :][:NARROW])
    for status in (AuditStatus.DRAFT, AuditStatus.SUBMITTED, AuditStatus.UNDER_WAY):
        _audit(0, status, chief, officers, units)


def _officers():
    """People without a seat, of the units that come last."""
    rich = richest()
    people = Person.objects.filter(postings__isnull=False, appointments=None)
    people = list(people.exclude(pk=rich.pk if rich else None).order_by("-pk")[:OFFICERS])
    Appointment.objects.bulk_create(
        Appointment(
            person=person,
            seat=Seat.AUDIT_OFFICER,
            valid_from=today() - timedelta(days=400),
            basis=Basis.NAMED,
            reason="測定",
            appointed_by=seated(Seat.GENERAL_PROTECTION_MANAGER),
        )
        for person in people
    )
    return people


def _audit(ago, status, chief, officers, units):
    first = today() - timedelta(days=ago * SEVERAL_YEARS + 20)
    last = first + timedelta(days=19 if status == AuditStatus.ENDED else 60)
    begun = midnight(first)
    asked = {"submitted_by": officers[0], "submitted_at": begun} if status != AuditStatus.DRAFT else {}
    decided = {"decided_by": chief, "decided_post": "総括保護管理者", "decided_at": begun}
    ended = {"ended_at": midnight(last), "end_reason": "期間が終わりました"} if status == AuditStatus.ENDED else {}
    audit = Audit.objects.create(
        title=f"測定の監査{ago}",
        occasion=Occasion.REGULAR,
        purpose="測定",
        matters="測定",
        begins_on=first,
        ends_on=last,
        status=status,
        status_since=timezone.now() - timedelta(days=ago),
        planned_by=officers[0],
        planned_at=begun,
        **asked,
        **(decided if status in (AuditStatus.UNDER_WAY, AuditStatus.ENDED) else {}),
        **ended,
    )
    audit.officers.set(officers)
    audit.units.set(units)
