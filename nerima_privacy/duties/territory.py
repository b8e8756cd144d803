"""Units as duties see them: which belong together, which took over from which, and under which 部 they stand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import read, reading
from roles.models import Unit

KINDS = ("is_department", "is_section", "is_school")
FIELDS = ("code", "name", "parent", *KINDS, "valid_from", "valid_to")


@dataclass
class Territory:
    """Every unit that ever was."""

    units: dict[int, Unit]
    successors: dict[int, list[int]]
    on: date
    children: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    predecessors: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for unit in self.units.values():
            if unit.parent_id and unit.parent_id != unit.pk:
                self.children[unit.parent_id].append(unit.pk)
        for ended, later in self.successors.items():
            if not self.lives(ended):
                for successor in later:
                    self.predecessors[successor].append(ended)

    def lives(self, unit_id: int) -> bool:
        """Whether the unit exists on the day."""
        unit = self.units[unit_id]
        return unit.valid_from <= self.on and (unit.valid_to is None or unit.valid_to >= self.on)

    def within(self, unit_ids: Iterable[int]) -> frozenset[int]:
        """The units, the 課 of those that are 部, and the ended units whose affairs any of these took over."""
        found: set[int] = set()
        frontier = list(unit_ids)
        while frontier:
            unit_id = frontier.pop()
            if unit_id not in found:
                found.add(unit_id)
                frontier += self.children[unit_id] + self.predecessors[unit_id]
        return frozenset(found)

    def living(self, unit_id: int) -> int:
        """The unit itself, or the first living unit that took over its affairs; itself when none did."""
        seen: set[int] = set()
        frontier = [unit_id]
        while frontier:
            current = frontier.pop(0)
            if self.lives(current):
                return current
            if current not in seen:
                seen.add(current)
                frontier += self.successors.get(current, [])
        return unit_id

    def department(self, unit_id: int) -> int | None:
        """The 部 the unit, or its successor, stands in; None for a school."""
        unit = self.units[self.living(unit_id)]
        return unit.pk if unit.is_department else unit.parent_id

    def full_name(self, unit_id: int | None) -> str:
        """「区民部 税務課」; 「区全体」 without a unit."""
        if unit_id is None:
            return "区全体"
        unit = self.units[unit_id]
        parent = self.units.get(unit.parent_id or 0)
        return unit.name if unit.is_department or not parent else f"{parent.name} {unit.name}"


def territory(on: date) -> Territory:
    """Read all units and their successions, in one query."""
    links = reading(Unit.successors.through.objects.all(), "from_unit", "to_unit")
    units, rows = read([objects(Unit.objects.all(), *FIELDS), links])
    successors: dict[int, list[int]] = defaultdict(list)
    for ended, later in sorted(rows):
        successors[ended].append(later)
    return Territory({unit.pk: unit for unit in sorted(units, key=lambda unit: unit.code)}, successors, on)
