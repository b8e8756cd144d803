"""The lines of the menu that belong to the organisation."""

from nerima_privacy.web.menu import MenuItem, register
from roles.seats import Seat

register(MenuItem("組織", "組織と役割", "units:list", 10))
register(MenuItem("組織", "わたしの役割", "units:me", 20))
register(MenuItem("組織", "監査責任者", "units:audit-officers", 30))
register(MenuItem("組織", "管理画面", "admin:index", 90, seats={Seat.SYSTEM_ADMINISTRATOR}))
