"""Small answers of the shell itself."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from nerima_privacy.web.idle import asked_while_typing


@asked_while_typing
@require_POST
def keep_alive(request):
    """「続ける」 before an idle end; the middleware has already noted that the person is here."""
    return HttpResponse(status=204)
