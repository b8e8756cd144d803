"""What a class of confidentiality asks of the ledger (第15条) and of the verification of input (第17条).

Which columns a kind has is the form's; which kinds must be written and which columns filled is the law parameter
`ledger.classes`, and the ways of verifying are `verification.classes`. A file without a known class is asked nothing
beyond what the kind itself needs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from files_registry.catalogue.models import PersonalInformationFile, ProcessingKind
from files_registry.ledgers.models import EntryKind, LedgerEntry, Way, WrittenOnce
from nerima_privacy.law.parameters import parameters

K = EntryKind
COLUMNS = ("purpose", "scope", "persons", "medium", "place", "counterpart", "method", "witness", "remarks")
PLACES: dict[str, str] = {K.MOVED: "移動先", K.STORED: "保管場所", K.ERASED: "廃棄した場所"}
WITHOUT: dict[str, set[str]] = {
    K.USED: {"counterpart"},
    K.STORED: {"counterpart"},
    K.MOVED: {"counterpart"},
    K.COPIED: {"counterpart"},
    K.PROVIDED: {"place"},
    K.RECEIVED: {"place"},
    K.RETURNED: {"place"},
    K.ERASED: {"counterpart"},
    K.CHECKED: {"counterpart", "persons"},
}
ALWAYS: dict[str, set[str]] = {
    K.USED: {"purpose"},
    K.STORED: {"place"},
    K.MOVED: {"place"},
    K.COPIED: {"purpose", "medium"},
    K.PROVIDED: {"purpose", "counterpart"},
    K.RECEIVED: {"counterpart"},
    K.RETURNED: {"counterpart"},
    K.ERASED: {"method"},
    K.CHECKED: {"purpose"},
}


@dataclass(frozen=True)
class LedgerRule:
    """What the class of one file asks. `label` is the ward's name of the class."""

    code: str
    label: str
    kinds: frozenset[str]
    fields: frozenset[str]
    silent_days: int
    ways: tuple[str, ...]
    verify_days: int

    def required(self, kind: str) -> set[str]:
        """The columns an entry of the kind must fill."""
        return (ALWAYS.get(kind, set()) | self.fields) - WITHOUT.get(kind, set())

    def must_write(self, kind: str) -> bool:
        """Whether the kind has to be written down each time."""
        return kind in self.kinds


KEYS = ("confidentiality.classes", "ledger.classes", "verification.classes")


def rules(on: date | None = None) -> Mapping[str, LedgerRule]:
    """The rule of each class, in one query."""
    return from_values(parameters(KEYS, on))


def from_values(found: Mapping[str, Any]) -> Mapping[str, LedgerRule]:
    """The same from parameters that were read already."""
    asked = {row["code"]: row for row in found["ledger.classes"]}
    verified = {row["code"]: row for row in found["verification.classes"]}
    return {
        row["code"]: _rule(row["code"], row["label"], asked.get(row["code"], {}), verified.get(row["code"], {}))
        for row in found["confidentiality.classes"]
    }


def _rule(code: str, label: str, asked: Mapping[str, Any], verified: Mapping[str, Any]) -> LedgerRule:
    return LedgerRule(
        code,
        label,
        frozenset(asked.get("kinds", ())),
        frozenset(asked.get("fields", ())),
        int(asked.get("silent_days", 0)),
        tuple(way for way in Way.values if way in verified.get("ways", ())),
        int(verified.get("days", 0)),
    )


NOTHING = LedgerRule("", "区分なし", frozenset(), frozenset(), 0, (), 0)


def class_of(file: PersonalInformationFile) -> str:
    """The file's class of confidentiality, as its version in force says."""
    return file.current.confidentiality if file.current else ""


def rule_of(file: PersonalInformationFile, known: Mapping[str, LedgerRule] | None = None) -> LedgerRule:
    """What is asked of one file."""
    return (known if known is not None else rules()).get(class_of(file), NOTHING)


def rule_of_line(line: WrittenOnce) -> LedgerRule:
    """What was asked of a line when it was written: a correction is asked no more, for nobody could know it now."""
    return rules().get(line.confidentiality, NOTHING)


def class_labels() -> dict[str, str]:
    """The ward's name of each class, by the code a line keeps."""
    return {code: rule.label for code, rule in rules().items()}


def began(held_from: date | None, created_at: datetime) -> date:
    """From when silence is counted while nothing was ever written: held, and in this system."""
    known = timezone.localdate(created_at)
    return max(known, held_from) if held_from else known


def is_in_a_system(file: PersonalInformationFile) -> bool:
    """Whether input has to be verified at all: 第17条 speaks of what information systems handle."""
    version = file.current
    return bool(version and (version.processing == ProcessingKind.COMPUTERISED or version.system_name))


def columns_of(kind: str) -> list[str]:
    """The columns an entry of the kind has."""
    return [name for name in COLUMNS if name not in WITHOUT.get(kind, set())]


def label_of(column: str, kind: str = "") -> str:
    """「移動先」 for the place of a move, else the column's own name."""
    if column == "place" and kind in PLACES:
        return PLACES[kind]
    return str(getattr(LedgerEntry._meta.get_field(column), "verbose_name", column))


def labels(columns: Iterable[str], kind: str = "") -> str:
    """Their names in a row, in the order of the form."""
    wanted = set(columns)
    return "、".join(label_of(name, kind) for name in COLUMNS if name in wanted)
