"""Pages of the checks before something is sent (第14条). Each door is one of `policies`."""

from secrets import token_urlsafe

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from files_registry.catalogue.pressing import Facts, by_token, pressed, write
from files_registry.handling import check_pages, checking, listing, papers, policies
from files_registry.handling.acts import Channel
from files_registry.handling.forms import FillForm, Find
from files_registry.handling.models import HandlingRequest, SendingCheck
from files_registry.handling.more_actions import CHECK_ACTIONS
from files_registry.handling.views import PLACE, known_file, read_or_write
from nerima_privacy.documents.responses import pdf_response
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import rows
from nerima_privacy.law.presenters import note_of
from nerima_privacy.refusals import Invalid, MoveRefused
from nerima_privacy.web.finding import one_or_404
from nerima_privacy.web.paging import NarrowPaginator


@require_safe
def checks(request: PersonRequest) -> HttpResponse:
    """The checks of the reader's units: those that wait for their second person, for being sent, or all (第14条)."""
    find, tab = Find(request.GET), request.GET.get("tab", "")
    tab = tab if tab in dict(check_pages.TABS) else "open"
    found = listing.checks_list(request.user, tab=tab, file=find.of_file, words=find.words)
    page = NarrowPaginator(found, listing.PER_PAGE, listing.check_lines).get_page(request.GET.get("page"))
    context = check_pages.checks(list(page.object_list), request.user, tab, find) | {"page": page}
    return render(request, f"{PLACE}/checks.html", context)


@require_safe
def check_choose(request: PersonRequest, file_pk: int) -> HttpResponse:
    """By which way something of a file is sent that needs no permission of its own (第12条・第14条)."""
    file = known_file(request, file_pk)
    if not policies.can_ask(request.user, file):
        raise PermissionDenied
    return render(request, f"{PLACE}/check_choose.html", check_pages.channels(file))


@read_or_write
def check_new(request: PersonRequest, file_pk: int, channel: str) -> HttpResponse:
    """Check a sending without a request: what is sent to whom, its checklist, and who looks second (第14条)."""
    file = known_file(request, file_pk)
    if not policies.can_ask(request.user, file):
        raise PermissionDenied
    if channel not in Channel.values:
        raise Http404
    data = request.POST if request.method == "POST" else None
    context = check_pages.new(file, Channel(channel), request.user, data, token_urlsafe(24))
    form = context["form"]

    def fill(facts: Facts) -> SendingCheck:
        looked = {name: facts.pop(name) for name in ("ticked", "asked_of", "token")}
        return checking.fill_without_request(file.pk, {**facts, "channel": channel}, **looked, actor=request.user)

    already = by_token(SendingCheck.objects.all(), filled_by=request.user)
    done = "一人目の確認を記録し、二人目に頼みました。終わるまで送らないでください。"
    made = write(request, form, fill, already, done)
    if made.done:
        return redirect(made.of)
    return render(request, f"{PLACE}/check_new.html", context, status=made.status)


@read_or_write
def fill_check(request: PersonRequest, pk: int) -> HttpResponse:
    """The checklist before a sending, filled by who sends; then a colleague is asked for the second look (第14条)."""
    found = one_or_404(listing.for_page(policies.visible_to(request.user)), pk)
    if not policies.can_fill_check(request.user, found):
        raise PermissionDenied
    if not found.channel:
        raise Http404
    key = Channel(found.channel).checklist
    listed = rows([key])[key]
    people = policies.confirmers(request.user, found.unit_id, found.applicant_unit_id)
    form = FillForm(
        request.POST if request.method == "POST" else None, subject=found, points=listed.value, people=people
    )
    status = 200
    if request.method == "POST":
        status = _fill(request, found, form)
        if status == 302:
            return redirect(found)
    context = {"request_": found, "form": form, "source": listed.source, "note": note_of(listed)}
    return render(request, f"{PLACE}/fill_check.html", context, status=status)


def _fill(request: PersonRequest, found: HandlingRequest, form: FillForm) -> int:
    if not form.is_valid():
        return 422
    data = form.cleaned_data
    try:
        checking.fill(
            found.pk, ticked=data["ticked"], asked_of=data["asked_of"], stamp=data.get("stamp"), actor=request.user
        )
    except Invalid as invalid:
        form.take(invalid)
        return 422
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return 302
    messages.success(request, "一人目の確認を記録し、二人目に頼みました。")
    return 302


@require_safe
def check(request: PersonRequest, pk: int) -> HttpResponse:
    """One check before a sending: its points, the first and the second person (第14条)."""
    return render(request, f"{PLACE}/check.html", check_pages.check(_check(request, pk), request.user))


@require_safe
def check_paper(request: PersonRequest, pk: int) -> HttpResponse:
    """The filled checklist as an official page, with both people and times (第14条)."""
    found = _check(request, pk)
    return pdf_response(papers.check_pdf(found), papers.check_filename(found), inline=True)


@require_POST
def check_act(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Press one of the buttons of a check: one verb (第14条)."""
    action = CHECK_ACTIONS[name]
    return pressed(request, lambda: _check(request, pk), action, check_pages.check, f"{PLACE}/check.html")


def _check(request: PersonRequest, pk: int) -> SendingCheck:
    return get_object_or_404(listing.checks_for(policies.checks_visible_to(request.user)), pk=pk)
