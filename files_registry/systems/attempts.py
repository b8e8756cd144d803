"""From a form to one verb, keeping what was typed; a second press of the same button leads where the first did."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages

from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.refusals import Invalid, MoveRefused

Facts = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """What was made, or how the form is shown again: 422 what was typed is wrong, 409 somebody came first."""

    of: Any = None
    status: int = 200

    @property
    def done(self) -> bool:
        return self.of is not None


def write(
    request: PersonRequest,
    form: Any,
    verb: Callable[[Facts], Any],
    already: Callable[[Facts], Any] | None,
    success: str,
) -> Written:
    """Do the verb with what was typed. `already` finds what this very page made a moment before."""
    if request.method != "POST":
        return Written()
    if not form.is_valid():
        return Written(status=422)
    facts = dict(form.cleaned_data)
    try:
        made = verb(dict(facts))
    except Invalid as invalid:
        form.take(invalid)
        return Written(status=422)
    except MoveRefused as refused:
        made = already(facts) if already else None
        if made is None:
            form.add_error(None, str(refused))
            return Written(status=409)
    messages.success(request, success)
    return Written(made)
