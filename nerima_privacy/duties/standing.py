"""How the duties stand for the posts of a person: what the meters of the desk show."""

from dataclasses import dataclass
from datetime import date

from nerima_privacy.duties.memory import Memory
from nerima_privacy.duties.reach import reach_and_vacant
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
    return found + _of_ward([a for a in holdings.appointments if a.seat in WARD_SEATS], on, memory)


def _of_units(holdings: Holdings, posts: list[Appointment], on: date, memory: Memory) -> list[Standing]:
    asked = ("posts", on.isoformat(), [post.pk for post in posts])
    within, vacant = memory.once(asked, lambda: reach_and_vacant(holdings, posts))
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


def _subjects(outcome: Outcome, units: frozenset[int], everywhere: frozenset[int]) -> int:
    if outcome.by_unit is None or units == everywhere:
        return outcome.subjects
    return sum(count for unit, count in outcome.by_unit.items() if unit in units)


def _of_ward(posts: list[Appointment], on: date, memory: Memory) -> list[Standing]:
    """Each post's own duties; those of all posts are asked together."""
    seats = {post.seat for post in posts}
    outcomes = memory.outcomes([duty for duty in all_duties() if duty.seat in seats], on, None)
    return [
        Standing(post, duty, outcome.subjects, outcome.findings, outcome.findings)
        for post in posts
        for duty, outcome in outcomes
        if duty.seat == post.seat
    ]
