"""Reads the seats of the person once a request, the chosen post first."""

from roles.holdings import load_holdings

CHOSEN = "chosen_post"


class CurrentPostMiddleware:
    """Sets `request.holdings` and `request.acting`, the appointment the person acts in, or None."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.holdings = request.acting = None
        if request.user.is_authenticated:
            holdings = load_holdings(request.user, request.session.get(CHOSEN))
            request.user._holdings = request.holdings = holdings
            request.acting = holdings.appointments[0] if holdings.appointments else None
        return self.get_response(request)
