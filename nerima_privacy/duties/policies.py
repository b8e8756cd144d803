"""Who oversees what: the board shows each post its own part of the ward (第3条第3項・第4条第3項・第5条第3項)."""

from collections.abc import Callable
from dataclasses import dataclass

from nerima_privacy.duties.reach import reach
from roles.holdings import Holdings
from roles.seats import Seat

WARD_WIDE = (Seat.GENERAL_PROTECTION_MANAGER, Seat.DISCLOSURE_MANAGER, Seat.DISCLOSURE_STAFF)
OF_UNITS = (Seat.DEPARTMENT_PROTECTION_MANAGER, Seat.PROTECTION_MANAGER, Seat.PROTECTION_OFFICER)
OVERSEEING = (*WARD_WIDE, *OF_UNITS, Seat.AUDIT_OFFICER)

Examined = Callable[[Holdings], frozenset[int]]
_registered: list[Examined] = []


def register_examined(of: Examined) -> None:
    """Register `fn(holdings) -> ids of the units the person examines now`; the app of audits fills it."""
    if of not in _registered:
        _registered.append(of)


@dataclass(frozen=True)
class Oversight:
    """What a person oversees: the whole ward, or units (ids).

    `named` are the units whose findings the person is told of one by one; None for all that is overseen. Of others
    there are numbers only. `seats`: only what is the turn of these is shown, without a board; None for all duties.
    """

    ward: bool
    units: frozenset[int]
    named: frozenset[int] | None = None
    seats: frozenset[Seat] | None = None

    def covers(self, unit_id: int | None) -> bool:
        """Whether what concerns the unit, or the ward when None, may be shown."""
        return self.ward or unit_id in self.units

    @property
    def tells(self) -> bool:
        """Whether there is anything of which more than numbers may be read."""
        return self.named is None or bool(self.named)

    def names(self, unit_id: int | None) -> bool:
        """Whether the findings of a unit, or of the ward when None, may be read, not only counted."""
        return self.covers(unit_id) and (self.named is None or unit_id in self.named)


def oversight_of(holdings: Holdings) -> Oversight | None:
    """総括保護管理者, 情報公開課長 and its staff: the ward. 保護管理責任者: the own 部 with its 課. 保護責任者 and
    保護担当者: the own 課 or 学校, with what it took over. None for everybody else: they have no board (403).

    監査責任者, in that post: the numbers of the whole ward (第7条第3項・第24条), and what lies behind them for the
    units an approved audit opens to them now, never the own ones. Who holds a seat of a unit besides sees the board of
    that unit in that post. システム管理者 have none.
    """
    if holdings.has(*WARD_WIDE):
        return Oversight(ward=True, units=frozenset())
    posts = [post for post in holdings.appointments if post.seat in OF_UNITS]
    if holdings.has(Seat.AUDIT_OFFICER) and (not posts or holdings.appointments[0].seat == Seat.AUDIT_OFFICER):
        examined = frozenset[int]().union(*(of(holdings) for of in _registered))
        return Oversight(ward=True, units=frozenset(), named=examined)
    if not posts:
        return None
    return Oversight(ward=False, units=frozenset[int]().union(*reach(holdings, posts).values()))


def findings_of(holdings: Holdings) -> Oversight | None:
    """See `oversight_of`; システム管理者 besides read what is their own turn (第3–7条), to which their desk leads."""
    oversight = oversight_of(holdings)
    if oversight is None and holdings.has(Seat.SYSTEM_ADMINISTRATOR):
        return Oversight(ward=True, units=frozenset(), seats=frozenset({Seat.SYSTEM_ADMINISTRATOR}))
    return oversight
