"""Small middlewares: health, one header, and refusals."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from nerima_privacy.refusals import Invalid, MoveRefused
from nerima_privacy.web import keeping


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


def refused(request, sentences):
    """409: what stands in the way, and the way back to the page it was asked from."""
    return render(request, "409.html", {"sentences": sentences, "page": keeping.page_of(request)}, status=409)


def refusals(get_response):
    """Turn a refusal nobody caught into its page (409), and the empty answer to a wrong method into a page (405)."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            page = render(request, "405.html", {"page": keeping.page_of(request)}, status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_view(request, view, args, kwargs):
        # PostgreSQL fails on a code with a zero byte, where any other code that does not exist is simply not found.
        if "\x00" in request.path_info:
            raise Http404

    def process_exception(request, exception):
        if isinstance(exception, MoveRefused):
            return refused(request, [str(exception)])
        if isinstance(exception, Invalid):
            return refused(request, exception.errors.values())
        return None

    middleware.process_view, middleware.process_exception = process_view, process_exception
    return middleware
