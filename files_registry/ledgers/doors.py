"""The way to every page of what a file holds: known to the reader, the gate, the right (第11条第2項・第3項)."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404

from files_registry.catalogue.gates import held_back
from files_registry.catalogue.policies import visible_to
from files_registry.catalogue.rights import Right, asked_once
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import read_once

SAFE = ("GET", "HEAD")
View = Callable[..., HttpResponseBase]


def of_file(right: Right = Right.OPEN) -> Callable[[View], View]:
    """The view is given the file instead of its `pk`: 404 to whom it is unknown, 403 without the right.

    A page that is only read asks for the rights once; what is sent asks again in its verb.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: PersonRequest, pk: int, **rest: Any) -> HttpResponseBase:
            with read_once(), asked_once() if request.method in SAFE else nullcontext():
                files = visible_to(request.user, single=True).select_related("unit__parent", "current")
                file = get_object_or_404(files, pk=pk)
                held = held_back(request, file, right)
                return view(request, file, **rest) if held is None else held

        return guarded

    return wrap
