"""The book as residents read it (法第75条第1項): no login, no session, editions and entries only."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from files_registry.register import book, exports, presenters
from files_registry.register.book import Search
from files_registry.register.models import Edition
from nerima_privacy.web.text import FORBIDDEN

HERE = "files_registry/register/public/"
MINUTES = 5 * 60


class Missing(Http404):
    """Nothing stands here; `entry` is what stood here in an earlier edition."""

    def __init__(self, entry=None):
        super().__init__()
        self.entry = entry


def _mark(request, *args, **kwargs):
    """An edition never changes: its pages are the same until there is another one."""
    edition = request.edition = book.current()
    return f'"{edition.digest[:32]}"' if edition else None


def public(view):
    """Open to everybody, read only, kept by caches for minutes, and lost in the public look."""

    @login_not_required
    @require_safe
    @condition(etag_func=_mark)
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except Missing as missing:
            context = {"last": missing.entry and presenters.row(missing.entry, missing.entry.edition.number)}
            return render(request, HERE + "missing.html", context, status=404)
        patch_cache_control(response, public=True, max_age=MINUTES)
        return response

    return wrapped


def edition_of(request, number):
    """The edition asked for: the one in force when none is named."""
    if number is None:
        return request.edition
    found = Edition.objects.filter(number=number).first()
    if found is None:
        raise Missing
    return found


@public
def register(request, number=None):
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
def entry(request, key, number=None):
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


def _entry(request, key, number):
    edition = edition_of(request, number)
    found = book.entry(edition, key) if edition else None
    if found is None:
        raise Missing(book.last_standing(key))
    return found


@public
def editions(request):
    """Every edition there was."""
    page = Paginator(Edition.objects.all(), book.PAGE).get_page(request.GET.get("page"))
    rows = [{"edition": edition, "label": presenters.edition_label(edition)} for edition in page]
    return render(request, HERE + "editions.html", {"rows": rows, "page": page})


@public
def changes(request, number):
    """What came, changed and went since the edition before, or since another one (`?since=`)."""
    new = edition_of(request, number)
    since = request.GET.get("since", "")
    old = edition_of(request, int(since)) if since.isdecimal() and len(since) < 9 else book.earlier(new)
    if old and old.number >= new.number:
        raise Missing
    others = Edition.objects.filter(number__lt=new.number)[:50]
    context = {**presenters.changes_of(book.difference(old, new)), "others": others}
    return render(request, HERE + "changes.html", context)


@public
def entry_pdf(request, key, number=None):
    """One entry as the official form."""
    return exports.entry_pdf(_entry(request, key, number))


@public
def entry_excel(request, key, number=None):
    """One entry as the official form, as a workbook."""
    return exports.entry_excel(_entry(request, key, number))


@public
def whole_csv(request, number=None):
    """A whole edition as CSV."""
    return exports.whole_csv(_whole(request, number))


@public
def whole_json(request, number=None):
    """A whole edition as JSON."""
    return exports.whole_json(_whole(request, number))


def _whole(request, number):
    edition = edition_of(request, number)
    if edition is None:
        raise Missing
    return edition


@public
def about_data(request):
    """What the columns of the CSV and the members of the JSON mean."""
    return render(request, HERE + "about_data.html", {"columns": presenters.columns()})


@public
def missing(request, rest):
    """Anything else under /register/."""
    raise Missing
