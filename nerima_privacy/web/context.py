"""What every page of the shell needs."""

from django.conf import settings
from django.utils.functional import cached_property

from nerima_privacy.web import idle, keeping, menu


class Shell:
    """Read only when a page draws the shell: the unread and every number of the menu are one query."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def unread(self):
        """How many notices the person has not read."""
        return self._numbers[1]

    @cached_property
    def menu(self):
        return menu.lines_for(self.request, self._numbers[0])

    @cached_property
    def _numbers(self):
        return menu.numbers(self.request) if self.request.user.is_authenticated else ({}, 0)

    @cached_property
    def kept(self):
        """What the person was typing on this page when the session ended; handed over once."""
        return keeping.take(self.request)

    @property
    def writer(self):
        """What a page's forms send along, so that what was typed finds its person when the session is gone."""
        return {"name": keeping.WRITER, "value": keeping.signed(self.request.user)}

    @property
    def demonstration(self):
        """Whether this is the demonstration: each of its pages says so, the public ones too."""
        return settings.DEMO

    @property
    def idle_seconds(self):
        """After how long without a request the session ends."""
        return idle.limit_seconds()

    @property
    def posts(self):
        """The appointments one may act in, always in the same order."""
        return sorted(self.request.holdings.appointments, key=lambda appointment: appointment.pk)


def shell(request):
    """The menu and the counters at its side."""
    return {"shell": Shell(request)}
