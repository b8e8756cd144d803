"""The files of the demonstration, read from files.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMON = {"desk_name": "総務部 情報公開課", "desk_address": "練馬区豊玉北6-12-1", "open_to_proposals": False}
APPLICATION = "本人または代理人からの申請"


@dataclass(frozen=True)
class Sample:
    """A file: `unit` is the unit's code; `items` are parted by 「、」."""

    unit: str
    name: str
    purpose: str
    items: str
    scope: str
    persons: int
    collection: str = APPLICATION
    recipients: str = ""
    sensitive: bool = False
    my_number: bool = False
    paper: bool = False
    confidentiality: str = "3b"
    retention: str = "5"
    system: str = ""

    def cells(self) -> dict[str, Any]:
        """As a notification takes them."""
        return {
            **COMMON,
            "name": self.name,
            "purpose": self.purpose,
            "items": self.items.replace("、", "\n"),
            "scope": self.scope,
            "collection": self.collection,
            "recipients": self.recipients.replace("、", "\n"),
            "sensitive": self.sensitive,
            "my_number": self.my_number,
            "processing": "manual" if self.paper else "computerised",
            "manual_twin": None if self.paper else False,
            "persons": self.persons,
            "confidentiality": self.confidentiality,
            "retention": self.retention,
            "media": "紙" if self.paper else "サーバー",
            "system_name": self.system,
            "outsourced": bool(self.system),
            "abroad": False,
        }


def _read() -> dict[str, list[Sample]]:
    rows = tomllib.loads(Path(__file__).with_name("files.toml").read_text())["file"]
    groups: dict[str, list[Sample]] = {"held": [], "told": [], "loaded": []}
    for row in rows:
        groups[row.pop("story")].append(Sample(**row))
    return groups


GROUPS = _read()
HELD, TOLD, LOADED = GROUPS["held"], GROUPS["told"], GROUPS["loaded"]


def sample(name: str) -> Sample:
    """The file of that name."""
    return next(found for group in GROUPS.values() for found in group if found.name == name)
