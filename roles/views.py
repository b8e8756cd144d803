"""The organisation, one unit, one's own seats, and the appointment of 監査責任者."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from nerima_privacy.activity.field_history import history
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.verbs import run
from roles import policies, presenters, queries, workflow
from roles.affiliation import affiliation_of, policy_of, policy_of_unit
from roles.forms import AuditOfficerForm, EndForm, OrganisationFilter
from roles.models import Appointment
from roles.past import as_of
from roles.seats import Seat

PAGE, PRINTED, PEOPLE = 50, 1000, 50


@require_safe
def unit_list(request):
    """部, 課 and 学校 with who holds their seats on a day. For everybody who works for the ward."""
    form = OrganisationFilter(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    on = asked.get("on") or today()
    units = queries.organisation(
        policies.visible_to(request.user), on, search=asked.get("q") or "", past=bool(asked.get("past"))
    )
    page = Paginator(units, PRINTED if "print" in request.GET else PAGE).get_page(request.GET.get("page"))
    seats = queries.seats_of(page, on)
    rows = [presenters.unit_row(unit, seats, on, now) for now, unit in zip(page, as_of(page, on), strict=True)]
    context = {"form": form, "page": page, "rows": rows, "on": on, "today": today(), "past": asked.get("past")}
    return render(request, "roles/unit_list.html", {**context, "seat_heads": presenters.UNIT_SEATS})


@require_safe
def unit_detail(request, code):
    """One unit: its seats now and before, what it came from and went into; its people for those who answer for it."""
    unit = get_object_or_404(policies.visible_to(request.user).select_related("organ", "parent"), code=code)
    on = today()
    appointments = list(queries.appointments_of(unit, on)[:200])
    seats = queries.held_now(appointments, on)
    predecessors, successors = queries.successions(unit)
    may_see_people = policies.can_see_people_of(request.user, unit)
    people = Paginator(queries.postings_of(unit, on), PEOPLE).get_page(request.GET.get("people"))
    context = {
        "unit": unit,
        "kind": presenters.kind_of(unit),
        "life": presenters.life(unit, on),
        "policy": policy_of_unit(unit),
        "seats": [presenters.seat_cell(unit, seat, seats, on) for seat in presenters.seats_for(unit)],
        "appointments": presenters.seat_lines(appointments, on),
        "children": [
            presenters.unit_row(child, {}, on) for child in (unit.children.on(on) if unit.is_department else [])
        ],
        "predecessors": predecessors,
        "successors": successors,
        "people": people if may_see_people else None,
        "may_administer": policies.can_administer(request.user),
    }
    return render(request, "roles/unit_detail.html", context)


@require_safe
def unit_history(request, code):
    """What changed about a unit: when, by whom, why."""
    unit = get_object_or_404(policies.visible_to(request.user), code=code)
    return render(request, "roles/unit_history.html", {"unit": unit, "history": history(unit, page=_page(request))})


def _page(request):
    asked = request.GET.get("history", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


@require_safe
def my_seats(request):
    """Which seats I hold, until when, and what they allow; which class and policy I belong to."""
    on = today()
    context = {
        "seats": presenters.seat_lines(sorted(request.holdings.appointments, key=lambda a: a.pk), on),
        "coming": presenters.seat_lines(queries.coming_appointments(request.user, on), on),
        "postings": request.user.postings.on(on).select_related("unit__parent").order_by("-is_main", "pk"),
        "affiliation": affiliation_of(request.user, on),
        "policy": policy_of(request.user, on),
    }
    return render(request, "roles/my_seats.html", context)


@require_safe
def audit_officers(request):
    """監査責任者 of today and before, with why they audit fairly (第7条)."""
    page = Paginator(queries.audit_officers(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": presenters.seat_lines(page),
        "may_appoint": policies.can_appoint_audit_officers(request.user),
    }
    return render(request, "roles/audit_officers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appoint_audit_officer(request):
    """総括保護管理者 appoints a 監査責任者 (第7条第2項)."""
    if not policies.can_appoint_audit_officers(request.user):
        raise PermissionDenied
    search = request.GET.get("q", "")[:60]
    form = AuditOfficerForm(request.POST or None, search=search)
    if request.method == "POST" and form.is_valid():
        done = run(
            request,
            lambda: workflow.appoint_audit_officer(**form.cleaned_data, actor=request.user),
            success="監査責任者を任命しました。本人にお知らせを送りました。",
            form=form,
        )
        if done:
            return redirect("units:audit-officers")
    context = {"form": form, "search": search}
    return render(request, "roles/appoint_audit_officer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end_audit_officer(request, pk):
    """総括保護管理者 ends the appointment of a 監査責任者."""
    officer = get_object_or_404(Appointment.objects.select_related("person"), pk=pk, seat=Seat.AUDIT_OFFICER)
    if not policies.can_appoint_audit_officers(request.user):
        raise PermissionDenied
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = run(
            request,
            lambda: workflow.end_appointment(officer.pk, **form.cleaned_data, actor=request.user),
            success="監査責任者の任命を終えました。",
            form=form,
        )
        if done:
            return redirect("units:audit-officers")
    context = {"officer": presenters.seat_line(officer), "form": form, "back": reverse("units:audit-officers")}
    return render(request, "roles/end_audit_officer.html", context, status=422 if form.errors else 200)
