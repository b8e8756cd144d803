"""Pages of the notifications. The door is always `policies.visible_to`; what happens is a verb of workflow.py."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from files_registry.catalogue import listing as files
from files_registry.catalogue import policies as file_policies
from files_registry.catalogue.pressing import pressed
from files_registry.filings import attempts, listing, pages, papers, policies, queries
from files_registry.filings.actions import ACTIONS
from files_registry.filings.forms import FilingsFilter
from files_registry.filings.models import Filing, FilingKind
from files_registry.filings.turns import keep_seating
from nerima_privacy.documents.responses import pdf_response
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.web.finding import one_or_404
from nerima_privacy.web.paging import NarrowPaginator

PLACE = "files_registry/filings"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def filing_list(request: PersonRequest) -> HttpResponse:
    """The notifications the reader may know of; the reader's turn first."""
    tab = request.GET.get("tab", "turn")
    tab = tab if tab in dict(listing.TABS) else "turn"
    form = FilingsFilter(request.GET, files.reader_units(request.user))
    rows = listing.listed(request.user, tab, form.wanted())
    page = NarrowPaginator(rows, listing.PER_PAGE, listing.lines).get_page(request.GET.get("page"))
    return render(request, f"{PLACE}/list.html", pages.filing_list(request, tab, form, page))


@require_safe
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One notification: its steps, what it says, what may be done, its record of actions."""
    return render(request, f"{PLACE}/detail.html", pages.detail(_filing(request, pk), request.user))


@read_or_write
def new(request: PersonRequest) -> HttpResponse:
    """Begin a notification of a file to be held (第10条第1項): for which unit, copied from which file."""
    if not files.drafting_units(request.user).exists():
        raise PermissionDenied
    form = pages.new_form(request.user, request.POST or None, request.GET.get("copy", ""))
    made = attempts.begin(request, form)
    if made.done:
        return redirect("filings:edit", pk=made.of.pk)
    return render(request, f"{PLACE}/new.html", {"form": form}, status=made.status)


@require_POST
def draft(request: PersonRequest, file_pk: int, kind: str) -> HttpResponse:
    """Begin a notification of a change, of ceasing, or the late one of a file held without any (第10条)."""
    file = get_object_or_404(file_policies.visible_to(request.user).select_related("unit__parent"), pk=file_pk)
    if not file_policies.can_draft(request.user, file.unit):
        raise PermissionDenied
    filing = attempts.draft(request, file, kind)
    return redirect("filings:edit", pk=filing.pk) if filing else redirect(file)


@read_or_write
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """The form of a draft: kept as often as one likes, submitted when it is complete."""
    filing = _filing(request, pk)
    if not policies.can_edit(request.user, filing):
        raise PermissionDenied
    form = pages.edit_form(filing, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        outcome = attempts.save(request, filing, form)
        if outcome.to:
            return redirect(outcome.to, pk=filing.pk)
        context = pages.edit(outcome.filing, request.user, outcome.form, outcome.refusal)
        return render(request, f"{PLACE}/edit.html", context, status=outcome.status)
    return render(request, f"{PLACE}/edit.html", pages.edit(filing, request.user, form))


@require_POST
def act(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Press one of the buttons of the panel: one verb (第10条)."""
    return pressed(request, lambda: _filing(request, pk), ACTIONS[name], pages.detail, f"{PLACE}/detail.html")


@require_POST
def draft_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin a notification again with all it said, after 「再検討を求める」 or a withdrawal (第10条)."""
    old = _filing(request, pk)
    if not file_policies.can_draft(request.user, old.file.unit):
        raise PermissionDenied
    filing = attempts.again(request, old)
    return redirect("filings:edit", pk=filing.pk) if filing else redirect(old)


@require_safe
def paper(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """An official form of the notification as PDF: 届出書, 検討結果通知書 once notified, 廃止届."""
    filing = _filing(request, pk)
    if not file_policies.can_see_internal(request.user, filing.file):
        raise PermissionDenied
    if not _printable(filing, name):
        raise Http404
    return pdf_response(papers.render(filing, name), papers.filename(filing, name), inline=True)


def _printable(filing: Filing, name: str) -> bool:
    if name == "result":
        return filing.notified_at is not None and filing.result != ""
    return (filing.kind == FilingKind.CEASE) == (name == "cease")


def _filing(request: PersonRequest, pk: int) -> Filing:
    return keep_seating(one_or_404(queries.for_page(policies.visible_to(request.user, single=True)), pk))
