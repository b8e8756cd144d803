"""Pages of many media at once, by unit (第15条). What happens is a verb of many_media.py."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from files_registry.catalogue.rights import Right, rights_on
from files_registry.ledgers import media_queries, papers, policies, presenters, queries, workflow
from files_registry.ledgers.many_media_forms import ChoosingForm, DisposeManyForm, HandOverForm, MediaFilter, stamps
from files_registry.ledgers.models import JointDisposal
from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.responses import pdf_response
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import parameter
from nerima_privacy.web.finding import key_in
from nerima_privacy.web.paging import NarrowPaginator
from nerima_privacy.web.verbs import run
from roles.models import Unit

PLACE = "files_registry/ledgers"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])
NO_FILES = "この組織に、媒体を{what}できるファイルはありません。{right}の権限が要ります。"


@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """The media I answer for, wherever they are; to know what one keeps takes no right over its file (第15条)."""
    ahead = int(parameter("storage.look_ahead_days"))
    page = NarrowPaginator(media_queries.answered_for(request.user), queries.PER_PAGE, queries.for_due)
    shown = page.get_page(request.GET.get("page"))
    held = rights_on(request.user, {medium.file for medium in shown.object_list})
    rows = [
        presenters.medium_row(medium, today(), ahead) | {"opens": Right.OPEN in held[medium.file_id]}
        for medium in shown.object_list
    ]
    return render(request, f"{PLACE}/mine.html", {"page": shown, "rows": rows})


@read_or_write
def hand_over(request: PersonRequest, code: str) -> HttpResponse:
    """Hand over many media of a unit: to somebody else, to another place, under another lock (第15条).

    What a board or a desk finds left behind leads here, each file by its key; who has no right over any file of the
    unit, such as the seats above, is led on to the page of that file.
    """
    try:
        unit = _unit(request, code, Right.ENTER, "引継ぎ")
    except PermissionDenied:
        file = key_in(request, "file")
        if request.method == "POST" or file is None:
            raise
        return redirect("files:detail", file)
    form = partial(HandOverForm, initial={"on": today()}, people=queries.staff_of(unit))
    return _many(
        request, unit, "hand-over", Right.ENTER, form, workflow.hand_over_media, "媒体の引継ぎを記録しました。"
    )


@read_or_write
def dispose(request: PersonRequest, code: str) -> HttpResponse:
    """Write down that many media of a unit were disposed of together, with one proof (第15条)."""
    unit = _unit(request, code, Right.ERASE, "処分")
    form = partial(DisposeManyForm, initial={"on": today(), "disposed_by": request.user.name})
    return _many(
        request, unit, "dispose-many", Right.ERASE, form, workflow.dispose_media, "処分をまとめて記録しました。"
    )


@require_safe
def certificate(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """媒体処分証明書 of all that was disposed of together; for who has 削除 over every file in it (第15条)."""
    unit = get_object_or_404(Unit, code=code)
    disposal = get_object_or_404(JointDisposal.objects.select_related("unit__parent", "entered_by"), pk=pk, unit=unit)
    if not policies.can_certify(request.user, disposal):
        raise PermissionDenied
    return pdf_response(papers.joint_certificate(disposal), f"媒体処分証明書_まとめて{pk}.pdf", inline=True)


def _unit(request: PersonRequest, code: str, right: Right, what: str) -> Unit:
    """The unit, of whose files the reader has the right over one at least."""
    unit = get_object_or_404(Unit.objects.select_related("parent"), code=code)
    if not policies.files_of(request.user, unit, right).exists():
        raise PermissionDenied(NO_FILES.format(what=what, right=right.label))
    return unit


def _proof(request: PersonRequest, unit: Unit) -> JointDisposal | None:
    """What was just disposed of together, as the address names it, for its certificate."""
    key = key_in(request, "proof")
    if key is None:
        return None
    disposal = JointDisposal.objects.filter(pk=key, unit=unit).first()
    return disposal if disposal is not None and policies.can_certify(request.user, disposal) else None


def _many(
    request: PersonRequest,
    unit: Unit,
    name: str,
    right: Right,
    make: Callable[..., Any],
    verb: Callable[..., Any],
    success: str,
) -> HttpResponse:
    """One page of choosing: the filter, the media it finds, the form; or the verb and back to the page."""
    media = media_queries.kept_by(request.user, unit, right)
    left = media_queries.left_behind(media, today()).count()
    narrow = MediaFilter(request.GET, media_queries.responsible_people(media), media_queries.files_with(media), left)
    wanted = narrow.wanted()
    found = media_queries.narrowed(media, wanted)
    form: ChoosingForm = make(request.POST or None, found=stamps(found))
    whole = reverse(f"ledgers:{name}", args=[unit.code])
    here = f"{whole}?{urlencode(wanted)}" if wanted else whole
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            made: list[Any] = []
            act = partial(verb, unit.pk, **form.facts(), actor=request.user)
            if run(request, lambda: made.append(act()), success=success, form=form):
                proof = f"?proof={made[0].pk}" if isinstance(made[0], JointDisposal) else ""
                return redirect(whole + proof)  # without the filter, which may find nothing any more
            status = 422 if form.errors else 409
        form.look_again(stamps(found))
    page = NarrowPaginator(found, queries.PER_PAGE, media_queries.for_choosing).get_page(request.GET.get("page"))
    ahead, marked = int(parameter("storage.look_ahead_days")), form.marked()
    rows = [
        presenters.medium_row(medium, today(), ahead) | {"marked": medium.pk in marked} for medium in page.object_list
    ]
    context = {"unit": unit, "filter": narrow, "wanted": wanted, "left": left, "page": page, "rows": rows, "form": form}
    other = Right.ENTER if right == Right.ERASE else Right.ERASE
    does_both = policies.files_of(request.user, unit, other).exists()
    context |= {"here": here, "disposes": right == Right.ERASE, "does_both": does_both, "proof": _proof(request, unit)}
    return render(request, f"{PLACE}/many_media.html", context, status=status)
