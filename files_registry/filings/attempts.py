"""From a form to one verb of workflow.py, keeping what was typed when the verb says no."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.utils import timezone

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.official_form import FORM_FIELDS
from files_registry.filings import checks, policies, workflow
from files_registry.filings.actions import Action
from files_registry.filings.cells_form import CellsForm
from files_registry.filings.drafting import FILING_FIELDS
from files_registry.filings.forms import ActionForm, NewFilingForm
from files_registry.filings.models import OPEN_STATUSES, Filing, FilingKind, FilingStatus
from files_registry.filings.queries import for_page
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person

MOMENT = timedelta(seconds=30)
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


def begin(request: PersonRequest, form: NewFilingForm) -> Filing | None:
    """Draft a new file. A second click on the same button leads to the draft the first one made."""
    unit, source = form.cleaned_data["unit"], form.cleaned_data["copy_from"]
    token = form.cleaned_data["token"]
    data = copied(source) if source else None
    try:
        return workflow.draft_new(unit.pk, actor=request.user, data=data, token=token)
    except MoveRefused as refused:
        begun = Filing.objects.filter(form_token=token, drafted_by=request.user).first() if token else None
        if begun is not None:
            return begun
        form.add_error(None, str(refused))
    except Invalid as invalid:
        form.take(invalid)
    return None


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


def act(request: PersonRequest, filing: Filing, action: Action, form: ActionForm) -> int:
    """Do it: 302 when it happened, 422 when something is missing, 409 when somebody was first."""
    if not form.is_valid():
        return 422
    try:
        action.call(filing.pk, form.cleaned_data, request.user)
    except Invalid as invalid:
        errors = {action.renamed.get(name, name): sentence for name, sentence in invalid.errors.items()}
        form.take(Invalid(errors))
        return 422
    except MoveRefused as refused:
        if _clicked_twice(filing, action, request.user):
            messages.success(request, action.done)
            return 302
        messages.error(request, str(refused))
        return 409
    messages.success(request, action.done)
    return 302


def _clicked_twice(filing: Filing, action: Action, user: Person) -> bool:
    """Whether the last thing that happened is this very action by this very person, a moment ago."""
    last = (
        Entry.objects.filter(subject_type__app_label="files_registry", subject_type__model="filing")
        .filter(subject_id=filing.pk)
        .order_by("-pk")
        .first()
    )
    if last is None or last.actor_id != user.pk or last.verb not in action.verbs:
        return False
    return last.at >= timezone.now() - MOMENT


def typed(form: ActionForm) -> list[tuple[str, str]]:
    """What was typed into a form that will not be shown again, to copy from."""
    return [
        (str(bound.label), str(bound.value()))
        for bound in form
        if bound.value() and not bound.is_hidden and not isinstance(bound.field, django_forms.ChoiceField)
    ]
