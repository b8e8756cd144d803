"""Pages of rights. The doors are `policies.visible_to` and the catalogue's; what happens is a verb."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from files_registry.access import exporting, opening, pages, policies, presenters, reviewing, workflow
from files_registry.access.actions import ACTIONS
from files_registry.access.forms import OpenForm, ProposeForm, RequestForm, ReviewForm
from files_registry.access.models import Grant
from files_registry.catalogue import policies as files
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.pressing import pressed
from files_registry.catalogue.rights import Right, may
from files_registry.catalogue.turns import manager_turn
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.forms import DayForm
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.web.finding import one_or_404
from nerima_privacy.web.paging import NarrowPaginator
from nerima_privacy.web.verbs import run
from roles.seats import Seat

PLACE = "files_registry/access"
DECIDES = (Seat.PROTECTION_MANAGER,)
GIVEN = "アクセス権を許可しました。本人にお知らせを送りました。"
PROPOSED = "アクセス権を提案しました。保護責任者が決めると、権限一覧に載ります。"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def grant_list(request: PersonRequest) -> HttpResponse:
    """Rights that wait for me, my own, and those over the files I answer for (第11条第1項)."""
    tab = request.GET.get("tab", "turn")
    tab = tab if tab in dict(pages.TABS) else "turn"
    rows = pages.listed(request.user, tab)
    page = NarrowPaginator(rows, pages.PER_PAGE, pages.for_list).get_page(request.GET.get("page"))
    return render(request, f"{PLACE}/list.html", pages.grant_list(request.user, tab, page))


@require_safe
def grant(request: PersonRequest, pk: int) -> HttpResponse:
    """One request or right: what it says, who has it now, what may be done (第11条第1項)."""
    return render(request, f"{PLACE}/grant.html", pages.grant_page(_grant(request, pk), request.user))


@require_POST
def act(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Press one of its buttons: one verb (第11条第1項)."""
    return pressed(request, partial(_grant, request, pk), ACTIONS[name], pages.grant_page, f"{PLACE}/grant.html")


