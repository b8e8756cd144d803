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
from django.shortcuts import resolve_url

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
            return None if open_to_all or request.method in READING else to_login(request, "lost")
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
    kept = keeping.package(request, request.user.pk)
    logout(request)
    request.holdings = request.acting = None
    if kept:
        request.session[keeping.KEY] = kept
    if open_to_all:
        return None
    return to_login(request, "kept" if kept else "plain" if request.method in READING else "lost")


def to_login(request, how):
    """The login page, which says `how` the session ended and leads back to the page, not to the address of a form."""
    request.session[ENDED] = how
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"ended": True}, status=401)
    back = request.get_full_path() if request.method in READING else keeping.page_of(request)
    query = f"?{urlencode({'next': back})}" if back else ""
    return HttpResponseRedirect(resolve_url(settings.LOGIN_URL) + query)
