"""Keeps what was being typed when a form comes too late, and gives it back to the same person only.

It stands in the session on the server: the text, the page it came from, and the id of the person. No files, no
passwords, at most 200 KB. Whoever else logs in next finds it thrown away.
"""

from urllib.parse import urlsplit

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils.http import url_has_allowed_host_and_scheme

KEY = "kept"
MAX_BYTES = 200 * 1024
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
NEVER = {"csrfmiddlewaretoken"}
NOT_TYPED = {"token", "stamp", "seen", "next"}  # what a page sends along with what somebody wrote


def page_of(request) -> str:
    """The page of this site the form was on, as path and query; "" where it is not known or elsewhere."""
    referer = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(referer)
    if not parts.netloc or not parts.path.startswith("/") or parts.path.startswith("//"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def typed_in(request) -> list[tuple[str, str]] | None:
    """Names and values of the form, but for secrets; None for what is no form, empty or too large."""
    if request.method != "POST" or request.content_type not in FORMS:
        return None
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER and "password" not in name.lower()
        for value in values
    ]
    if not any(value.strip() for _, value in pairs):
        return None
    size = sum(len(name.encode()) + len(value.encode("utf-8", "replace")) for name, value in pairs)
    return pairs if size <= MAX_BYTES else None


def package(request, person_id) -> dict | None:
    """What to keep of this request for the person, or None."""
    page, pairs = page_of(request), typed_in(request)
    if not page or pairs is None:
        return None
    return {
        "person": person_id,
        "page": page,
        "action": request.path,
        "fields": pairs,
        "files": bool(request.FILES),
    }


def page_to_return_to(request) -> str:
    """Where a person who just logged in finds what was kept; "" for nothing."""
    kept = request.session.get(KEY)
    return kept["page"] if kept and kept["person"] == request.user.pk else ""


def take(request) -> dict | None:
    """Hand over what was kept for this page, once."""
    kept = request.session.get(KEY)
    if not kept or not request.user.is_authenticated or kept["person"] != request.user.pk:
        return None
    if urlsplit(kept["page"]).path != request.path:
        return None
    del request.session[KEY]
    return kept


@receiver(user_logged_in, dispatch_uid="web.keeping")
def discard_of_others(sender, request, user, **kwargs):
    """Another person never sees it."""
    kept = request.session.get(KEY) if hasattr(request, "session") else None
    if kept and kept["person"] != user.pk:
        del request.session[KEY]
