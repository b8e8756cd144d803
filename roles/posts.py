"""Choosing in which post one acts, and the page that says whom to tell of an accident."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from nerima_privacy.web.text import FORBIDDEN
from roles.accident import whom_to_tell
from roles.middleware import CHOSEN


@require_POST
def choose_post(request):
    """Act in one of one's own appointments from now on. It opens nothing: every right held counts in every post."""
    chosen = {str(appointment.pk): appointment for appointment in request.holdings.appointments}
    if request.POST.get("post") not in chosen:
        raise Http404
    request.session[CHOSEN] = chosen[request.POST["post"]].pk
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else resolve_url("desk"))


@require_safe
def report_accident(request):
    """Everybody who logs in: whom to tell at once, for one's own unit or the one searched (第22条第1項)."""
    code, words = (FORBIDDEN.sub("", request.GET.get(name, "")) for name in ("unit", "unit_q"))
    context = whom_to_tell(request.user, request.acting, code, words)
    return render(request, "roles/report_accident.html", context)
