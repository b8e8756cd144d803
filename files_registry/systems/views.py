"""Pages of the register of systems (第5条第4項). The door is `policies.visible_to`; what happens is a verb.

Those of administrators are in administrator_views.py, those of links and agreements in agreement_views.py.
"""

from functools import partial
from secrets import token_urlsafe
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from files_registry.catalogue.pressing import by_token, write
from files_registry.systems import exporting, listing, pages, policies, workflow
from files_registry.systems.fields import SystemField, systems_like
from files_registry.systems.forms import (
    EditForm,
    Filter,
    NewForm,
    RetireForm,
)
from files_registry.systems.models import InformationSystem
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import read_once
from nerima_privacy.web.idle import asked_while_typing
from nerima_privacy.web.paging import WholePaginator
from nerima_privacy.web.pickers import SHOWN, Suggestion, suggested

PLACE = "files_registry/systems"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@read_once()
def system_list(request: PersonRequest) -> HttpResponse:
    """The systems the reader may know of, under tabs, searched and filtered (第5条第4項)."""
    form, tab = Filter(request.GET, listing.reader_units(request.user)), _tab(request)
    wanted = form.wanted()
    found = listing.listed(request.user, tab, wanted)
    page = WholePaginator(found, listing.PER_PAGE).get_page(request.GET.get("page"))
    context = pages.register(request, form, wanted, tab, page)
    return render(request, f"{PLACE}/list.html", context)


@require_safe
def export(request: PersonRequest) -> HttpResponseBase:
    """The same list as Excel (第5条第4項)."""
    form = Filter(request.GET, listing.reader_units(request.user))
    return exporting.response(listing.listed(request.user, _tab(request), form.wanted()))


@require_safe
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One system: its administrator, its files, what is agreed with their units (第5条第4項)."""
    return render(
        request, f"{PLACE}/detail.html", pages.system(_system(request, pk), request.user, request.GET.get("page"))
    )


@read_or_write
def new(request: PersonRequest) -> HttpResponse:
    """Put a system into the register (第5条第4項)."""
    units = policies.registering_units(request.user)
    if not units:
        raise PermissionDenied
    form = NewForm(request.POST or None, initial={"token": token_urlsafe(24), "valid_from": today()}, units=units)

    def register(facts: dict[str, Any]) -> InformationSystem:
        unit, token, begins = facts["unit"], facts["token"], facts["valid_from"]
        return workflow.register_system(unit.pk, data=facts, valid_from=begins, token=token, actor=request.user)

    already = by_token(InformationSystem.objects.all(), registered_by=request.user)
    made = write(request, form, register, already, "情報システムを登録しました。つぎに管理者を登録します。")
    if made.done:
        return redirect("systems:name-administrator", made.of.pk)
    words = {
        "title": "情報システムを登録する",
        "action": "登録する",
        "lead": "個人情報ファイルを置いている情報システムを登録します。管理者は、このあとで登録します。",
    }
    return one_form(request, None, form, words, made.status)


@read_or_write
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct what the register says of a system (第5条第4項)."""
    found = managed(request, pk)
    names = ("name", "purpose", "valid_from", "stamp")
    form = EditForm(request.POST or None, initial={name: getattr(found, name) for name in names})

    def change(facts: dict[str, Any]) -> InformationSystem:
        stamp, begins = facts.pop("stamp"), facts.pop("valid_from")
        return workflow.edit_system(pk, data=facts, valid_from=begins, stamp=stamp, actor=request.user)

    made = write(request, form, change, None, "記録を改めました。")
    if made.done:
        return redirect(found)
    return one_form(
        request, found, form, {"title": "記録を改める", "action": "改める", "lead": found.name}, made.status
    )


@read_or_write
def retire(request: PersonRequest, pk: int) -> HttpResponse:
    """Say on which day the system is last used (第5条第4項)."""
    found = managed(request, pk)
    form = RetireForm(request.POST or None, initial={"last_day": today(), "stamp": found.stamp})
    verb = partial(workflow.retire_system, pk, actor=request.user)
    made = write(request, form, lambda facts: verb(**facts), None, "使い終える日を記録しました。")
    if made.done:
        return redirect(found)
    lead = "この日で、結びついているファイルと管理者の登録も終わります。ファイルの所管の保護責任者に知らせます。"
    words = {"title": "使用を終える", "action": "使用を終える", "lead": lead, "danger": "1"}
    return one_form(request, found, form, words, made.status)


@asked_while_typing
@require_safe
def pick(request: PersonRequest) -> HttpResponse:
    """Systems in use by name or unit, for those who link files (第5条第4項)."""
    if not policies.can_look_systems_up(request.user):
        raise PermissionDenied
    field = SystemField()
    found = systems_like(request.GET.get("q", ""))[: SHOWN + 1]
    return suggested(Suggestion(field.written(row), row.name, row.unit.full_name) for row in found)


def _tab(request: PersonRequest) -> str:
    asked = request.GET.get("tab", "")
    return asked if asked in dict(listing.TABS) else "use"


def _system(request: PersonRequest, pk: int) -> InformationSystem:
    return get_object_or_404(policies.for_page(request.user), pk=pk)


def managed(request: PersonRequest, pk: int) -> InformationSystem:
    """A system of the reader's own unit; whoever only knows of it is refused."""
    found = _system(request, pk)
    if not policies.can_manage(request.user, found):
        raise PermissionDenied
    return found


def one_form(
    request: PersonRequest, found: InformationSystem | None, form: Any, words: dict[str, str], status: int
) -> HttpResponse:
    """The page of one form about a system."""
    context = {"system": found, "form": form, "words": words}
    return render(request, f"{PLACE}/form.html", context, status=status)
