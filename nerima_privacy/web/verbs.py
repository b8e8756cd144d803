"""From a form to a verb and back to the page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from nerima_privacy.refusals import Invalid, MoveRefused


def run(request: HttpRequest, fn: Callable[[], Any], *, success: str = "", form: Any = None) -> bool:
    """Call the verb; say `success`, or why it was refused. True when it happened.

    With `form`, the sentences of `Invalid` stand at its fields and the page can be shown again with what was typed;
    without one they are messages.
    """
    try:
        fn()
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return False
    except Invalid as invalid:
        if form is not None:
            form.take(invalid)
        else:
            for sentence in invalid.errors.values():
                messages.error(request, sentence)
        return False
    if success:
        messages.success(request, success)
    return True
