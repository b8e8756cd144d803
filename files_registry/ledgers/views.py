"""Pages of the ledger itself. The door is `of_file`; what happens is a verb of workflow.py."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.rights import Right
from files_registry.ledgers import bulk, pages, policies, queries, workflow
from files_registry.ledgers.doors import of_file
from files_registry.ledgers.forms import LedgerFilter, ListFilter
from files_registry.ledgers.models import LedgerEntry
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import read_once
from nerima_privacy.web.paging import NarrowPaginator
from nerima_privacy.web.verbs import run

PLACE = "files_registry/ledgers"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def ledger_list(request: PersonRequest) -> HttpResponse:
    """The ledgers of the files I may open, or those I may write of: when each was last written (第15条)."""
    form, writing = ListFilter(request.GET), request.GET.get("tab") == "write"
    files = queries.ledgers(request.user, form.words(), Right.ENTER if writing else Right.OPEN)
    shown = partial(queries.for_list, request.user)
    page = NarrowPaginator(files, queries.PER_PAGE, shown).get_page(request.GET.get("page"))
    return render(request, f"{PLACE}/list.html", pages.ledger_list(request.user, form, page, writing=writing))


@require_safe
@read_once()
@of_file()
def detail(request: PersonRequest, file: PersonalInformationFile) -> HttpResponse:
    """The ledger of a file, the newest line first; corrected lines stay, struck through (第15条)."""
    form = LedgerFilter(request.GET)
    entries = queries.filtered(policies.entries_of(file), form.wanted())
    page = NarrowPaginator(entries, queries.PER_PAGE, queries.for_lines).get_page(request.GET.get("page"))
    return render(request, f"{PLACE}/detail.html", pages.ledger(request, file, form, page))


@require_safe
@of_file()
def entry(request: PersonRequest, file: PersonalInformationFile, number: int) -> HttpResponse:
    """One line with all it says, what it corrects and what corrected it (第15条)."""
    found = get_object_or_404(queries.for_lines(policies.entries_of(file)).select_related(*pages.CHAIN), pk=number)
    return render(request, f"{PLACE}/entry.html", pages.entry(file, found, request.user))


@read_or_write
@of_file(Right.ENTER)
def write(request: PersonRequest, file: PersonalInformationFile) -> HttpResponse:
    """Write a line: the last one repeated or an empty form, from the keyboard or a phone (第15条)."""
    form = pages.entry_form(request, file)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        verb = partial(
            workflow.write_entry,
            file.pk,
            kind=clean["kind"],
            on=clean["on"],
            done_by=clean["done_by"],
            data=form.columns(),
            token=clean["token"],
            actor=request.user,
        )
        made: list[LedgerEntry] = []
        if run(request, lambda: made.append(verb()), success="台帳に記録しました。", form=form):
            if "again" in request.POST:
                return redirect(f"{reverse('ledgers:write', args=[file.pk])}?after={made[0].pk}")
            return redirect("ledgers:detail", pk=file.pk)
    context = pages.write(file, form, request.user) | {"follows": "after" in request.GET}
    return render(request, f"{PLACE}/write.html", context, status=422 if form.is_bound else 200)


@read_or_write
@of_file(Right.ENTER)
def write_many(request: PersonRequest, file: PersonalInformationFile) -> HttpResponse:
    """Write several lines in one table; rows nobody touched are left out (第15条)."""
    sheet = bulk.BulkSheet(request.POST or None, file=file, person=request.user)
    if request.method == "POST" and not sheet.asks_for_more and sheet.is_valid():
        verb = partial(workflow.write_entries, file.pk, rows=sheet.rows, token=sheet.token, actor=request.user)
        if run(request, verb, success=f"台帳に{len(sheet.rows)}件を記録しました。", form=sheet):
            return redirect("ledgers:detail", pk=file.pk)
    context = pages.bulk(file, sheet)
    wrong = request.method == "POST" and not sheet.asks_for_more
    return render(request, f"{PLACE}/bulk.html", context, status=422 if wrong else 200)


@read_or_write
@of_file(Right.ENTER)
def correct(request: PersonRequest, file: PersonalInformationFile, number: int) -> HttpResponse:
    """Correct a line by a later one; both stay readable (第15条)."""
    old = get_object_or_404(queries.for_lines(policies.entries_of(file)), pk=number)
    if not policies.can_correct(request.user, old, file):
        raise PermissionDenied
    form = pages.correct_form(request, file, old)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        verb = partial(
            workflow.correct_entry,
            old.pk,
            kind=clean.get("kind", ""),
            on=clean.get("on"),
            done_by=clean.get("done_by", ""),
            data=form.columns(),
            reason=clean["reason"],
            voids=clean["voids"],
            actor=request.user,
        )
        if run(request, verb, success="訂正を記録しました。前の記録も残っています。", form=form):
            return redirect("ledgers:detail", pk=file.pk)
    context = pages.correct(file, old, form)
    return render(request, f"{PLACE}/correct.html", context, status=422 if form.is_bound else 200)
