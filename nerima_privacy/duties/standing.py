"""How the duties stand for the posts of a person: what the meters of the desk show."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from nerima_privacy.calendars.periods import valid_on
from nerima_privacy.duties.memory import Memory
from nerima_privacy.duties.reach import reach
from nerima_privacy.duties.registry import Duty, Finding, Outcome, all_duties
from roles.holdings import Holdings
from roles.models import Appointment
from roles.seats import WARD_SEATS, Seat


@dataclass(frozen=True)
class Standing:
    """One duty as it stands for the units of one post; `own_findings` are those whose turn is this post's."""

    post: Appointment
    duty: Duty
    subjects: int
    findings: list[Finding]
    own_findings: list[Finding]


def standings_of(holdings: Holdings, on: date, memory: Memory) -> list[Standing]:
    """Every duty for every post of a 部, 課 or 学校; for a ward-wide seat only what is that seat's turn.

    The ward as a whole is on the board, which its holders reach with one link; a desk must not wait for it.
    """
    posts = [a for a in holdings.appointments if a.unit_id]
    found: list[Standing] = []
    if posts:
        found += _of_units(holdings, posts, on, memory)
    for post in holdings.appointments:
        if post.seat in WARD_SEATS:
            found += _of_ward(post, on, memory)
    return found


def _of_units(holdings: Holdings, posts: list[Appointment], on: date, memory: Memory) -> list[Standing]:

    def territory() -> tuple[dict[int, frozenset[int]], set[int]]:
        within = reach(holdings, posts)
        return within, _without_manager(posts, within, on)

    within, vacant = memory.once(("posts", on.isoformat(), [post.pk for post in posts]), territory)
    everywhere = frozenset[int]().union(*within.values())
    found = []
    for duty, outcome in memory.outcomes(all_duties(), on, everywhere):
        for post in posts:
            units = within[post.unit_id or 0]
            findings = [f for f in outcome.findings if f.unit_id in units]
            own = [f for f in findings if _is_turn_of(post, duty, f, vacant)]
            found.append(Standing(post, duty, _subjects(outcome, units, everywhere), findings, own))
    return found


def _is_turn_of(post: Appointment, duty: Duty, finding: Finding, vacant: set[int]) -> bool:
    """The seat's own, and for 保護管理責任者 what a vacant 保護責任者 of the 部 leaves (第4条第3項)."""
    turn = duty.turn(finding)
    if turn == post.seat:
        return True
    stands_in = post.seat == Seat.DEPARTMENT_PROTECTION_MANAGER and turn == Seat.PROTECTION_MANAGER
    return stands_in and finding.unit_id in vacant


def _without_manager(posts: list[Appointment], within: dict[int, frozenset[int]], on: date) -> set[int]:
    """The units of the 部 in which nobody is 保護責任者; none to be looked for without such a post."""
    departments = [p.unit_id for p in posts if p.seat == Seat.DEPARTMENT_PROTECTION_MANAGER and p.unit_id]
    if not departments:
        return set()
    units = frozenset[int]().union(*(within[unit] for unit in departments))
    managers = Appointment.objects.filter(
        valid_on(on), seat=Seat.PROTECTION_MANAGER, unit__in=units, person__is_active=True
    )
    return set(units) - set(managers.values_list(F("unit_id"), flat=True))


def _subjects(outcome: Outcome, units: frozenset[int], everywhere: frozenset[int]) -> int:
    if outcome.by_unit is None or units == everywhere:
        return outcome.subjects
    return sum(count for unit, count in outcome.by_unit.items() if unit in units)


def _of_ward(post: Appointment, on: date, memory: Memory) -> list[Standing]:
    asked = [duty for duty in all_duties() if duty.seat == post.seat]
    return [
        Standing(post, duty, outcome.subjects, outcome.findings, outcome.findings)
        for duty, outcome in memory.outcomes(asked, on, None)
    ]