@read_or_write
def ask(request: PersonRequest, file_pk: int) -> HttpResponse:
    """Ask for rights for oneself (第11条第2項)."""
    file = _file(request, file_pk)
    if not policies.can_request(request.user, file):
        raise PermissionDenied("役割によりすでにこのファイルを扱えるか、アクセス権を申請できない役割です。")
    form = RequestForm(request.POST or None, initial={"token": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data}
        token = facts.pop("token") or None
        verb = partial(workflow.request, file.pk, **facts, form_token=token, actor=request.user)
        if run(request, verb, success="申請しました。決まるとお知らせします。", form=form):
            return redirect(f"{reverse('access:list')}?tab=mine")
    context = {"file": file, "form": form, "turn": manager_turn(file.unit, frozenset({request.user.pk}))}
    return render(request, f"{PLACE}/ask.html", context, status=422 if form.is_bound else 200)


@read_or_write
def propose(request: PersonRequest, file_pk: int) -> HttpResponse:
    """Propose rights for several people at once; from 保護責任者 it is the decision (第11条第1項)."""
    file = _file(request, file_pk)
    post = files.unit_post(request.user, file.unit_id)
    if post is None:
        raise PermissionDenied
    decides = files.unit_post(request.user, file.unit_id, *DECIDES)
    form = ProposeForm(pages.people_of(file), request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {**form.cleaned_data, "people": form.chosen()}
        del facts["others"]
        # The unit of the seat: that of the file, or where it has ended the one that took it over.
        unit_id = post.unit_id if facts["group_kind"] else None
        verb = partial(workflow.propose, file.pk, **facts, group_unit_id=unit_id, actor=request.user)
        if run(request, verb, success=GIVEN if decides else PROPOSED, form=form):
            return redirect("access:who", file_pk=file.pk)
    context = {"file": file, "form": form, "decides": decides}
    return render(request, f"{PLACE}/propose.html", context, status=422 if form.is_bound else 200)


@require_safe
def who(request: PersonRequest, file_pk: int) -> HttpResponse:
    """権限一覧 of a file: who can do what, why, until when; as of any past day (第11条第1項)."""
    file = _overseen(request, file_pk)
    form = DayForm({"on": request.GET["on"]}) if "on" in request.GET else DayForm(initial={"on": today()})
    status = 400 if form.errors else 200
    context = pages.who_page(file, request.user, form, request.GET.get("page"))
    return render(request, f"{PLACE}/who.html", context, status=status)


@require_safe
def who_excel(request: PersonRequest, file_pk: int) -> HttpResponseBase:
    """The same as a table (第11条第1項)."""
    return _taken_out(request, file_pk, exporting.table)


@require_safe
def who_pdf(request: PersonRequest, file_pk: int) -> HttpResponseBase:
    """The same on paper (第11条第1項)."""
    return _taken_out(request, file_pk, exporting.paper)


@read_or_write
def review(request: PersonRequest, file_pk: int) -> HttpResponse:
    """Confirm the rights over a file: keep, narrow or end each (棚卸し, 第11条第1項)."""
    file = _file(request, file_pk)
    if not policies.can_review(request.user, file):
        raise PermissionDenied
    current, grants, waiting = pages.to_review(file, request.user)
    form = ReviewForm(grants, request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        verb = partial(reviewing.review, file.pk, answers=form.answers(), note=note, actor=request.user)
        if run(request, verb, success="棚卸しを記録しました。", form=form):
            more = waiting > len(form.answers())
            return redirect("access:review" if more else "access:who", file_pk=file.pk)
    rows = presenters.review_rows(grants, current, form)
    over = today() >= current.suspends_on
    context = {"file": file, "form": form, "round": current, "rows": rows, "waiting": waiting, "over": over}
    return render(request, f"{PLACE}/review.html", context, status=422 if form.is_bound else 200)


@read_or_write
def open_file(request: PersonRequest, file_pk: int) -> HttpResponse:
    """Say what for, then go on to what the file holds (第11条第3項)."""
    file = _file(request, file_pk)
    if not may(request.user, Right.OPEN, file):
        if not opening.was_refused(request.user, file):
            opening.note_refusal(file, actor=request.user)
        raise PermissionDenied("このファイルのアクセス権がありません。ファイルの画面から申請できます。")
    back = _back(request, file)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = partial(opening.open_file, file, **form.cleaned_data, actor=request.user)
        if run(request, verb, form=form):
            return redirect(back)
    context = {"file": file, "form": form, "next": back}
    return render(request, f"{PLACE}/open.html", context, status=422 if form.is_bound else 200)


@require_safe
def openings(request: PersonRequest, file_pk: int) -> HttpResponse:
    """Who opened what the file holds, and who was refused (第11条第2項・第3項)."""
    file = _overseen(request, file_pk)
    page = pages.openings(file, request.GET.get("page"))
    return render(request, f"{PLACE}/openings.html", {"file": file, "page": page})


def _back(request: PersonRequest, file: PersonalInformationFile) -> str:
    """Where to go on: a page of this site, else the page of the file."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe and wanted.startswith("/") else file.get_absolute_url()


Export = Callable[[PersonalInformationFile, datetime | None], HttpResponseBase]


def _taken_out(request: PersonRequest, file_pk: int, export: Export) -> HttpResponseBase:
    """権限一覧 of the day asked for, in a file; where that is no day to ask for, the page that says so at the field."""
    file = _overseen(request, file_pk)
    form = DayForm(request.GET)
    if form.is_valid():
        return export(file, pages.moment(form))
    return redirect(f"{reverse('access:who', args=[file.pk])}?{urlencode({'on': request.GET['on'][:100]})}")


def _grant(request: PersonRequest, pk: int) -> Grant:
    related = ("file__unit__parent", "file__current", "person", "group__unit", "unit__parent", "asked_by", "decided_by")
    return one_or_404(policies.visible_to(request.user).select_related(*related), pk)


def _file(request: PersonRequest, pk: int) -> PersonalInformationFile:
    return files.visible_one(request.user, pk, "unit__parent", "current")


def _overseen(request: PersonRequest, pk: int) -> PersonalInformationFile:
    file = _file(request, pk)
    if not policies.can_see_who(request.user, file):
        raise PermissionDenied
    return file
