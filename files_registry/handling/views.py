"""Pages of requests. The door is always `policies.visible_to`; what happens is a verb of workflow.py."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from files_registry.catalogue import listing as files
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import visible_to
from files_registry.catalogue.pressing import Facts, by_token, pressed, write
from files_registry.handling import listing, pages, papers, policies, workflow
from files_registry.handling.actions import REQUEST_ACTIONS
from files_registry.handling.forms import Filter, Find
from files_registry.handling.models import Basis, HandlingRequest
from files_registry.handling.writing_forms import RequestForm
from nerima_privacy.documents.responses import pdf_response
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.refusals import Invalid, MoveRefused
from nerima_privacy.web.finding import one_or_404
from nerima_privacy.web.paging import NarrowPaginator

PLACE = "files_registry/handling"
SUBMITTED = {
    "": "許可を求めました。決まるとお知らせします。",
    Basis.STANDING: "包括許可により、すぐに行えます。",
    Basis.NOTED: "記録だけでよい行為なので、すぐに行えます。",
}
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def request_list(request: PersonRequest) -> HttpResponse:
    """The requests the reader may know of; the reader's turn first (第12条)."""
    tab = request.GET.get("tab", "turn")
    tab = tab if tab in dict(listing.TABS) else "turn"
    form = Filter(request.GET, files.reader_units(request.user))
    rows = listing.listed(request.user, tab, form.wanted())
    page = NarrowPaginator(rows, listing.PER_PAGE, listing.lines).get_page(request.GET.get("page"))
    return render(request, f"{PLACE}/list.html", pages.request_list(request, tab, form, page))


@require_safe
def choose(request: PersonRequest) -> HttpResponse:
    """Which file the request, the standing permission or the error is about (第12条・第13条)."""
    find = Find(request.GET)
    rows = listing.choosing(request.user, find.words)
    page = NarrowPaginator(rows, listing.PER_PAGE, files.for_list).get_page(request.GET.get("page"))
    context = {"files": list(page.object_list), "page": page, "find": find, "plain": "?"}
    return render(request, f"{PLACE}/choose.html", context)


@read_or_write
def new(request: PersonRequest, file_pk: int) -> HttpResponse:
    """Begin a request with a file: which act, for whom (第12条)."""
    file = known_file(request, file_pk)
    if not policies.can_ask(request.user, file):
        raise PermissionDenied
    form = pages.begin_form(request.user, file, request.POST if request.method == "POST" else None)

    def begin(facts: Facts) -> HandlingRequest:
        chosen = {"act": facts["act"], "applicant_pk": facts.get("applicant"), "token": facts["token"]}
        return workflow.draft(file.pk, **chosen, actor=request.user)

    made = write(request, form, begin, by_token(HandlingRequest.objects.all(), prepared_by=request.user))
    if made.done:
        return redirect("handling:edit", pk=made.of.pk)
    return render(request, f"{PLACE}/new.html", {"form": form, "file": file}, status=made.status)


@read_or_write
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """The form of a draft: kept as often as one likes, submitted when it is complete (第12条)."""
    found = _request(request, pk)
    if not policies.can_write(request.user, found):
        raise PermissionDenied
    form = pages.edit_form(found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, f"{PLACE}/edit.html", pages.edit(found, form))
    refusal, status = _save(request, found, form)
    if status == 302:
        return redirect("handling:detail" if "submit" in request.POST else "handling:edit", pk=pk)
    fresh = _request(request, pk)
    context = pages.edit(fresh, form, refusal) | {"others": pages.others(form, fresh) if status == 409 else []}
    return render(request, f"{PLACE}/edit.html", context, status=status)


def _save(request: PersonRequest, found: HandlingRequest, form: RequestForm) -> tuple[str, int]:
    """Keep the draft, then submit it where that was asked for; what was refused, and the status of the answer."""
    if not form.is_valid():
        return "", 422
    data = {name: value for name, value in form.cleaned_data.items() if name != "stamp"}
    kept = ""
    try:
        saved = workflow.save_draft(found.pk, data, stamp=form.cleaned_data["stamp"] or 0, actor=request.user)
        said = "下書きを保存しました。"
        if "submit" in request.POST:
            kept = "下書きは保存しました。許可を求めるには、つぎの欄を直してください。"
            form.restamp(saved)
            done = workflow.submit(found.pk, stamp=saved.stamp, actor=request.user)
            said = SUBMITTED[done.basis]
    except Invalid as invalid:
        form.take(invalid)
        return kept, 422
    except MoveRefused as refused:
        return str(refused), 409
    messages.success(request, said)
    return "", 302


@require_safe
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One request: its steps, what it says, what may be done, its record of actions (第12条)."""
    return render(request, f"{PLACE}/detail.html", pages.detail(_request(request, pk), request.user))


@require_safe
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    """The request as an official page: 申請書, or 許可書 once it is allowed (第12条)."""
    found = _request(request, pk)
    return pdf_response(papers.request_pdf(found), papers.request_filename(found), inline=True)


@require_POST
def act(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Press one of the buttons of a request: one verb (第12条)."""
    return pressed(request, lambda: _request(request, pk), REQUEST_ACTIONS[name], pages.detail, f"{PLACE}/detail.html")


def known_file(request: PersonRequest, pk: int) -> PersonalInformationFile:
    """The file, for whoever may know of it."""
    return get_object_or_404(visible_to(request.user).select_related("unit__parent", "current"), pk=pk)


def _request(request: PersonRequest, pk: int) -> HandlingRequest:
    return one_or_404(listing.for_page(policies.visible_to(request.user)), pk)
