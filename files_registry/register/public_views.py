"""The book as residents read it (法第75条第1項): no login, no session, editions and entries only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from files_registry.register import book, exports, presenters
from files_registry.register.book import Search
from files_registry.register.models import Edition, EditionEntry
from nerima_privacy.web.text import FORBIDDEN

HERE = "files_registry/register/public/"
MINUTES = 5 * 60


class BookRequest(HttpRequest):
    """`public` puts the edition in force beside it."""

    edition: Edition | None


class Missing(Http404):
    """Nothing stands here; `entry` is what stood here in an earlier edition."""

    def __init__(self, entry: EditionEntry | None = None) -> None:
        super().__init__()
        self.entry = entry


def _mark(request: BookRequest, *args: Any, **kwargs: Any) -> str | None:
    """An edition never changes: its pages are the same until there is another one."""
    edition = request.edition = book.current()
    return f'"{edition.digest[:32]}"' if edition else None


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open to everybody, read only, kept by caches for minutes, and lost in the public look."""

    @login_not_required
    @require_safe
    @condition(etag_func=_mark)
    @wraps(view)
    def wrapped(request: BookRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Missing as missing:
            context = {"last": missing.entry and presenters.row(missing.entry, missing.entry.edition.number)}
            return render(request, HERE + "missing.html", context, status=404)
        patch_cache_control(response, public=True, max_age=MINUTES)
        return response

    return wrapped


def edition_of(request: BookRequest, number: int | None) -> Edition | None:
    """The edition asked for: the one in force when none is named."""
    if number is None:
        return request.edition
    found = Edition.objects.filter(number=number).first()
    if found is None:
        raise Missing
    return found


@public
def register(request: BookRequest, number: int | None = None) -> HttpResponse:
    """The book with its search."""
    edition = edition_of(request, number)
    if edition is None:
        return render(request, HERE + "empty.html")
    asked = ("q", "organ", "department", "sensitive")
    wanted = {name: FORBIDDEN.sub("", request.GET.get(name, "")[:200]) for name in asked}
    search = Search(wanted["q"], wanted["organ"], wanted["department"], wanted["sensitive"])
    found = book.find(edition, search, request.GET.get("page"))
    before = book.earlier(edition)
    context = {
        "edition": edition,
        "label": presenters.edition_label(edition),
        "number": number,
        "wanted": wanted,
        "narrowed": search.narrows,
        "found": found,
        "page": found.page,
        "rows": presenters.rows(found, number),
        "most": book.MOST,
        "before": before,
        "changed": edition.added + edition.changed + edition.removed,
        **book.filters(edition),
    }
    return render(request, HERE + "list.html", context)


@public
def entry(request: BookRequest, key: str, number: int | None = None) -> HttpResponse:
    """One entry, its cells in the order of the form."""
    found = _entry(request, key, number)
    context = {
        "entry": found,
        "edition": found.edition,
        "number": number,
        "label": presenters.edition_label(found.edition),
        "row": presenters.row(found, number),
        "appearances": presenters.appearances(book.appearances(key)[:20]),
    }
    return render(request, HERE + "entry.html", context)


def _entry(request: BookRequest, key: str, number: int | None) -> EditionEntry:
    edition = edition_of(request, number)
    found = book.entry(edition, key) if edition else None
    if found is None:
        raise Missing(book.last_standing(key))
    return found


@public
def editions(request: BookRequest) -> HttpResponse:
    """Every edition there was."""
    page = Paginator(Edition.objects.all(), book.PAGE).get_page(request.GET.get("page"))
    rows = [{"edition": edition, "label": presenters.edition_label(edition)} for edition in page]
    return render(request, HERE + "editions.html", {"rows": rows, "page": page})


@public
def changes(request: BookRequest, number: int) -> HttpResponse:
    """What came, changed and went since the edition before, or since another one (`?since=`)."""
    new = _whole(request, number)
    since = request.GET.get("since", "")
    old = edition_of(request, int(since)) if since.isdecimal() and len(since) < 9 else book.earlier(new)
    if old and old.number >= new.number:
        raise Missing
    others = Edition.objects.filter(number__lt=new.number)[:50]
    context = {**presenters.changes_of(book.difference(old, new)), "others": others}
    return render(request, HERE + "changes.html", context)


@public
def entry_pdf(request: BookRequest, key: str, number: int | None = None) -> HttpResponseBase:
    """One entry as the official form."""
    return exports.entry_pdf(_entry(request, key, number))


@public
def entry_excel(request: BookRequest, key: str, number: int | None = None) -> HttpResponseBase:
    """One entry as the official form, as a workbook."""
    return exports.entry_excel(_entry(request, key, number))


@public
def whole_csv(request: BookRequest, number: int | None = None) -> HttpResponseBase:
    """A whole edition as CSV."""
    return exports.whole_csv(_whole(request, number))


@public
def whole_json(request: BookRequest, number: int | None = None) -> HttpResponseBase:
    """A whole edition as JSON."""
    return exports.whole_json(_whole(request, number))


def _whole(request: BookRequest, number: int | None) -> Edition:
    edition = edition_of(request, number)
    if edition is None:
        raise Missing
    return edition


@public
def about_data(request: BookRequest) -> HttpResponse:
    """What the columns of the CSV and the members of the JSON mean."""
    return render(request, HERE + "about_data.html", {"columns": presenters.columns()})


@public
def missing(request: BookRequest, rest: str) -> HttpResponse:
    """Anything else under /register/."""
    raise Missing
