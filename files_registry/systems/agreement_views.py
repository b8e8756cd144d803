"""Pages of links and agreements (第5条第4項). Each door is one of `policies`; what happens is a verb."""

from functools import partial
from secrets import token_urlsafe
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from files_registry.catalogue.models import FileStatus
from files_registry.catalogue.policies import seat_over
from files_registry.catalogue.policies import visible_to as files_visible_to
from files_registry.catalogue.pressing import Facts, Written, by_token, write
from files_registry.systems import agreeing, pages, policies, workflow
from files_registry.systems.forms import AgreeForm, LinkForm, ProposalForm, ReasonForm, UnlinkForm
from files_registry.systems.models import InformationSystem, SystemAgreement, SystemFile
from files_registry.systems.queries import topics
from files_registry.systems.sides import may, pair_of
from files_registry.systems.suggesting import not_among, same_name
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import read_once
from roles.models import Unit

PLACE = "files_registry/systems"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])
DONE = {
    "agree": "合意しました。",
    "refuse": "同意しないことを知らせました。",
    "withdraw": "提案を取り下げました。",
}


@read_or_write
def link(request: PersonRequest, file_pk: int) -> HttpResponse:
    """Say in which system a file is kept; one of the name on the form is offered, none chosen (第5条第4項)."""
    door = files_visible_to(request.user).select_related("unit__parent", "current")
    file = get_object_or_404(door, pk=file_pk)
    if not policies.can_link(request.user, file):
        raise PermissionDenied
    suggested = same_name(file)
    initial = {"valid_from": max(today(), file.held_from or today()), "system": suggested.name if suggested else ""}
    form = LinkForm(request.POST or None, initial=initial)

    def put(facts: Facts) -> SystemFile:
        system, begins = facts["system"], facts["valid_from"]
        return workflow.link_file(file.pk, system_pk=system.pk, valid_from=begins, actor=request.user)

    def already(facts: Facts) -> SystemFile | None:
        same = {"system": facts["system"], "valid_from": facts["valid_from"], "linked_by": request.user}
        return file.system_files.filter(**same, valid_to=None).first()

    made = write(request, form, put, already, "情報システムに結びつけました。")
    if made.done:
        return redirect(file)
    links = list(file.system_files.on(today()).select_related("system__unit__parent"))
    context = {"file": file, "form": form, "suggested": suggested, "held": file.status == FileStatus.HELD}
    context |= {"links": links, "unknown": not suggested and not_among(file, [link.system.name for link in links])}
    return render(request, f"{PLACE}/link.html", context, status=made.status)


@read_or_write
def unlink(request: PersonRequest, pk: int) -> HttpResponse:
    """Say on which day a file was last kept in a system (第5条第4項)."""
    files = files_visible_to(request.user).values("pk")
    rows = SystemFile.objects.filter(file__in=files).select_related("system__unit__parent", "file__unit__parent")
    found = get_object_or_404(rows, pk=pk)
    if not policies.can_link(request.user, found.file):
        raise PermissionDenied
    form = UnlinkForm(request.POST or None, initial={"last_day": today()})
    verb = partial(workflow.unlink_file, pk, actor=request.user)

    def already(facts: Facts) -> SystemFile | None:
        return rows.filter(pk=pk, valid_to=facts["last_day"]).first()

    made = write(request, form, lambda facts: verb(**facts), already, "結びつきの終わりを記録しました。")
    if made.done:
        return redirect(found.file)
    lead = f"「{found.file.name}」が、この情報システムに置かれなくなる日を記録します。"
    words = {"title": "結びつきを終える", "action": "結びつきを終える", "lead": lead, "danger": "1"}
    context = {"system": found.system, "form": form, "words": words, "back": found.file.get_absolute_url()}
    return render(request, f"{PLACE}/form.html", context, status=made.status)


