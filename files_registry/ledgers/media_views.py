"""Pages of the media of a file (第15条). The door is `of_file`; what happens is a verb of storing.py."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.rights import Right, rights_on
from files_registry.ledgers import pages, papers, policies, presenters, queries, workflow
from files_registry.ledgers.checks import MOVES
from files_registry.ledgers.doors import of_file
from files_registry.ledgers.media_forms import CompleteForm, DisposeForm, MediumForm, MoveForm
from files_registry.ledgers.models import MediumStatus, StoredMedium
from files_registry.ledgers.rules import class_of
from nerima_privacy.activity.presenters import history
from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.responses import pdf_response
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law import choices
from nerima_privacy.law.parameters import parameter
from nerima_privacy.web.paging import NarrowPaginator
from nerima_privacy.web.verbs import run

MOST_HISTORY = 200
PLACE = "files_registry/ledgers"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def due(request: PersonRequest) -> HttpResponse:
    """The media of all files I may write of whose retention ends soon or has ended (第15条)."""
    ahead = int(parameter("storage.look_ahead_days"))
    found = queries.due_media(request.user, today() + timedelta(days=ahead))
    page = NarrowPaginator(found, queries.PER_PAGE, queries.for_due).get_page(request.GET.get("page"))
    rows = [presenters.medium_row(medium, today(), ahead) for medium in page.object_list]
    held = rights_on(request.user, {medium.file for medium in page.object_list})
    erased = {medium.file.unit for medium in page.object_list if Right.ERASE in held[medium.file_id]}
    units = sorted(erased, key=lambda unit: unit.code)
    return render(request, f"{PLACE}/due.html", {"page": page, "rows": rows, "ahead": ahead, "units": units})


@require_safe
@of_file()
def media(request: PersonRequest, file: PersonalInformationFile) -> HttpResponse:
    """The media of a file: where each lies, what is due; and those disposed of (第15条)."""
    disposed = request.GET.get("tab") == "disposed"
    ahead = int(parameter("storage.look_ahead_days"))
    found = queries.media(file, disposed=disposed)
    page = NarrowPaginator(found, queries.PER_PAGE, lambda rows: rows.select_related("responsible"))
    shown = page.get_page(request.GET.get("page"))
    context = pages.frame(file, "media") | {
        "disposed": disposed,
        "page": shown,
        "rows": [presenters.medium_row(medium, today(), ahead) for medium in shown.object_list],
        "writes": policies.can_write(request.user, file) and ("register_medium", file.status) in MOVES,
    }
    return render(request, f"{PLACE}/media.html", context)


@require_safe
@of_file()
def medium(request: PersonRequest, file: PersonalInformationFile, number: int) -> HttpResponse:
    """One medium: where it lies, who answers for it, how long it is kept, what became of it (第15条)."""
    found = _medium(file, number)
    kept, changes = found.status == MediumStatus.KEPT, history(found, per_page=MOST_HISTORY)
    context = pages.frame(file, "media") | {
        "row": presenters.medium_row(found, today(), int(parameter("storage.look_ahead_days"))),
        "medium": found,
        "facts": presenters.medium_facts(found, choices.retention()),
        "disposed": not kept,
        "can_move": kept and policies.can_write(request.user, file),
        "can_dispose": kept and policies.can_dispose(request.user, file),
        "joint": _joint(request, found),
        "timeline": presenters.told(changes),
        "history": changes,
    }
    return render(request, f"{PLACE}/medium.html", context)


@read_or_write
@of_file(Right.ENTER)
def register(request: PersonRequest, file: PersonalInformationFile) -> HttpResponse:
    """Put a medium into the inventory (第15条)."""
    version = file.current
    initial = {"stored_on": today(), "token": uuid4().hex, "retention": version.retention if version else ""}
    form = MediumForm(request.POST or None, initial=initial, people=queries.staff_of(file.unit))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        done, token = data.pop("completed_on"), data.pop("token")
        verb = partial(workflow.register_medium, file.pk, data=data, completed_on=done, token=token, actor=request.user)
        if run(request, verb, success="媒体を登録しました。", form=form):
            return redirect("ledgers:media", pk=file.pk)
    words = {"title": "媒体を登録する", "action": "登録する", "lead": "登録すると、台帳に「保管」として記録されます。"}
    return _form(request, file, None, form, words)


@read_or_write
@of_file(Right.ENTER)
def move(request: PersonRequest, file: PersonalInformationFile, number: int) -> HttpResponse:
    """Move a medium, or have somebody else answer for it (第15条)."""
    found = _medium(file, number)
    names = ("place", "lock", "responsible", "remarks", "stamp")
    initial = {"on": today(), **{name: getattr(found, name) for name in names}}
    form = MoveForm(request.POST or None, initial=initial, people=queries.staff_of(file.unit))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        on, stamp = data.pop("on"), data.pop("stamp")
        verb = partial(workflow.move_medium, found.pk, data=data, on=on, stamp=stamp, actor=request.user)
        if run(request, verb, success="媒体の移動を記録しました。", form=form):
            return redirect(found)
    words = {"title": "場所・責任者を変える", "action": "記録する", "lead": "台帳に「移動」として記録されます。"}
    return _form(request, file, found, form, words)


@read_or_write
@of_file(Right.ENTER)
def complete(request: PersonRequest, file: PersonalInformationFile, number: int) -> HttpResponse:
    """Say when the matter was completed, from which retention is counted (第15条)."""
    found = _medium(file, number)
    initial = {"completed_on": found.completed_on, "retention": found.retention, "stamp": found.stamp}
    form = CompleteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        verb = partial(workflow.complete_medium, found.pk, **form.cleaned_data, actor=request.user)
        if run(request, verb, success="保存期間を決めました。", form=form):
            return redirect(found)
    lead = "保存期間は、完結した日の属する年度の翌年度の4月1日から数えます。"
    return _form(request, file, found, form, {"title": "保存期間を決める", "action": "決める", "lead": lead})


@read_or_write
@of_file(Right.ERASE)
def dispose(request: PersonRequest, file: PersonalInformationFile, number: int) -> HttpResponse:
    """Write down that a medium was disposed of, with two people or a certificate (第15条)."""
    found = _medium(file, number)
    initial = {"on": today(), "disposed_by": request.user.name, "stamp": found.stamp}
    form = DisposeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        on, way, stamp = data.pop("on"), data.pop("way"), data.pop("stamp")
        verb = partial(workflow.dispose_medium, found.pk, on=on, way=way, data=data, stamp=stamp, actor=request.user)
        if run(request, verb, success="処分を記録しました。", form=form):
            return redirect(found)
    lead = "処分の記録は取り消せません。2人で確かめるか、証明書を受け取ってから記録してください。"
    return _form(request, file, found, form, {"title": "処分を記録する", "action": "処分を記録する", "lead": lead})


@require_safe
@of_file()
def certificate(request: PersonRequest, file: PersonalInformationFile, number: int) -> HttpResponse:
    """媒体処分証明書 as PDF; not found while the medium is kept (第15条)."""
    found = _medium(file, number)
    if found.status != MediumStatus.DISPOSED:
        raise Http404
    return pdf_response(papers.certificate(found), papers.filename(found), inline=True)


def _medium(file: PersonalInformationFile, number: int) -> StoredMedium:
    found = get_object_or_404(
        policies.media_of(file).select_related("responsible", "disposal__unit", "disposal__entered_by"), pk=number
    )
    found.file = file
    return found


def _joint(request: PersonRequest, found: StoredMedium) -> str:
    """The way to the certificate of all that was disposed of with it, for whom that is."""
    if found.disposal is None or not policies.can_certify(request.user, found.disposal):
        return ""
    return reverse("ledgers:joint-certificate", args=[found.disposal.unit.code, found.disposal.pk])


def _form(
    request: PersonRequest, file: PersonalInformationFile, found: StoredMedium | None, form: Any, words: dict[str, str]
) -> HttpResponse:
    """The page of one form about a medium."""
    context = pages.frame(file, "media") | {"medium": found, "form": form, "words": words, "class": class_of(file)}
    return render(request, f"{PLACE}/medium_form.html", context, status=422 if form.is_bound else 200)
