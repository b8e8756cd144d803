"""The menu line of this area, with the number that waits for the reader."""

from audits.examinations.queries import turns
from nerima_privacy.web.menu import MenuItem, register
from roles.seats import Seat

SEATS: frozenset[str] = frozenset(
    {
        Seat.GENERAL_PROTECTION_MANAGER,
        Seat.DEPARTMENT_PROTECTION_MANAGER,
        Seat.PROTECTION_MANAGER,
        Seat.PROTECTION_OFFICER,
        Seat.AUDIT_OFFICER,
    }
)

register(MenuItem("確かめる", "監査", "audits:list", 40, seats=SEATS, badge=turns))
