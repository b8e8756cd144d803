"""What the rows would create, change or leave; nothing is written here.

Everything is read from the database once (seven queries however long the table), then worked out in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nerima_privacy.imports.kinds import Counts, Plan, Problem, Row
from nerima_privacy.imports.parsing import folded, suggestion
from roles.imports.appointments import AppointmentPlanner
from roles.imports.people import PeoplePlanner
from roles.imports.units import UnitPlanner
from roles.models import Appointment, Organ, Person, Posting, Unit
from roles.staff_numbers import folded as folded_number


@dataclass
class Ward:
    """The ward as it stands, plus what the table adds, keyed as the table names things; people by folded number."""

    organs: dict[str, Organ]
    units: dict[str, Unit]
    people: dict[str, Person]
    postings: dict[str, list[Posting]]
    appointments: list[Appointment]
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def load(cls) -> Ward:
        """Read it."""
        people = {folded_number(person.staff_number): person for person in Person.objects.all()}
        numbers = {person.pk: number for number, person in people.items()}
        postings: dict[str, list[Posting]] = {}
        for posting in Posting.objects.select_related("unit").order_by("valid_from", "pk"):
            postings.setdefault(numbers[posting.person_id], []).append(posting)
        return cls(
            organs={folded(name): o for o in Organ.objects.all() for name in (o.name, o.code)},
            units={unit.code: unit for unit in Unit.objects.prefetch_related("successors")},
            people=people,
            postings=postings,
            appointments=list(Appointment.objects.select_related("person", "unit")),
        )

    def wrong(self, row: Row, key: str, message: str) -> None:
        """An error at a cell."""
        header = next((c.header for c in row.sheet.columns if c.key == key), "")
        self.problems.append(Problem(row.cell(key), header, message))

    def warn(self, row: Row, key: str, message: str) -> None:
        """Something to know, that does not stop the import."""
        header = next((c.header for c in row.sheet.columns if c.key == key), "")
        self.problems.append(Problem(row.cell(key), header, message, warning=True))

    def unit(self, row: Row, key: str) -> Unit | None:
        """The unit a cell names, or an error that suggests the nearest code or name."""
        value = row.values.get(key)
        if not value:
            return None
        unit = self.units.get(value)
        if unit is None:
            same_name = [u.code for u in self.units.values() if u.name == value]
            hint = (
                f"「{value}」のコードは{'、'.join(same_name)}です。コードで書いてください。"
                if same_name
                else suggestion(value, list(self.units))
            )
            self.wrong(row, key, f"コード「{value}」の組織はありません。{hint}")
        return unit


@dataclass
class Operations:
    """What a commit writes, in this order."""

    new_units: list[Unit] = field(default_factory=list)
    changed_units: list[Unit] = field(default_factory=list)
    successors: list[tuple[Unit, list[Unit]]] = field(default_factory=list)
    new_people: list[Person] = field(default_factory=list)
    changed_people: list[Person] = field(default_factory=list)
    new_postings: list[Posting] = field(default_factory=list)
    changed_postings: list[Posting] = field(default_factory=list)
    new_appointments: list[Appointment] = field(default_factory=list)
    changed_appointments: list[Appointment] = field(default_factory=list)


def plan(rows: list[Row], person: Person) -> Plan:
    """The plan of one table; the same whoever imports it."""
    ward, operations = Ward.load(), Operations()
    by_sheet: dict[str, list[Row]] = {"unit": [], "person": [], "appointment": []}
    for row in rows:
        by_sheet[row.sheet.key].append(row)
    counts = [
        UnitPlanner(ward, operations).run(by_sheet["unit"]),
        PeoplePlanner(ward, operations).run(by_sheet["person"]),
        AppointmentPlanner(ward, operations).run(by_sheet["appointment"]),
    ]
    return Plan(
        counts=[c for c in counts if isinstance(c, Counts)],
        problems=ward.problems,
        operations=operations,
        digest_of=_fingerprint(rows),
    )


def _fingerprint(rows: list[Row]) -> list[Any]:
    return [[row.sheet.key, {k: _plain(v) for k, v in row.values.items()}] for row in rows]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def assign(obj: Any, values: dict[str, Any]) -> bool:
    """Set what is given and differs; blank and missing values leave what stands. True when something changed."""
    changed = False
    for name, value in values.items():
        if value not in (None, "") and getattr(obj, name) != value:
            setattr(obj, name, value)
            changed = True
    return changed
