"""Pages of an import: choose, upload, read the dry run, commit or give up."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nerima_privacy.imports import kinds, presenters, progress, tasks, workflow
from nerima_privacy.imports.forms import UploadForm
from nerima_privacy.imports.policies import visible_to
from nerima_privacy.web.verbs import run as run_verb


@require_GET
def index(request):
    """What may be imported and what was: システム管理者, 情報公開課, and units their ledgers; each their own kinds."""
    allowed = kinds.kinds_for(request.user)
    if not allowed:
        raise PermissionDenied("取込みは、システム管理者、情報公開課、各課・学校の保護責任者と保護担当者が行います。")
    runs = visible_to(request.user).defer("payload", "problems").select_related("uploaded_by")[:50]
    return render(request, "imports/index.html", {"kinds": allowed, "runs": [presenters.line(r) for r in runs]})


def _kind_or_404(request, key):
    for kind in kinds.kinds_for(request.user):
        if kind.key == key:
            return kind
    try:
        kinds.kind(key)
    except KeyError:
        raise Http404 from None
    raise PermissionDenied("この取込みをする役割がありません。")


@require_http_methods(["GET", "POST"])
def upload(request, key):
    """Upload a table of one kind; its check starts at once and can be left."""
    kind = _kind_or_404(request, key)
    form = UploadForm(request.POST or None, request.FILES or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["table"]
        with transaction.atomic():
            run = workflow.upload(
                kind=key,
                file_name=table.name,
                content=table.read(),
                reason=form.cleaned_data["reason"],
                actor=request.user,
            )
            transaction.on_commit(partial(tasks.start, tasks.check, run.pk, request.user.pk))
        return redirect(run)
    status = 422 if request.method == "POST" else 200
    return render(request, "imports/upload.html", {"kind": kind, "form": form}, status=status)


@require_GET
def template(request, key):
    """An empty table with the headers and an example row."""
    return presenters.template_workbook(_kind_or_404(request, key))


@require_GET
def detail(request, pk):
    """The dry run: every error with its cell, counts of create / change / unchanged; or how far it is."""
    run = get_object_or_404(visible_to(request.user).defer("payload"), pk=pk)
    return render(request, "imports/detail.html", presenters.detail(run))


@require_GET
def state(request, pk):
    """How far a run is, for the page that waits for it."""
    run = get_object_or_404(visible_to(request.user).only("status"), pk=pk)
    return JsonResponse({"status": run.status, **progress.of(run.pk)})


@require_GET
def problems(request, pk):
    """The errors and warnings as a table to work through."""
    run = get_object_or_404(visible_to(request.user).defer("payload"), pk=pk)
    return HttpResponse(
        presenters.problems_csv(run),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="import-{run.pk}.csv"'},
    )


@require_POST
def commit(request, pk):
    """Take everything in, or nothing."""
    run = get_object_or_404(visible_to(request.user), pk=pk)
    with transaction.atomic():
        if run_verb(request, partial(workflow.begin_commit, run.pk, actor=request.user)):
            transaction.on_commit(partial(tasks.start, tasks.commit, run.pk, request.user.pk))
    return redirect(run)


@require_POST
def discard(request, pk):
    """Give it up; the uploaded file is not kept."""
    run = get_object_or_404(visible_to(request.user), pk=pk)
    done = "取込みを取りやめました。ファイルは残していません。"
    run_verb(request, partial(workflow.discard, run.pk, actor=request.user), success=done)
    return redirect("imports:list")
