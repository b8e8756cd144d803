"""The board for those who oversee, the findings behind its numbers, and both in Excel."""

from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.tables import xlsx_response
from nerima_privacy.duties import board_presenters as presenters
from nerima_privacy.duties.board import Board, Lack, board_of, everything, lacks_in, name_of, oldest
from nerima_privacy.duties.board_parts import parts_of
from nerima_privacy.duties.forms import DayForm
from nerima_privacy.duties.policies import Oversight, findings_of, oversight_of
from nerima_privacy.duties.presenters import SUBJECTS
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import read_once

PAGE = 50


@require_safe
@read_once()
def board(request: PersonRequest) -> HttpResponse:
    """Every duty by article and by 部 on a day (第3条第3項・第4条第3項・第5条第3項)."""
    form = DayForm({"on": request.GET["on"]}) if "on" in request.GET else DayForm(initial={"on": today()})
    shown = _board(request, form, oversight_of(request.holdings))
    context = {
        "form": form,
        "board": shown,
        "lead": presenters.lead(shown),
        "chips": presenters.chips(shown),
        "table": presenters.table(shown),
        "upright": len(shown.columns) > presenters.COLUMNS_UPRIGHT,
        "oldest": presenters.rows(shown, oldest(shown)),
        "export_query": presenters.query(shown.on),
        "all_url": presenters.findings_url(shown) if shown.oversight.tells else "",
        "limited": shown.oversight.named is not None,
        "parts": parts_of(request.holdings, today()),
    }
    return render(request, "duties/board.html", context, status=400 if form.errors else 200)


@require_safe
@read_once()
def findings(request: PersonRequest) -> HttpResponse:
    """The findings behind one number, what is late first; a 部 is broken down by 課."""
    form = DayForm(request.GET)
    if not form.is_valid():
        return _asked_again(request)
    shown = _told(request, form, findings_of(request.holdings))
    article, code = _article(request, shown), request.GET.get("unit", "")
    try:
        lacks = lacks_in(shown, article, code, request.GET.get("duty", ""))
    except LookupError:
        raise Http404 from None
    paginator: Paginator[Lack] = Paginator(lacks, PAGE)  # type: ignore[arg-type]  # asked for slices only
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "board": shown,
        "subject": f"第{article}条　{SUBJECTS[article]}" if article else "すべての条",
        "place": name_of(shown, code) if code else "",
        "page": page,
        "rows": presenters.rows(shown, list(page)),
        "units": presenters.by_unit(shown, article, lacks.pairs),
        "back_query": presenters.query(shown.on),
        "limited": presenters.LIMITED if shown.oversight.named is not None else "",
    }
    return render(request, "duties/findings.html", context)


@require_safe
@read_once()
def export(request: PersonRequest) -> HttpResponseBase:
    """Every finding the person oversees, as an Excel file."""
    form = DayForm(request.GET)
    if not form.is_valid():
        return _asked_again(request)
    shown = _told(request, form, oversight_of(request.holdings))
    name = f"状況一覧_{shown.on:%Y%m%d}.xlsx"
    return xlsx_response(name, presenters.export_columns(shown), everything(shown))


def _board(request: PersonRequest, form: DayForm, oversight: Oversight | None) -> Board:
    """The board of the day typed, today where it cannot be read; 403 for those who oversee nothing."""
    day: date = form.cleaned_data["on"] if form.is_bound and form.is_valid() else today()
    if oversight is None:
        raise PermissionDenied("状況一覧は、保護責任者などの役割についている人が、受け持つ範囲だけを見られます。")
    return board_of(oversight, day)


def _asked_again(request: PersonRequest) -> HttpResponse:
    """To the board, which says at the field what is wrong with the day: another day's findings would answer for it."""
    return redirect(f"{reverse('board')}?{urlencode({'on': request.GET['on'][:100]})}")


def _told(request: PersonRequest, form: DayForm, oversight: Oversight | None) -> Board:
    """The board, for what lies behind its numbers; 403 for 監査責任者 while no audit opens anything to them."""
    shown = _board(request, form, oversight)
    if not shown.oversight.tells:
        raise PermissionDenied(presenters.LIMITED)
    return shown


def _article(request: PersonRequest, shown: Board) -> int | None:
    typed = request.GET.get("article", "")
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or int(typed) not in SUBJECTS:
        raise Http404
    return int(typed)
