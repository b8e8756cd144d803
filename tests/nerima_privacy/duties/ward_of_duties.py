"""A registry of its own for tests: two made-up duties over findings given by the test."""

from datetime import date, timedelta

from nerima_privacy.duties.registry import Finding, Outcome, Scope, duty
from roles.seats import Seat

ON = date(2026, 11, 24)


def finding(unit, days=-1, *, subject="課税台帳", key="1"):
    """A finding of `unit` whose last day is `days` from ON; None for one without a day."""
    return Finding(
        subject=subject,
        url="/files/1/",
        unit_id=unit.pk if unit else None,
        since=ON - timedelta(days=60),
        due_on=None if days is None else ON + timedelta(days=days),
        clears="保護責任者が届け出ると消えます。",
        key=key,
    )


def declare(id, findings, *, seat=Seat.PROTECTION_MANAGER, article="10-1", subjects=None):
    """Declare a duty that answers with the findings of the scope's units."""

    @duty(id, article=article, title="保有の届出", seat=seat)
    def check(scope: Scope) -> Outcome:
        asked = [f for f in findings if scope.units is None or f.unit_id in scope.units]
        by_unit = {f.unit_id: 0 for f in asked} | {
            unit: count for unit, count in (subjects or {}).items() if scope.units is None or unit in scope.units
        }
        for f in asked:
            by_unit[f.unit_id] = max(by_unit[f.unit_id], 1)
        return Outcome.counted(by_unit, asked)

    return check
