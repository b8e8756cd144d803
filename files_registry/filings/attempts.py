"""From the forms that write a notification to its verbs, keeping what was typed when a verb says no."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.official_form import FORM_FIELDS
from files_registry.catalogue.pressing import Facts, Written, by_token, write
from files_registry.filings import checks, policies, workflow
from files_registry.filings.cells_form import CellsForm
from files_registry.filings.drafting import FILING_FIELDS
from files_registry.filings.forms import NewFilingForm
from files_registry.filings.models import OPEN_STATUSES, Filing, FilingKind, FilingStatus
from files_registry.filings.queries import for_page
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.refusals import Invalid, MoveRefused

NOT_COPIED = {"name", "organ", "unit", "persons", "persons_as_of", "assessment_number", "parent_file"}
DRAFTS: dict[str, tuple[FilingKind, Callable[..., Filing]]] = {
    "change": (FilingKind.CHANGE, workflow.draft_change),
    "cease": (FilingKind.CEASE, workflow.draft_cease),
    "take-in": (FilingKind.NEW, workflow.draft_take_in),
}


@dataclass
class Saved:
    """How an attempt to save ended: `to` names the page to go to, or the form is shown again with `status`."""

    filing: Filing
    form: Any
    to: str = ""
    status: int = 200
    refusal: str = ""


def begin(request: PersonRequest, form: NewFilingForm) -> Written:
    """Draft a new file. A second click on the same button leads to the draft the first one made."""

    def draft_it(facts: Facts) -> Filing:
        data = copied(facts["copy_from"]) if facts["copy_from"] else None
        return workflow.draft_new(facts["unit"].pk, actor=request.user, data=data, token=facts["token"])

    return write(request, form, draft_it, by_token(Filing.objects.all(), drafted_by=request.user))


def copied(source: PersonalInformationFile) -> dict[str, Any]:
    """The cells another notification may start from: not the name, nor what only that file can say."""
    version = source.current
    if version is None:
        return {}
    return {field: getattr(version, field) for field in FORM_FIELDS if field not in NOT_COPIED}


def draft(request: PersonRequest, file: PersonalInformationFile, kind: str) -> Filing | None:
    """Draft a notification of a file that exists. A second click leads to the draft that is there."""
    wanted, verb = DRAFTS[kind]
    there = file.filings.filter(status__in=OPEN_STATUSES, kind=wanted, drafted_by=request.user).first()
    if there is not None and there.status == FilingStatus.DRAFT:
        return there
    try:
        return verb(file.pk, actor=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return None


def again(request: PersonRequest, old: Filing) -> Filing | None:
    """Begin a notification again. A second click leads to the draft the first one made."""
    try:
        return workflow.draft_again(old.pk, actor=request.user)
    except MoveRefused as refused:
        there = old.begun_again.filter(status=FilingStatus.DRAFT, drafted_by=request.user).first()
        if there is None:
            messages.error(request, str(refused))
        return there


def save(request: PersonRequest, filing: Filing, form: Any) -> Saved:
    """Keep a draft, then submit it where that was asked for."""
    if not form.is_valid():
        return Saved(filing, form, status=422)
    try:
        saved = workflow.save_draft(
            filing.pk, draft_data(form), stamp=form.cleaned_data["stamp"] or 0, actor=request.user
        )
    except Invalid as invalid:
        form.take(invalid)
        return Saved(filing, form, status=422)
    except MoveRefused as refused:
        return _overtaken(filing, form, str(refused))
    if "submit" in request.POST:
        return _submit(request, saved, form)
    messages.success(request, "下書きを保存しました。")
    return Saved(saved, form, to="filings:edit")


def draft_data(form: Any) -> dict[str, Any]:
    """The facts of the form as `save_draft` takes them. A unit or organ nobody chose stays as it was."""
    names = [*FORM_FIELDS, *FILING_FIELDS] if isinstance(form, CellsForm) else FILING_FIELDS
    data = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
    return {name: value for name, value in data.items() if not (name in {"organ", "unit"} and value is None)}


def _overtaken(filing: Filing, form: Any, refusal: str) -> Saved:
    """Somebody was first: the form as typed, and beside it what stands in the record now."""
    fresh = for_page(Filing.objects.all()).get(pk=filing.pk)
    if isinstance(form, CellsForm):
        form.show_others(fresh)
    elif form.is_bound:
        form.data = form.data.copy()
        form.data["stamp"] = str(fresh.stamp)
    return Saved(fresh, form, status=409, refusal=refusal)


def _submit(request: PersonRequest, filing: Filing, form: Any) -> Saved:
    """Ask 保護責任者 to look once nothing is missing; who files for the unit goes on to the page that does it."""
    try:
        checks.ready_to_file(filing, today())
        if policies.can_file(request.user, filing):
            messages.success(request, "下書きを保存しました。内容を確認して届け出てください。")
        else:
            workflow.submit(filing.pk, note=filing.note, stamp=filing.stamp, actor=request.user)
            messages.success(request, "保護責任者に確認を求めました。")
    except Invalid as invalid:
        form.data = form.data.copy()
        form.data["stamp"] = str(filing.stamp)
        form.take(invalid)
        refusal = "下書きは保存しました。確認を求めるには、つぎの欄を書いてください。"
        return Saved(filing, form, status=422, refusal=refusal)
    except MoveRefused as refused:
        return _overtaken(filing, form, str(refused))
    return Saved(filing, form, to="filings:detail")
