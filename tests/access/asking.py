"""Asking one address as one person, and taking back whatever it wrote."""

import re
from contextlib import contextmanager
from http.cookies import SimpleCookie

from django.db import transaction
from django.test import Client

LOGIN = re.compile(r"/(admin/)?login/")
_BROWSER = Client(HTTP_HOST="localhost")
BACKEND = "django.contrib.auth.backends.ModelBackend"


class _Undone(Exception):
    """Ends one request of the matrix: what it wrote is undone."""


def session_of(person):
    """The cookie of somebody logged in."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(person, BACKEND)
    return client.cookies["sessionid"].value


def browser(world, who):
    """The browser of a visitor or of somebody logged in. One is used for all: each new one sets up the site anew."""
    _BROWSER.cookies = SimpleCookie()
    if who in world.sessions:
        _BROWSER.cookies["sessionid"] = world.sessions[who]
    return _BROWSER


@contextmanager
def undone():
    """Whatever is written inside is taken back."""
    try:
        with transaction.atomic():
            yield
            raise _Undone
    except _Undone:
        pass


def answer(world, who, method, url, data):
    """The status of one request; "login" when it leads to the login page."""
    response = getattr(browser(world, who), method)(url, data)
    if response.streaming:
        list(response)
    login = response.status_code == 302 and LOGIN.match(response["Location"]) and url != "/logout/"
    return "login" if login else response.status_code
