"""The idle end of a session, which keeps what was being typed.

Idle means no request for IDLE_MINUTES. The moment of the last request is written at most once a minute, so that
reading a page costs no write; the limit is a minute longer for that. Works in `process_view`, after the CSRF check.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url

from nerima_privacy.web import keeping, menu

LAST_SEEN = "last_seen"
ENDED = "idle_ended"
GRAIN = 60
READING = {"GET", "HEAD", "OPTIONS"}
View = TypeVar("View", bound=Callable[..., Any])


def limit_seconds() -> int:
    """After how long a session ends."""
    return settings.IDLE_MINUTES * 60


class IdleSessionMiddleware:
    """Ends a session left idle for IDLE_MINUTES."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        open_to_all = not getattr(view, "login_required", True)
        if not request.user.is_authenticated:
            return None if open_to_all or request.method in READING else without_session(request)
        by_script = getattr(view, "asked_while_typing", False)
        if is_idle(request):
            return JsonResponse({"ended": True}, status=401) if by_script else end(request, open_to_all=open_to_all)
        touch(request, sent=request.method not in READING and not by_script)
        return None


def asked_while_typing(view: View) -> View:
    """For what a script asks while a form is filled in: it gets no answer once idle, and leaves the end of the session
    to the form itself, whose text is then kept."""
    view.asked_while_typing = True  # type: ignore[attr-defined]  # a mark the middleware looks for
    return view


def is_idle(request) -> bool:
    """Whether too long has passed since the last request of the session."""
    seen = request.session.get(LAST_SEEN)
    return seen is not None and time.time() - seen > limit_seconds() + GRAIN


@receiver(user_logged_in, dispatch_uid="web.idle")
def begin(sender, request, user, **kwargs):
    """A session counts from its login."""
    if hasattr(request, "session"):
        request.session[LAST_SEEN] = int(time.time())


def touch(request, *, sent=False) -> None:
    """Note that the person is here, and whether a form was sent: the numbers of the menu are then counted anew."""
    now = int(time.time())
    if now - request.session.get(LAST_SEEN, 0) >= GRAIN:
        request.session[LAST_SEEN] = now
    if sent:
        request.session[menu.SENT] = request.session.get(menu.SENT, 0) + 1


def end(request, *, open_to_all=False):
    """Log out. A page for everybody goes on without the person; else the login page, which knows the way back."""
    return _end(request, keeping.package(request, request.user.pk), open_to_all=open_to_all)


def end_with_old_form(request):
    """The same where the form may be from an earlier login, perhaps of somebody else: it is kept for who it names."""
    return _end(request, keeping.package_without_session(request))


def without_session(request):
    """What comes from somebody whose session is gone: kept for who had the page, and the login page."""
    return _kept_or_lost(request, keeping.package_without_session(request))


def _end(request, kept, *, open_to_all=False):
    logout(request)
    request.holdings = request.acting = None
    if open_to_all:
        if kept:
            keeping.keep(request, kept)
        return None
    if not kept and request.method in READING:
        return to_login(request, "plain")
    return _kept_or_lost(request, kept, idle=True)


def _kept_or_lost(request, kept, *, idle=False):
    if kept:
        keeping.keep(request, kept)
        return to_login(request, "kept" if idle else "gone")
    return to_login(request, "lost")


def to_login(request, how):
    """The login page, which says `how` the session ended and leads back to the page, not to the address of a form.

    What was typed on a page of this site and could not be kept is shown once, in the answer itself. For "lost" nothing
    is written: whoever has no session gets none by sending forms.
    """
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"ended": True}, status=401)
    back = request.get_full_path() if request.method in READING else keeping.page_of(request)
    query = {"next": back} if back else {}
    if how == "lost":
        query[ENDED] = how
    else:
        request.session[ENDED] = how
    address = resolve_url(settings.LOGIN_URL) + (f"?{urlencode(query)}" if query else "")
    typed = keeping.shown(request) if how == "lost" and back else []
    if typed:
        return render(request, "web/login_lost.html", {"typed": typed, "login": address}, status=403)
    return HttpResponseRedirect(address)
