"""Pages by which ledgers are taken out (出力, 第11条第1項・第15条). What happens is a verb of outputs.py."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.rights import Right
from files_registry.ledgers import exporting, pages, policies, workflow
from files_registry.ledgers.doors import of_file
from files_registry.ledgers.forms import LedgerFilter, OutputForm
from files_registry.ledgers.outputs import Output
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.web.verbs import run
from roles.models import Unit


@require_GET
@of_file(Right.OUTPUT)
def ledger(request: PersonRequest, file: PersonalInformationFile, form: str) -> HttpResponseBase:
    """The ledger of a file as filtered: Excel, CSV, or a PDF of so many lines as a paper is read with (第15条).

    Read by GET like the page it stands on, for the gate asks the purpose there; HEAD takes nothing out.
    """
    wanted, taken = LedgerFilter(request.GET).wanted(), list[Output]()
    verb = partial(workflow.output_ledger, file.pk, form=form, wanted=wanted, actor=request.user)
    if not run(request, lambda: taken.append(verb())):
        return redirect("ledgers:detail", pk=file.pk)
    return exporting.response(form, taken[0], file=file.name, unit=file.unit.full_name, wanted=wanted)


@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: PersonRequest, code: str) -> HttpResponseBase:
    """The ledgers of a unit together, by fiscal year: of its files those one may take out (第11条・第15条)."""
    found = get_object_or_404(Unit.objects.select_related("parent"), code=code)
    if not policies.can_export_unit(request.user, found):
        raise PermissionDenied("この組織に、台帳を出力できるファイルはありません。出力の権限が要ります。")
    form, taken = OutputForm(request.POST or None), list[Output]()
    if request.method == "POST" and form.is_valid():
        facts = {"form": form.cleaned_data["form"], "wanted": form.wanted(), "purpose": form.cleaned_data["purpose"]}
        verb = partial(workflow.output_unit, found.pk, **facts, actor=request.user)
        if run(request, lambda: taken.append(verb()), form=form):
            return exporting.response(facts["form"], taken[0], unit=found.full_name, wanted=facts["wanted"])
    context = pages.output(request.user, found, form)
    return render(request, "files_registry/ledgers/output.html", context, status=422 if form.is_bound else 200)
