"""Pages of audits. The door is always `policies.visible_to`; what happens is a verb of workflow.py."""

from functools import partial
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.examinations import pages, policies, queries, workflow
from audits.examinations.actions import ACTIONS
from audits.examinations.forms import FilesFilter, PlanForm, initial_of
from audits.examinations.models import Audit
from files_registry.catalogue.pressing import pressed
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.web.paging import NarrowPaginator
from nerima_privacy.web.verbs import run
from roles.models import Unit

PLACE = "audits/examinations"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def audit_list(request: PersonRequest) -> HttpResponse:
    """The audits the reader may know of (第24条)."""
    tab = request.GET.get("tab", "open")
    tab = tab if tab in dict(queries.TABS) else "open"
    rows = queries.listed(request.user, tab)
    page = NarrowPaginator(rows, queries.PER_PAGE, queries.for_list).get_page(request.GET.get("page"))
    return render(request, f"{PLACE}/list.html", pages.audit_list(request.user, tab, page))


@read_or_write
def new(request: PersonRequest) -> HttpResponse:
    """監査責任者 plan an audit, anew or on from an earlier one (第24条)."""
    if not policies.can_plan(request.user):
        raise PermissionDenied
    before = _before(request)
    first = initial_of(before) if before else {"officers": [request.user.pk]}
    if before:
        first |= {"begins_on": None, "ends_on": None, "stamp": None}
    form = PlanForm(request.POST or None, initial={**first, "token": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        token = form.cleaned_data["token"] or None
        made: list[Audit] = []
        verb = partial(
            workflow.plan, form.plan(), continues=before.pk if before else None, form_token=token, actor=request.user
        )
        if run(request, lambda: made.append(verb()), success="案を保存しました。まだ承認は求めていません。", form=form):
            return redirect(made[0])
    context = {"form": form, "before": before}
    return render(request, f"{PLACE}/plan.html", context, status=422 if form.is_bound else 200)


@require_safe
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One audit: whom it sends where, whose turn it is, what may be done (第7条第3項・第24条)."""
    return render(request, f"{PLACE}/detail.html", pages.audit_page(_audit(request, pk), request.user))


@read_or_write
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Write a plan anew before approval is asked for (第24条)."""
    audit = _audit(request, pk)
    if not policies.can_revise(request.user, audit):
        raise PermissionDenied
    form = PlanForm(request.POST or None, initial=initial_of(audit))
    if request.method == "POST" and form.is_valid():
        stamp = form.cleaned_data["stamp"] or 0
        verb = partial(workflow.revise, audit.pk, form.plan(), stamp=stamp, actor=request.user)
        if run(request, verb, success="案を保存しました。", form=form):
            return redirect(audit)
        if not form.errors:
            return _overtaken(request, form, pk)
    context = {"form": form, "audit": audit}
    return render(request, f"{PLACE}/plan.html", context, status=422 if form.is_bound else 200)


def _overtaken(request: PersonRequest, form: PlanForm, pk: int) -> HttpResponse:
    """What was typed beside what somebody else saved meanwhile; a second save replaces that."""
    fresh = _audit(request, pk)
    context = {"form": form, "audit": fresh, "others": pages.others(form, fresh), "overtaken": True}
    form.restamp(fresh)
    return render(request, f"{PLACE}/plan.html", context, status=409)


@require_POST
def act(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Press one of the buttons of an audit: one verb (第24条)."""
    return pressed(request, lambda: _audit(request, pk), ACTIONS[name], pages.audit_page, f"{PLACE}/detail.html")


@require_safe
def files(request: PersonRequest, pk: int) -> HttpResponse:
    """The files an audit opens to the reader now, with the ways to ledger, rights and requests (第7条第3項・第24条)."""
    audit = get_object_or_404(policies.visible_to(request.user), pk=pk)
    if not policies.can_read_files(request.user, audit):
        raise PermissionDenied("この監査で見られるファイルは、いまありません。期間と、あなたの役割を確かめてください。")
    examined = Unit.objects.filter(pk__in=queries.examined_by(request.user, audit)).select_related("parent")
    form = FilesFilter(request.GET, examined)
    rows = queries.files_of(request.user, audit, form.wanted())
    page = NarrowPaginator(rows, queries.PER_PAGE, queries.for_files).get_page(request.GET.get("page"))
    return render(request, f"{PLACE}/files.html", pages.files_page(audit, form, page))


def _audit(request: PersonRequest, pk: int) -> Audit:
    return get_object_or_404(queries.for_page(policies.visible_to(request.user)), pk=pk)


def _before(request: PersonRequest) -> Audit | None:
    """The audit named in the address, to go on from."""
    key = request.GET.get("from", "")
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        return None
    return queries.for_page(policies.visible_to(request.user)).filter(pk=int(key)).first()
