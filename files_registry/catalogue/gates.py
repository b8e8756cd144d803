"""The gate before what a file holds: ledger, requests, contracts. Pages below ask here; files_registry/access answers.

A page of what a file holds calls `held_back()` first and returns what it answers, if anything.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.rights import Right, may
from nerima_privacy.duties.requests import PersonRequest

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
        raise PermissionDenied
    return None
