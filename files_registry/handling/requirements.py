"""What an act needs: the ward's floor by confidentiality, or what the unit asks beyond it (第12条)."""

from dataclasses import dataclass
from datetime import date

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.handling.acts import STRICTNESS, Act, Level
from files_registry.handling.models import UnitRules
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.law.parameters import parameter
from nerima_privacy.law.parameters import rows as law_rows
from nerima_privacy.law.presenters import note_of

FLOOR, CLASSES = "handling.requirements", "confidentiality.classes"
Table = dict[str, dict[str, str]]


def stricter(one: str, other: str) -> Level:
    """The stricter of two levels; an unknown word is the strictest."""
    return max((_known(one), _known(other)), key=STRICTNESS.index)


def _known(word: str) -> Level:
    return Level(word) if word in Level.values else Level.EACH


def in_force(unit_id: int, on: date | None = None) -> UnitRules | None:
    """The unit's own rules on a day; None where it has none beyond the ward's."""
    rules = UnitRules.objects.filter(valid_on(on or today()), unit=unit_id)
    return rules.select_related("set_by").first()


def level_in(floor: Table, own: Table, code: str, act: str) -> Level:
    """What an act needs. A class the ward's table does not know, or none, needs permission each time."""
    least = floor.get(code, {}).get(act, Level.EACH)
    return stricter(least, own.get(code, {}).get(act, least))


def levels_of(file: PersonalInformationFile, on: date | None = None) -> dict[Act, Level]:
    """What each act with the file needs on a day; two queries."""
    rules = in_force(file.unit_id, on)
    floor: Table = parameter(FLOOR, on)
    code = class_of(file)
    return {act: level_in(floor, rules.levels if rules else {}, code, act) for act in Act}


def level_of(file: PersonalInformationFile, act: str, on: date | None = None) -> Level:
    """What one act with the file needs on a day (第12条)."""
    return levels_of(file, on)[Act(act)]


def class_of(file: PersonalInformationFile) -> str:
    """The confidentiality of the version in force."""
    return file.current.confidentiality if file.current else ""


@dataclass(frozen=True)
class Row:
    """One class: its code and name, and for each act the ward's floor and what holds in the unit."""

    code: str
    label: str
    cells: list[tuple[Act, Level, Level]]


def table(rules: UnitRules | None, on: date | None = None) -> tuple[list[Row], str]:
    """Every class and act, the floor and what holds under a unit's rules; and whether the floor is confirmed."""
    values = law_rows([FLOOR, CLASSES], on)
    own: Table = rules.levels if rules else {}
    floor: Table = values[FLOOR].value
    rows = [
        Row(
            row["code"],
            row["label"],
            [(act, level_in(floor, {}, row["code"], act), level_in(floor, own, row["code"], act)) for act in Act],
        )
        for row in values[CLASSES].value
    ]
    return rows, note_of(values[FLOOR])
