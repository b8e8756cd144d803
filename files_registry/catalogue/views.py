"""Pages of the catalogue. The door is always `policies.visible_to`; what happens is a verb of workflow.py."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from files_registry.catalogue import exporting, listing, pages, policies, rights, workflow
from files_registry.catalogue.forms import DisposalForm, FilesFilter
from files_registry.catalogue.models import FileVersion, PersonalInformationFile
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import read_once
from nerima_privacy.refusals import Invalid
from nerima_privacy.web.finding import one_or_404
from nerima_privacy.web.paging import NarrowPaginator
from nerima_privacy.web.verbs import run

PLACE = "files_registry/catalogue"


@require_safe
def file_list(request: PersonRequest) -> HttpResponse:
    """The files the reader may know of, searched and filtered."""
    form = _filter(request)
    wanted = form.wanted()
    files = listing.filtered(policies.visible_to(request.user), wanted)
    page = NarrowPaginator(files, listing.PER_PAGE, listing.for_list).get_page(request.GET.get("page"))
    return render(request, f"{PLACE}/list.html", pages.file_list(request, form, wanted, page))


@require_safe
def export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """The same list as a table, streamed: Excel or CSV."""
    form = _filter(request)
    files = listing.filtered(policies.visible_to(request.user), form.wanted())
    return exporting.response(kind, files, request.user)


@require_safe
@read_once()
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One file: its record, what is under way, what may be done, its versions and its record of actions."""
    known = rights.marked(policies.visible_to(request.user, single=True), request.user)
    file = get_object_or_404(listing.for_page(known), pk=pk)
    return render(request, f"{PLACE}/detail.html", pages.file_page(file, request.user))


@require_safe
def version(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """One version, in force or not."""
    file = _file(request, pk)
    found = get_object_or_404(listing.versions_for(request.user, file), number=number)
    return render(request, f"{PLACE}/version.html", pages.version_page(file, found, request.user))


@require_safe
def compare(request: PersonRequest, pk: int) -> HttpResponse:
    """Two versions side by side, cell by cell."""
    file = _file(request, pk)
    versions = list(listing.versions_for(request.user, file))
    old, new = _chosen(request, versions)
    return render(request, f"{PLACE}/compare.html", pages.compare_page(file, versions, old, new, request.user))


@require_safe
def history(request: PersonRequest, pk: int) -> HttpResponse:
    """The field history of the file and of one of its versions; for those with a seat over the unit."""
    file = _file(request, pk)
    if not policies.can_see_internal(request.user, file):
        raise PermissionDenied
    return render(request, f"{PLACE}/history.html", pages.history_page(file, request.user, request.GET))


@require_http_methods(["GET", "HEAD", "POST"])
def disposal(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down what happened to the data of a ceased file (第10条第3項)."""
    file = _file(request, pk)
    if not policies.can_record_disposal(request.user, file):
        raise PermissionDenied
    form = DisposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = partial(workflow.record_disposal, file.pk, **form.cleaned_data, actor=request.user)
        try:
            run(request, verb, success="データの処分を記録しました。")
            return redirect(file)
        except Invalid as invalid:
            form.take(invalid)
    context = {"file": file, "form": form}
    return render(request, f"{PLACE}/disposal.html", context, status=422 if form.is_bound else 200)


def _filter(request: PersonRequest) -> FilesFilter:
    return FilesFilter(request.GET, listing.reader_units(request.user), internal=listing.may_see_internal(request.user))


def _file(request: PersonRequest, pk: int) -> PersonalInformationFile:
    return one_or_404(listing.for_page(policies.visible_to(request.user, single=True)), pk)


def _chosen(request: PersonRequest, versions: list[FileVersion]) -> tuple[FileVersion, FileVersion]:
    """The versions named by `old` and `new`; the newest two when none are. Not found where there are not two."""
    by_number: dict[str, Any] = {str(version.number): version for version in versions}
    if len(versions) < 2:
        raise Http404
    old = by_number.get(request.GET.get("old", str(versions[1].number)))
    new = by_number.get(request.GET.get("new", str(versions[0].number)))
    if old is None or new is None:
        raise Http404
    return old, new
