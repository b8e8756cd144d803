"""The inbox. A GET never marks anything as read: opening an unread notice is a POST that leads on to its page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from nerima_privacy.notices import queries, workflow
from nerima_privacy.notices.models import Notice

PAGE = 50


@require_safe
def listing(request):
    """The person's own notices."""
    unread_only = request.GET.get("unread") == "1"
    notices = queries.inbox(request.user, unread_only=unread_only)
    page = Paginator(notices, PAGE).get_page(request.GET.get("page"))
    unread = queries.unread_count(request.user)
    context = {"page": page, "unread_only": unread_only, "unread": unread}
    return render(request, "notices/list.html", context)


@require_POST
def open_notice(request, pk):
    """Mark as read and go to the page the notice is about. Somebody else's notice does not exist."""
    try:
        notice = workflow.read(pk, actor=request.user)
    except Notice.DoesNotExist:
        raise Http404 from None
    inside = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if inside and request.POST.get("stay") != "1" else "inbox:list")


@require_POST
def read_all(request):
    """Mark every own notice as read."""
    count = workflow.read_all(actor=request.user)
    messages.success(request, f"{count}件を既読にしました。" if count else "未読のお知らせはありません。")
    return redirect("inbox:list")
