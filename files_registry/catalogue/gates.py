"""The gate before what a file holds: ledger, requests, contracts. Pages below ask here; files_registry/access answers.

A page of what a file holds calls `held_back()` first and returns what it answers, if anything.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.rights import Right, may
from nerima_privacy.duties.requests import PersonRequest
from roles.models import Person

Gate = Callable[[PersonRequest, PersonalInformationFile, bool], HttpResponse | None]
_gates: list[Gate] = []


def register_gate(gate: Gate) -> Gate:
    """Register `fn(request, file, allowed) -> response or None`; usable as a decorator. `allowed`: by the right now."""
    if gate not in _gates:
        _gates.append(gate)
    return gate


def held_back(request: PersonRequest, file: PersonalInformationFile, right: Right = Right.OPEN) -> HttpResponse | None:
    """The page that asks for the purpose first, or None when the person may go on. PermissionDenied without the right.

    For pages of what a file holds (第11条第2項・第3項). Who may not even know of the file was stopped before, with 404.
    """
    allowed = may(request.user, right, file)
    for gate in _gates:
        response = gate(request, file, allowed)
        if response is not None:
            return response
    if not allowed:
        words = f"「{file.name}」の{right.label}の権限がありません。要るときは、ファイルの画面から申請できます。"
        raise PermissionDenied(words)
    return None


Files = QuerySet[PersonalInformationFile]


@dataclass(frozen=True)
class OpeningTogether:
    """How many files are opened by one act: whether a purpose is to be typed for them, and writing their openings.

    `write(person, files, purpose)` is called within the verb's transaction and answers how many it opened; Invalid
    at `purpose` where it is missing.
    """

    asks_purpose: Callable[[Person, Files], bool]
    write: Callable[[Person, Files, str], int]


_together: list[OpeningTogether] = []


def register_opening_together(way: OpeningTogether) -> OpeningTogether:
    """Say how many files are opened at once."""
    if way not in _together:
        _together.append(way)
    return way


def purpose_is_asked(person: Person, files: Files) -> bool:
    """Whether opening these files together needs its purpose typed (第11条第3項)."""
    return any(way.asks_purpose(person, files) for way in _together)


def open_together(person: Person, files: Files, purpose: str) -> int:
    """Record the opening of each of these files (第11条第3項); inside the transaction of the verb that opens them."""
    return sum(way.write(person, files, purpose) for way in _together)
