"""Pages for what went wrong: they say in Japanese what to do next and whom to ask."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.html import escape
from structlog import get_logger
from structlog.contextvars import get_contextvars

from nerima_privacy.web import idle, keeping

logger = get_logger(__name__)
BARE = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>システムの故障です</title>
<h1>システムの故障です</h1><p>システム管理者に知らせてください。問い合わせ番号　{number}</p></html>"""


def _what(exception) -> str:
    if isinstance(exception, RequestDataTooBig):
        limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return f"一度に送れる文字の量（{limit}）をこえました。文章を短くするか、分けて保存してください。"
    if isinstance(exception, TooManyFieldsSent):
        return f"一度に送れる項目の数（{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}件）をこえました。分けて送ってください。"
    if isinstance(exception, TooManyFilesSent):
        return (
            f"一度に送れるファイルの数（{settings.DATA_UPLOAD_MAX_NUMBER_FILES}件）をこえました。分けて送ってください。"
        )
    if isinstance(exception, MultiPartParserError):
        return "送信がとちゅうで切れたか、形がこわれていました。前の画面にもどって、もう一度送ってください。"
    return "送られた内容を読み取れませんでした。前の画面にもどって、もう一度お試しください。"


def bad_request(request, exception):
    """400. Nothing of the request's body is read again: reading it is what failed."""
    return render(request, "400.html", {"what": _what(exception)}, status=400)


def server_error(request):
    """500, without the database; the number finds the line in the log."""
    number = str(get_contextvars().get("request_id", ""))[:8]
    try:
        return render(None, "500.html", {"number": number}, status=500)
    except Exception:
        logger.exception("the page of a failure failed")
        return HttpResponse(BARE.format(number=escape(number)), status=500)


def csrf_failure(request, reason=""):
    """A form whose token is out of date, mostly because the person logged in again in another tab.

    From a page of this site the person gets back there with what was typed, after logging in where the session is
    gone. From anywhere else the page only shows it, and sends nothing; to another person it does not even show it.
    """
    if not request.user.is_authenticated:
        kept = keeping.package_without_session(request)
        if kept:
            keeping.keep(request, kept)
            return idle.to_login(request, "gone")
    elif idle.is_idle(request):
        return idle.end_with_old_form(request)
    writer = keeping.writer(request)
    of_another = request.user.is_authenticated and writer not in {None, request.user.pk}
    kept = keeping.package(request, writer) if writer == request.user.pk else None
    if kept:
        keeping.keep(request, kept)
        return HttpResponseRedirect(kept["page"])
    logging_in = not request.user.is_authenticated and "username" in request.POST
    context = {
        "typed": [] if of_another or logging_in else keeping.shown(request),
        "of_another": of_another,
        "page": keeping.page_of(request),
    }
    return render(request, "web/csrf_failure.html", context, status=403)
