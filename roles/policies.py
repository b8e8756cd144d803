"""Who may see and change the organisation, its people and its seats (第3–7条)."""

from django.db.models import QuerySet

from roles.holdings import holdings_of
from roles.models import Appointment, Person, Unit
from roles.seats import Seat


def visible_to(user: Person) -> QuerySet[Unit]:
    """Everybody who works for the ward sees the organisation and who holds its seats, past units included."""
    return Unit.objects.all() if user.is_active else Unit.objects.none()


def administrator_post(user: Person) -> Appointment | None:
    """The seat in which a システム管理者 manages units, people and appointments."""
    return holdings_of(user).post(Seat.SYSTEM_ADMINISTRATOR)


def can_administer(user: Person) -> bool:
    """システム管理者 manage units, people and appointments, and see nothing of what files hold."""
    return administrator_post(user) is not None


def can_appoint(user: Person, seat: str) -> bool:
    """システム管理者 write down who holds a seat; 監査責任者 are appointed by 総括保護管理者 alone (第7条第2項)."""
    return can_appoint_audit_officers(user) if seat == Seat.AUDIT_OFFICER else can_administer(user)


def can_appoint_audit_officers(user: Person) -> bool:
    """総括保護管理者 appoints them and ends their appointment (第7条第2項)."""
    return holdings_of(user).has(Seat.GENERAL_PROTECTION_MANAGER)


def can_look_people_up(user: Person) -> bool:
    """システム管理者 and 総括保護管理者 write down who holds a seat: they may search all who work for the ward."""
    return can_administer(user) or can_appoint_audit_officers(user)


def appointing_post(user: Person, seat: str) -> Appointment | None:
    """The seat in which `user` appoints to `seat`; None when the user may not."""
    if seat == Seat.AUDIT_OFFICER:
        return holdings_of(user).post(Seat.GENERAL_PROTECTION_MANAGER)
    return administrator_post(user)


def can_see_people_of(user: Person, unit: Unit) -> bool:
    """Who works in a unit is shown to those who answer for it and to システム管理者; others see its seats only.

    They answer for it: 保護責任者 and 保護担当者 of the unit, 保護管理責任者 of its 部, 総括保護管理者.
    """
    holdings = holdings_of(user)
    if holdings.has(Seat.SYSTEM_ADMINISTRATOR, Seat.GENERAL_PROTECTION_MANAGER):
        return True
    if unit.pk in holdings.unit_ids(Seat.PROTECTION_MANAGER, Seat.PROTECTION_OFFICER):
        return True
    department = unit.department
    return department is not None and department.pk in holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
