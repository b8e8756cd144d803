"""Keeps what was being typed when a form comes too late, and gives it back to the same person only.

It stands in the session on the server: the text, the page it came from, and the id of the person. No files, no
passwords, at most 200 KB a form and three forms. Whoever else logs in next finds it thrown away.

Whose it is, where no session says so any more, the form says: a script adds WRITER to whatever is sent from a page of
somebody logged in, signed by the server and good for as long as a session may live.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.dispatch import receiver
from django.utils.http import url_has_allowed_host_and_scheme

from nerima_privacy.web import remembering

KEY = "kept_forms"
WRITER = "written_by"
MAX_BYTES = 200 * 1024
MOST_FORMS = 3
MOST_AN_HOUR = 30  # forms kept for one person without a session: who copies a signature cannot fill the disk
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
NEVER = {"csrfmiddlewaretoken", WRITER}
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


def shown(request) -> list[tuple[str, str]]:
    """The same for a page that shows it to who sent it, because it cannot be kept: without what no person wrote."""
    return [(name, value) for name, value in typed_in(request) or [] if name not in NOT_TYPED and value.strip()]


def signed(person) -> str:
    """What a page of this person gives its forms to be sent along."""
    return signing.dumps(person.pk, salt=WRITER)


def writer(request) -> int | None:
    """The id of who had the page a form was sent from; None where the form does not say, or the person has left."""
    try:
        person_id = signing.loads(request.POST.get(WRITER, ""), salt=WRITER, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return None
    return person_id if get_user_model().objects.filter(pk=person_id, is_active=True).exists() else None


def package(request, person_id) -> dict | None:
    """What to keep of this request for the person, or None."""
    page, pairs = page_of(request), typed_in(request)
    if person_id is None or not page or pairs is None:
        return None
    return {
        "person": person_id,
        "page": page,
        "action": request.path,
        "fields": pairs,
        "files": bool(request.FILES),
    }


def package_without_session(request) -> dict | None:
    """The same for the person the form itself names."""
    person_id = writer(request)
    kept = package(request, person_id)
    if kept and remembering.counted(f"kept:{person_id}", 3600) > MOST_AN_HOUR:
        return None
    return kept


def keep(request, kept) -> None:
    """Put it into the session, beside what came from other pages of the same person."""
    others = [one for one in request.session.get(KEY, []) if one["person"] == kept["person"]]
    _put(request, [*(one for one in others if one["page"] != kept["page"]), kept][-MOST_FORMS:])


def page_to_return_to(request, asked="") -> str:
    """Where a person who just logged in finds what was kept: the page `asked` for, else the last; "" for nothing."""
    pages = [one["page"] for one in request.session.get(KEY, []) if one["person"] == request.user.pk]
    return asked if asked in pages else pages[-1] if pages else ""


def take(request) -> dict | None:
    """Hand over what was kept for this page, once."""
    if not request.user.is_authenticated:
        return None
    kept = request.session.get(KEY, [])
    for one in kept:
        if one["person"] == request.user.pk and urlsplit(one["page"]).path == request.path:
            _put(request, [other for other in kept if other is not one])
            return one
    return None


@receiver(user_logged_in, dispatch_uid="web.keeping")
def discard_of_others(sender, request, user, **kwargs):
    """Another person never sees it."""
    kept = request.session.get(KEY) if hasattr(request, "session") else None
    if kept:
        _put(request, [one for one in kept if one["person"] == user.pk])


def _put(request, kept) -> None:
    if kept:
        request.session[KEY] = kept
    else:
        request.session.pop(KEY, None)
