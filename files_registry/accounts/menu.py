"""The menu line of this area, with the number of findings that wait for the reader.

For the seats whose work it is. Whoever administers a system without a seat comes by the page of the system.
"""

from files_registry.accounts.desk import badge
from nerima_privacy.web.menu import MenuItem, register
from roles.seats import Seat

SEATS: frozenset[str] = frozenset(
    {
        Seat.GENERAL_PROTECTION_MANAGER,
        Seat.DEPARTMENT_PROTECTION_MANAGER,
        Seat.PROTECTION_MANAGER,
        Seat.PROTECTION_OFFICER,
    }
)

register(MenuItem("ファイルと届出", "アカウントの突き合わせ", "accounts:list", 46, seats=SEATS, badge=badge))
