"""Who oversees what: the board shows each post its own part of the ward (第3条第3項・第4条第3項・第5条第3項)."""

from dataclasses import dataclass

from nerima_privacy.duties.reach import reach
from roles.holdings import Holdings
from roles.seats import Seat

WARD_WIDE = (Seat.GENERAL_PROTECTION_MANAGER, Seat.DISCLOSURE_MANAGER, Seat.DISCLOSURE_STAFF)
OF_UNITS = (Seat.DEPARTMENT_PROTECTION_MANAGER, Seat.PROTECTION_MANAGER, Seat.PROTECTION_OFFICER)
OVERSEEING = (*WARD_WIDE, *OF_UNITS)


@dataclass(frozen=True)
class Oversight:
    """What a person oversees: the whole ward, or units (ids)."""

    ward: bool
    units: frozenset[int]

    def covers(self, unit_id: int | None) -> bool:
        """Whether what concerns the unit, or the ward when None, may be shown."""
        return self.ward or unit_id in self.units


def oversight_of(holdings: Holdings) -> Oversight | None:
    """総括保護管理者, 情報公開課長 and its staff: the ward. 保護管理責任者: the own 部 with its 課. 保護責任者 and
    保護担当者: the own 課 or 学校, with what it took over. None for everybody else: they have no board (403).

    監査責任者 sees a unit's standing within an engagement only, システム管理者 never.
    """
    if holdings.has(*WARD_WIDE):
        return Oversight(ward=True, units=frozenset())
    posts = [post for post in holdings.appointments if post.seat in OF_UNITS]
    if not posts:
        return None
    return Oversight(ward=False, units=frozenset[int]().union(*reach(holdings, posts).values()))