@require_safe
def pair(request: PersonRequest, pk: int, unit_pk: int) -> HttpResponse:
    """What a unit and a system agree on, topic by topic, and the contacts in between (第5条第4項)."""
    system, unit = _pair(request, pk, unit_pk)
    return render(request, f"{PLACE}/pair.html", pages.pair(system, unit, request.user))


@read_or_write
@read_once()
def propose(request: PersonRequest, pk: int, unit_pk: int, topic: str) -> HttpResponse:
    """Propose what to agree on a topic: either side (第5条第4項)."""
    system, unit = _pair(request, pk, unit_pk)
    known = topics()
    if topic not in known:
        raise Http404
    sides = pair_of(system, unit)
    side = sides.side_of(request.user)
    if side is None:
        raise PermissionDenied
    before = system.agreements.filter(unit=unit, topic=topic, status="agreed").first()
    initial = {
        "words": before.words if before else "",
        "valid_from": today(),
        "review_on": agreeing.longest_review(today()),
        "token": token_urlsafe(24),
    }
    form = ProposalForm(request.POST or None, initial=initial)

    def put(facts: Facts) -> SystemAgreement:
        return workflow.propose(pk, unit_pk, topic, data=facts, token=facts["token"], actor=request.user)

    already = by_token(SystemAgreement.objects.filter(system=system), proposed_by=request.user)
    made = write(request, form, put, already, "提案しました。相手に知らせました。")
    if made.done:
        return redirect(made.of)
    context = {"system": system, "unit": unit, "label": known[topic], "form": form, "before": before}
    context |= {"other": sides.label(side.other)}
    return render(request, f"{PLACE}/propose.html", context, status=made.status)


@require_safe
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """One agreement: what is proposed, what holds now, whose turn it is (第5条第4項)."""
    return render(request, f"{PLACE}/agreement.html", pages.agreement(_agreement(request, pk), request.user))


@require_POST
def answer(request: PersonRequest, pk: int, move: str) -> HttpResponse:
    """Agree, not agree, or take back: one verb (第5条第4項)."""
    found = _agreement(request, pk)
    if not may(request.user, found, move):
        raise PermissionDenied
    verbs: dict[str, Any] = {"agree": workflow.agree, "refuse": workflow.refuse, "withdraw": workflow.withdraw}
    form = (AgreeForm if move == "agree" else ReasonForm)(request.POST, auto_id=f"{move}-%s")
    after = {"agree": "agreed", "refuse": "refused", "withdraw": "withdrawn"}[move]

    def already(facts: Facts) -> SystemAgreement | None:
        mine = {"decided_by": request.user} if move != "withdraw" else {"proposed_by": request.user}
        return SystemAgreement.objects.filter(pk=pk, status=after, **mine).first()

    made = write(request, form, lambda facts: verbs[move](pk, **facts, actor=request.user), already, DONE[move])
    if made.done:
        return redirect("systems:pair", found.system_id, found.unit_id)
    return _again(request, pk, move, form, made)


def _again(request: PersonRequest, pk: int, move: str, form: Any, made: Written) -> HttpResponse:
    """The page as it is now, with what was typed."""
    context = pages.agreement(_agreement(request, pk), request.user, {move: form})
    return render(request, f"{PLACE}/agreement.html", context, status=made.status)


def _agreement(request: PersonRequest, pk: int) -> SystemAgreement:
    return get_object_or_404(pages.for_agreement(policies.agreements_visible_to(request.user)), pk=pk)


def _pair(request: PersonRequest, pk: int, unit_pk: int) -> tuple[InformationSystem, Unit]:
    """A system and a unit that has or had files in it: for who answers for either, and who oversees them."""
    kept = policies.links_for_pair(request.user).filter(system=pk, file__unit=unit_pk).order_by("pk").first()
    if kept is None:
        raise Http404
    system, unit = policies.of_page(kept), kept.file.unit
    if not policies.sees_all_files(request.user, system) and seat_over(request.user, unit) is None:
        raise Http404
    return system, unit
