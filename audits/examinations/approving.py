"""Who approves an audit when who sits as 総括保護管理者 is one of those it is the work of (第7条第2項・第24条).

There is no seat above 総括保護管理者 for it to step up to. Where somebody acts for the seat (職務代理), it steps back
to the one acted for, who stays 総括保護管理者 in name and takes the seat up again: the decision is that person's own.
Where there is no such person the plan is refused before anybody waits for an approval that cannot come.
"""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from nerima_privacy.calendars.periods import today
from roles.holdings import holders
from roles.models import Appointment, Person
from roles.seats import Basis, Seat

CHIEF = Seat.GENERAL_PROTECTION_MANAGER


def acted_for(on: date | None = None) -> QuerySet[Appointment]:
    """The appointment of the 総括保護管理者 for whom somebody acts: held before, and taken up again after."""
    on = on or today()
    seats = Appointment.objects.filter(seat=CHIEF, person__is_active=True)
    acting = seats.on(on).filter(basis=Basis.ACTING)
    own = seats.exclude(basis=Basis.ACTING)
    before = own.filter(person=OuterRef("person"), valid_to__lt=on)
    return own.filter(Exists(acting), Exists(before), valid_from__gt=on)


def acting(on: date | None = None) -> QuerySet[Person]:
    """Who acts as 総括保護管理者 for somebody on a day."""
    on = on or today()
    rows = Appointment.objects.on(on).filter(seat=CHIEF, basis=Basis.ACTING, person__is_active=True)
    return Person.objects.filter(pk__in=rows.values("person"))


def behind(user: Person, hands: set[int]) -> Appointment | None:
    """The appointment by which `user` approves what who acts for the seat may not; None for everybody else."""
    if user.pk in hands or not user.is_active:
        return None
    tied = Exists(acting().filter(pk__in=hands))
    row: Appointment | None = acted_for().filter(tied, person=user).order_by("valid_from").first()
    return row


def nobody_approves(hands: set[int]) -> Person | None:
    """Who sits as 総括保護管理者 where nobody may approve; None when somebody may, or the seat is vacant."""
    seated = list(holders(CHIEF))
    if not seated or any(person.pk not in hands for person in seated):
        return None
    return None if acted_for().exclude(person__in=hands).exists() else seated[0]
