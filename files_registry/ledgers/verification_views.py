"""Pages of the verification of input (第17条). The door is `of_file`; what happens is a verb of verifying.py."""

from functools import partial
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.rights import Right
from files_registry.ledgers import pages, policies, presenters, queries, workflow
from files_registry.ledgers.checks import MOVES
from files_registry.ledgers.doors import of_file
from files_registry.ledgers.forms import CorrectVerificationForm, VerificationForm
from files_registry.ledgers.models import Verification
from files_registry.ledgers.rules import began, rule_of
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.refusals import Invalid
from nerima_privacy.web.paging import NarrowPaginator
from nerima_privacy.web.verbs import run

PLACE = "files_registry/ledgers"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


def _lines(rows: Any) -> Any:
    return rows.select_related("entered_by", "corrected_by")


@require_safe
@of_file()
def verifications(request: PersonRequest, file: PersonalInformationFile) -> HttpResponse:
    """The verifications of a file's input, the newest first, and which ways are due (第17条)."""
    found = policies.verifications_of(file)
    page = NarrowPaginator(found.order_by("-on", "-pk"), queries.PER_PAGE, _lines).get_page(request.GET.get("page"))
    rule = rule_of(file)
    stand = queries.standing(Verification).filter(file=file)
    last = dict(stand.order_by().values_list("way").annotate(last=Max("on")))
    context = pages.frame(file, "verifications") | {
        "page": page,
        "rows": [presenters.verification_row(done) for done in page.object_list],
        "rule": rule,
        "ways": presenters.ways_asked(rule, last, began(file.held_from, file.created_at)),
        "writes": policies.can_write(request.user, file) and ("verify", file.status) in MOVES,
    }
    return render(request, f"{PLACE}/verifications.html", context)


@require_safe
@of_file()
def verification(request: PersonRequest, file: PersonalInformationFile, number: int) -> HttpResponse:
    """One verification with all it says (第17条)."""
    done = get_object_or_404(policies.verifications_of(file).select_related("entered_by", *pages.CHAIN), pk=number)
    later = presenters.later_of(done)
    context = pages.frame(file, "verifications") | {
        "done": done,
        "facts": presenters.verification_facts(done),
        "later": later,
        "earlier": done.corrects,
        "can_correct": later is None and policies.can_correct(request.user, done, file),
    }
    return render(request, f"{PLACE}/verification.html", context)


@read_or_write
@of_file(Right.ENTER)
def verify(request: PersonRequest, file: PersonalInformationFile) -> HttpResponse:
    """Write down that input was verified: how many of how many, errors, what was done (第17条)."""
    initial = {"on": today(), "done_by": request.user.name, "token": uuid4().hex}
    rule = rule_of(file)
    form = VerificationForm(request.POST or None, initial=initial, rule=rule)
    if request.method == "POST" and form.is_valid():
        token = form.cleaned_data["token"]
        verb = partial(workflow.verify, file.pk, data=form.facts(), token=token, actor=request.user)
        if _done(request, verb, form, "照合を記録しました。"):
            return redirect("ledgers:verifications", pk=file.pk)
    context = pages.frame(file, "verifications") | {"form": form, "rule": rule}
    return render(request, f"{PLACE}/verify.html", context, status=422 if form.is_bound else 200)


@read_or_write
@of_file(Right.ENTER)
def correct(request: PersonRequest, file: PersonalInformationFile, number: int) -> HttpResponse:
    """Correct a verification by a later one; both stay readable (第17条)."""
    old = get_object_or_404(policies.verifications_of(file), pk=number)
    if not policies.can_correct(request.user, old, file):
        raise PermissionDenied
    rule = rule_of(file)
    form = CorrectVerificationForm(request.POST or None, initial=_initial(old), rule=rule)
    if request.method == "POST" and form.is_valid():
        reason, voids = form.cleaned_data["reason"], form.cleaned_data["voids"]
        data = form.facts()
        verb = partial(workflow.correct_verification, old.pk, data=data, reason=reason, voids=voids, actor=request.user)
        if _done(request, verb, form, "訂正を記録しました。前の記録も残っています。"):
            return redirect("ledgers:verifications", pk=file.pk)
    context = pages.frame(file, "verifications") | {"form": form, "old": old, "rule": rule}
    return render(request, f"{PLACE}/verify.html", context, status=422 if form.is_bound else 200)


def _initial(old: Verification) -> dict[str, Any]:
    names = ("on", "way", "process", "total", "examined", "sampling", "remedy", "done_by", "remarks")
    return {name: getattr(old, name) for name in names} | {"errors_found": old.errors}


def _done(request: PersonRequest, verb: Any, form: VerificationForm, success: str) -> bool:
    """Call the verb; what it says of `errors` stands at the field of that number."""

    def renamed() -> None:
        try:
            verb()
        except Invalid as invalid:
            raise Invalid({{"errors": "errors_found"}.get(k, k): v for k, v in invalid.errors.items()}) from None

    return run(request, renamed, success=success, form=form)
