"""Pages of standing permissions, corrections and a unit's rules. Each door is one of `policies`."""

from secrets import token_urlsafe

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from files_registry.catalogue.pressing import Facts, by_token, pressed, write
from files_registry.handling import (
    correcting,
    listing,
    more_pages,
    policies,
    ruling,
    standing,
)
from files_registry.handling.acts import Act
from files_registry.handling.forms import Find
from files_registry.handling.models import Correction, StandingPermission
from files_registry.handling.more_actions import CORRECTION_ACTIONS, STANDING_ACTIONS
from files_registry.handling.requirements import in_force, table
from files_registry.handling.rules_form import RulesForm
from files_registry.handling.views import PLACE, known_file, read_or_write
from files_registry.handling.writing_forms import FindForm, StandingForm
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import parameter
from nerima_privacy.refusals import Invalid, MoveRefused
from nerima_privacy.web.paging import NarrowPaginator
from roles.models import Unit


@require_safe
def standing_list(request: PersonRequest) -> HttpResponse:
    """Standing permissions of the reader's units: what they cover, until when, how often used (第12条)."""
    find = Find(request.GET)
    rows = listing.standing_list(request.user, find.words)
    page = NarrowPaginator(rows, listing.PER_PAGE, listing.standing_lines).get_page(request.GET.get("page"))
    context = more_pages.standing_list(list(page.object_list)) | {"page": page, "find": find, "plain": "?"}
    return render(request, f"{PLACE}/standing_list.html", context)


@read_or_write
def standing_new(request: PersonRequest, file_pk: int) -> HttpResponse:
    """Ask for a standing permission with a file (第12条)."""
    file = known_file(request, file_pk)
    if not policies.can_ask(request.user, file):
        raise PermissionDenied
    longest = int(parameter("handling.standing_days"))
    data = request.POST if request.method == "POST" else None
    form = StandingForm(data, file, longest, initial={"token": token_urlsafe(24)})

    def ask(facts: Facts) -> StandingPermission:
        asked = {name: facts[name] for name in standing.FIELDS}
        return standing.ask(file.pk, asked, token=facts["token"], actor=request.user)

    already = by_token(StandingPermission.objects.all(), applicant=request.user)
    made = write(request, form, ask, already, "包括許可を求めました。決まるとお知らせします。")
    if made.done:
        return redirect(made.of)
    context = {"form": form, "file": file}
    return render(request, f"{PLACE}/standing_new.html", context, status=made.status)


@require_safe
def standing_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One standing permission: its scope, who allowed it, and each use of it (第12条)."""
    found = _standing(request, pk)
    return render(request, f"{PLACE}/standing.html", more_pages.standing(found, request.user))


@require_POST
def standing_act(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Press one of the buttons of a standing permission: one verb (第12条)."""
    action = STANDING_ACTIONS[name]
    return pressed(request, lambda: _standing(request, pk), action, more_pages.standing, f"{PLACE}/standing.html")


def _standing(request: PersonRequest, pk: int) -> StandingPermission:
    door = policies.standing_visible_to(request.user)
    related = ("file__unit__parent", "unit__parent", "users_unit", "applicant", "decided_by")
    return get_object_or_404(door.select_related(*related), pk=pk)


@require_safe
def corrections(request: PersonRequest) -> HttpResponse:
    """Errors found in what files hold, under way or all of them (第13条)."""
    every = request.GET.get("tab") == "all"
    find = Find(request.GET)
    found = listing.corrections_list(request.user, every=every, words=find.words)
    page = NarrowPaginator(
        found, listing.PER_PAGE, lambda rows: rows.select_related("file", "unit__parent", "found_by")
    ).get_page(request.GET.get("page"))
    context = more_pages.corrections(list(page.object_list), every=every)
    context |= {"page": page, "find": find, "plain": f"?tab={'all' if every else 'open'}"}
    return render(request, f"{PLACE}/corrections.html", context)


@read_or_write
def correction_new(request: PersonRequest, file_pk: int) -> HttpResponse:
    """Tell 保護責任者 of an error in what a file holds (第13条)."""
    file = known_file(request, file_pk)
    if not policies.can_find(request.user, file):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = FindForm(data, file, initial={"token": token_urlsafe(24)})

    def find(facts: Facts) -> Correction:
        return correcting.find(file.pk, facts, token=facts["token"], actor=request.user)

    already = by_token(Correction.objects.all(), found_by=request.user)
    made = write(request, form, find, already, "保護責任者に知らせました。指示を待って訂正してください。")
    if made.done:
        return redirect(made.of)
    context = {"form": form, "file": file}
    return render(request, f"{PLACE}/correction_new.html", context, status=made.status)


@require_safe
def correction(request: PersonRequest, pk: int) -> HttpResponse:
    """One error: what was found, ordered, corrected and checked (第13条)."""
    return render(request, f"{PLACE}/correction.html", more_pages.correction(_correction(request, pk), request.user))


@require_POST
def correction_act(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Press one of the buttons of a correction: one verb (第13条)."""
    action = CORRECTION_ACTIONS[name]
    return pressed(request, lambda: _correction(request, pk), action, more_pages.correction, f"{PLACE}/correction.html")


def _correction(request: PersonRequest, pk: int) -> Correction:
    related = ("file__unit__parent", "unit__parent", "found_by", "instructed_by", "done_by", "checked_by")
    return get_object_or_404(policies.corrections_visible_to(request.user).select_related(*related), pk=pk)


@require_safe
def rules(request: PersonRequest) -> HttpResponse:
    """The ward's floor of what acts need, and the units whose own rules the reader may see (第12条)."""
    units = Unit.objects.filter(pk__in=policies.own_units(request.user)).select_related("parent")
    shown, floor_note = table(None)
    context = {"units": units, "rows": shown, "acts": list(Act), "floor_note": floor_note}
    return render(request, f"{PLACE}/rules.html", context)


@require_safe
def unit_rules(request: PersonRequest, unit_pk: int) -> HttpResponse:
    """What acts need in a unit, and what was set when and why (第12条)."""
    return render(request, f"{PLACE}/unit_rules.html", more_pages.rules(_unit(request, unit_pk), request.user))


@require_POST
def set_rules(request: PersonRequest, unit_pk: int) -> HttpResponse:
    """Ask more of acts than the ward does: 保護責任者 of the unit (第12条)."""
    unit = _unit(request, unit_pk)
    if ruling.ruling_turn(unit).post(request.user) is None:
        raise PermissionDenied
    form = RulesForm(request.POST, table(in_force(unit.pk))[0])
    status = _rule(request, unit, form)
    if status == 302:
        return redirect("handling:unit-rules", unit_pk=unit.pk)
    return render(request, f"{PLACE}/unit_rules.html", more_pages.rules(unit, request.user, form), status=status)


def _unit(request: PersonRequest, pk: int) -> Unit:
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    if not policies.can_see_rules(request.user, unit):
        raise Http404
    return unit


def _rule(request: PersonRequest, unit: Unit, form: RulesForm) -> int:
    if not form.is_valid():
        return 422
    data = form.cleaned_data
    try:
        ruling.set_rules(
            unit.pk,
            levels=form.levels(),
            valid_from=data["valid_from"],
            reason=data["reason"],
            seen=data["seen"],
            actor=request.user,
        )
    except Invalid as invalid:
        form.take(invalid)
        return 422
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return 409
    messages.success(request, "決まりを定めました。")
    return 302
