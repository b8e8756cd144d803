"""The idle end of a session, which keeps what was being typed."""


class IdleSessionMiddleware:
    """Ends a session left idle for IDLE_MINUTES."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
