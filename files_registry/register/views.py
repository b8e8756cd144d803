"""The pages of 情報公開課: the queue of judgements, the judgement, the next edition, what was published."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import can_see_internal, visible_to
from files_registry.register import book, exports, policies, presenters, previews, queries, workflow
from files_registry.register.forms import LeftOffForm, ListingForm, PublishForm, QueueForm
from files_registry.register.judgement import Judgement
from files_registry.register.models import Edition, ListingDecision
from nerima_privacy.activity.presenters import timeline
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.web.verbs import run

PAGE = 50
HERE = "files_registry/register/"


def _prepare_only(request: PersonRequest) -> None:
    if not policies.can_see_preparation(request.user):
        raise PermissionDenied


def editions(request: PersonRequest) -> HttpResponse:
    """Every edition, as the public may see it too; what waits only for those who prepare."""
    page = Paginator(Edition.objects.select_related("published_by"), PAGE).get_page(request.GET.get("page"))
    prepares = policies.can_see_preparation(request.user)
    context = {
        "page": page,
        "prepares": prepares,
        "undecided": queries.undecided().count() if prepares else 0,
        "left_off": queries.left_off().count() if prepares else 0,
    }
    return render(request, HERE + "editions.html", context)


def edition(request: PersonRequest, number: int) -> HttpResponse:
    """One edition: what came, changed and went."""
    found = get_object_or_404(Edition.objects.select_related("published_by"), number=number)
    changes = presenters.changes_of(book.difference(book.earlier(found), found))
    context = {"edition": found, "label": presenters.edition_label(found), **changes, "timeline": timeline(found)}
    return render(request, HERE + "edition.html", context)


def preview(request: PersonRequest) -> HttpResponse:
    """The next edition before anybody else sees it; 情報公開課長 publishes it from here."""
    _prepare_only(request)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if run(request, lambda: _publish(request, given), success="個人情報ファイル簿を公表しました。", form=form):
            return redirect("editions:list")
    shown = previews.preview()
    if not form.is_bound:
        form = PublishForm(initial={"mark": shown.mark})
    context = {"form": form, "preview": shown, "may_publish": policies.can_publish(request.user), "mark": shown.mark}
    return render(request, HERE + "preview.html", context, status=422 if form.errors else 200)


def _publish(request: PersonRequest, given: dict[str, Any]) -> Edition:
    return workflow.publish_edition(
        as_of=given["as_of"], note=given["note"], actor=request.user, expected=given["mark"]
    )


def undecided(request: PersonRequest) -> HttpResponse:
    """Files that wait for a judgement, the longest waiting first."""
    _prepare_only(request)
    form = QueueForm(request.GET)
    files = queries.undecided()
    if form.is_valid() and form.cleaned_data["q"]:
        files = files.filter(name__contains=form.cleaned_data["q"])
    page = Paginator(files, PAGE).get_page(request.GET.get("page"))
    return render(request, HERE + "undecided.html", {"form": form, "page": page})


def left_off(request: PersonRequest) -> HttpResponse:
    """Files off the book with their grounds."""
    _prepare_only(request)
    form = LeftOffForm(request.GET)
    files = _left_off(form)
    page = Paginator(files, PAGE).get_page(request.GET.get("page"))
    # `ground` is what the query adds.
    rows = [{"file": file, "ground": presenters.ground_label(file.ground)} for file in page]  # type: ignore[attr-defined]
    return render(request, HERE + "left_off.html", {"form": form, "page": page, "rows": rows})


def left_off_excel(request: PersonRequest) -> FileResponse:
    """The same list as a workbook, for the yearly report."""
    _prepare_only(request)
    return exports.left_off_excel(_left_off(LeftOffForm(request.GET)))


def _left_off(form: LeftOffForm) -> QuerySet[PersonalInformationFile]:
    files = queries.left_off()
    if form.is_valid():
        if form.cleaned_data["ground"]:
            files = files.filter(ground=form.cleaned_data["ground"])
        if form.cleaned_data["q"]:
            files = files.filter(name__contains=form.cleaned_data["q"])
    return files


def decide(request: PersonRequest, pk: int) -> HttpResponse:
    """The questions in order, what they lead to, and every judgement before. Recording is for 情報公開課 alone."""
    file = get_object_or_404(visible_to(request.user).select_related("unit", "current__organ"), pk=pk)
    may = policies.can_decide_listing(request.user)
    sees_all = policies.can_see_preparation(request.user)
    if not (may or sees_all or can_see_internal(request.user, file)):
        raise PermissionDenied
    judgement = Judgement(file)
    form = judgement.form(request.POST or None)
    if request.method == "POST" and not may:
        raise PermissionDenied
    if form and request.POST.get("move") == "record" and form.is_valid():
        record = partial(_decide, request, file, form)
        if run(request, record, success="判断を記録しました。", form=form):
            return redirect("editions:decide", pk=file.pk)
    context = {"file": file, "form": form, "may_decide": may and form, "sees_all": sees_all, **judgement.shown(form)}
    status = 422 if form and form.is_bound and form.errors else 200
    return render(request, HERE + "decide.html", context, status=status)


def _decide(request: PersonRequest, file: PersonalInformationFile, form: ListingForm) -> ListingDecision:
    return workflow.decide_listing(
        file.pk,
        answers=form.answers(),
        omitted_cells=form.omitted(),
        reason=form.cleaned_data["reason"],
        actor=request.user,
        version_pk=form.cleaned_data["version"],
        seen=form.cleaned_data["seen"],
    )
