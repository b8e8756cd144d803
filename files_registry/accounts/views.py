"""Pages of account lists. The doors are `policies.systems_for` and `visible_to`; what happens is a verb."""

import re
from functools import partial
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from files_registry.accounts import pages, policies, presenters, queries, workflow
from files_registry.accounts.columns import headed
from files_registry.accounts.forms import ColumnsForm, UploadForm
from files_registry.accounts.models import DRAFTS, AccountColumns, AccountComparison, ComparisonStatus
from files_registry.systems.models import InformationSystem
from nerima_privacy.documents.tables import xlsx_response
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.web.verbs import run

PLACE = "files_registry/accounts"
NOT_YOURS = "アカウントの突き合わせは、情報システムの管理者と、所管の保護責任者・保護担当者が行います。"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def system_list(request: PersonRequest) -> HttpResponse:
    """The systems whose lists I compare or read, and how each stands (第11条第1項)."""
    return render(request, f"{PLACE}/list.html", pages.system_list(request.user, request.GET.get("page")))


@require_safe
def system(request: PersonRequest, system_pk: int) -> HttpResponse:
    """The comparisons of one system (第11条第1項)."""
    found = _system(request, system_pk)
    context = pages.system_page(request.user, found, request.GET.get("page"))
    return render(request, f"{PLACE}/system.html", context)


@read_or_write
def upload(request: PersonRequest, system_pk: int) -> HttpResponse:
    """Take an account list in; nothing is recorded yet (第11条第1項)."""
    found = _system(request, system_pk)
    if not policies.can_compare(request.user, found):
        raise PermissionDenied(NOT_YOURS)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"token": uuid4().hex})
    made: list[AccountComparison] = []
    if request.method == "POST" and form.is_valid():
        table, token = form.cleaned_data["table"], form.cleaned_data["token"]
        facts = {"file_name": table.name, "content": table.read(), "as_of": form.cleaned_data["as_of"]}
        verb = partial(workflow.upload, found.pk, **facts, form_token=token, actor=request.user)
        if run(request, lambda: made.append(verb()), form=form):
            return redirect("accounts:columns", pk=made[0].pk)
        if not form.errors:
            return redirect("accounts:system", system_pk=found.pk)
    context = {"system": found, "form": form}
    return render(request, f"{PLACE}/upload.html", context, status=422 if request.method == "POST" else 200)


@read_or_write
def choose(request: PersonRequest, pk: int) -> HttpResponse:
    """Say which column means what, and which words mean which right; then the dry run (第11条第1項)."""
    row = _own(request, pk)
    if row.status not in DRAFTS:
        return redirect(row)
    remembered = AccountColumns.objects.filter(system=row.system).first()
    table = headed(row.file_name, bytes(row.payload or b""), remembered.columns if remembered else None)
    form = ColumnsForm(table, row, remembered, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        verb = partial(workflow.check, row.pk, meaning=form.meaning(), actor=request.user)
        run(request, verb)
        return redirect(row)
    context = {"comparison": row, "form": form, "remembered": remembered}
    return render(request, f"{PLACE}/columns.html", context, status=422 if form.is_bound else 200)


@require_safe
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """The dry run, or the recorded findings and what was done about each (第11条第1項)."""
    row, tab = _comparison(request, pk), request.GET.get("tab", "")
    if row.status == ComparisonStatus.UPLOADED:
        return redirect("accounts:columns", pk=row.pk)
    if row.status in DRAFTS:
        return render(request, f"{PLACE}/draft.html", pages.draft_page(request.user, row, tab))
    context = pages.recorded_page(request.user, row, tab, request.GET.get("page"))
    return render(request, f"{PLACE}/detail.html", context)


@require_POST
def record(request: PersonRequest, pk: int) -> HttpResponse:
    """Record what was shown: the comparison and all its findings, or nothing (第11条第1項)."""
    row = _own(request, pk)
    verb = partial(workflow.record_comparison, row.pk, digest=request.POST.get("digest", "")[:64], actor=request.user)
    run(request, verb, success="突き合わせを記録しました。読み込んだファイルは残していません。")
    return redirect(row)


@require_POST
def discard(request: PersonRequest, pk: int) -> HttpResponse:
    """Give an upload up (第11条第1項)."""
    row = _own(request, pk)
    verb = partial(workflow.discard, row.pk, actor=request.user)
    run(request, verb, success="取りやめました。読み込んだファイルは残していません。")
    return redirect("accounts:system", system_pk=row.system_id)


@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what was done about the findings chosen (第11条第1項)."""
    row = _comparison(request, pk)
    if not policies.can_answer(request.user, row):
        raise PermissionDenied("指摘に答えるのは、情報システムの管理者と、保護責任者・保護担当者です。")
    tab, number = request.POST.get("tab", ""), request.POST.get("page", "1")
    form = pages.answer_form(request.POST)
    if form.is_valid():
        verb = partial(workflow.answer, row.pk, **form.facts(), actor=request.user)
        if run(request, verb, success="答えを記録しました。", form=form) or not form.errors:
            return redirect(f"{row.get_absolute_url()}?tab={tab}" if re.fullmatch(r"[a-z]+", tab) else row)
    context = pages.recorded_page(request.user, row, tab, number, form)
    return render(request, f"{PLACE}/detail.html", context, status=422)


@require_safe
def excel(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The findings as a table, as far as the reader sees them (第11条第1項)."""
    row = _comparison(request, pk)
    findings = queries.for_list(policies.findings_for(request.user, row)).order_by("pk")
    name = f"アカウントの突き合わせ_{row.system.name}_{row.as_of.isoformat()}.xlsx"
    return xlsx_response(name, presenters.columns(), findings.iterator(chunk_size=1_000))


def _system(request: PersonRequest, pk: int) -> InformationSystem:
    return get_object_or_404(policies.systems_for(request.user).select_related("unit__parent"), pk=pk)


def _comparison(request: PersonRequest, pk: int) -> AccountComparison:
    rows = policies.visible_to(request.user).select_related("system__unit__parent", "uploaded_by", "recorded_by")
    return get_object_or_404(policies.with_sight(rows, request.user).defer("payload"), pk=pk)


def _own(request: PersonRequest, pk: int) -> AccountComparison:
    row = _comparison(request, pk)
    if not policies.can_compare(request.user, row.system):
        raise PermissionDenied(NOT_YOURS)
    return row
