"""Stands before every page of what a file holds (catalogue/gates.py)."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from files_registry.access import opening_together
from files_registry.access.opening import asks_purpose, is_open, note_refusal, open_file, was_opened, was_refused
from files_registry.catalogue.gates import OpeningTogether, register_gate, register_opening_together
from files_registry.catalogue.models import PersonalInformationFile
from nerima_privacy.duties.requests import PersonRequest


@register_gate
def gate(request: PersonRequest, file: PersonalInformationFile, allowed: bool) -> HttpResponse | None:
    """Record the opening, or lead to the page that asks what for; record a refusal and let the right refuse it.

    A form that is sent while the opening has run out goes on: what was typed counts, and the right is asked anew. One
    that is sent without any opening did not come from a page of the file.
    """
    if not allowed:
        if not was_refused(request.user, file):
            note_refusal(file, actor=request.user)
        return None
    reads = request.method in {"GET", "HEAD"}
    if is_open(request.user, file) if reads else was_opened(request.user, file):
        return None
    if asks_purpose(file):
        back = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('access:open', args=[file.pk])}?{back}")
    open_file(file, actor=request.user)
    return None


register_opening_together(OpeningTogether(opening_together.asks_purpose, opening_together.open_together))
