"""What upper areas put on the page of a file: the procedure under way, and what may be done with the file.

The catalogue stands below the areas that work on files, so it asks a registry that they fill in AppConfig.ready().
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import overload

from files_registry.catalogue.models import PersonalInformationFile
from roles.models import Person


@dataclass(frozen=True)
class Offer:
    """One thing that can be done. `refused` says who can do it when the reader cannot; then there is no link."""

    label: str
    consequence: str
    url: str
    article: str = ""
    post: bool = False
    primary: bool = False
    refused: str = ""


@dataclass(frozen=True)
class Procedure:
    """A procedure under way on the file: what, where it stands, who has it and since when."""

    title: str
    url: str
    status: str
    kind: str
    now_with: str
    since: datetime | date
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a section: what it leads to, a detail in small, chips of (word, kind), links of (word, address)."""

    text: str
    url: str
    detail: str = ""
    chips: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """Something an area knows of the file, as a list under a heading; `note` stands under it."""

    title: str
    article: str
    lines: list[Line]
    note: str = ""


@dataclass(frozen=True)
class Panel:
    """What one area has to say about a file."""

    procedure: Procedure | None = None
    offers: list[Offer] = field(default_factory=list)
    earlier: list[Procedure] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


Provider = Callable[[PersonalInformationFile, Person], Panel]
_providers: dict[Provider, bool] = {}


@overload
def register_panel(provider: Provider) -> Provider: ...
@overload
def register_panel(*, everybody: bool) -> Callable[[Provider], Provider]: ...
def register_panel(
    provider: Provider | None = None, *, everybody: bool = False
) -> Provider | Callable[[Provider], Provider]:
    """Register `fn(file, person) -> Panel`; usable as a decorator. A fixed number of queries each.

    It is asked for those with a seat over the unit; with `everybody`, for whoever may see the file.
    """

    def register(given: Provider) -> Provider:
        _providers[given] = everybody
        return given

    return register(provider) if provider else register


def panels_of(file: PersonalInformationFile, person: Person, *, internal: bool = True) -> list[Panel]:
    """What every area has to say to somebody with a seat over the unit (`internal`), or to anybody."""
    return [provider(file, person) for provider, everybody in _providers.items() if internal or everybody]


Marker = Callable[[list[int]], dict[int, Procedure]]
_markers: list[Marker] = []


def register_marker(marker: Marker) -> Marker:
    """Register `fn(ids of files) -> {id: Procedure}` for lists: what is under way on each, in one query."""
    if marker not in _markers:
        _markers.append(marker)
    return marker


def procedures_of(ids: list[int]) -> dict[int, Procedure]:
    """What is under way on each file of a list."""
    found: dict[int, Procedure] = {}
    for marker in _markers:
        found |= marker(ids)
    return found
