"""The side menu: areas register their lines from AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import NoReverseMatch, resolve, reverse
from django.urls.exceptions import Resolver404

from nerima_privacy.web.remembering import remembered

GROUPS = ["", "ファイルと届出", "組織", "確かめる"]
BADGE_SECONDS = 30
SENT = "sent"  # how often the session has sent a form


@dataclass(frozen=True)
class MenuItem:
    """A line of the menu. `seats` limits it to holders of one of them; None shows it to everybody.

    `badge(person, holdings)` gives the number that waits, or the rows that do: those of all lines are counted in one
    query. 0 or None shows nothing. It is asked again after anything the person sends, and otherwise twice a minute:
    what others do shows that much later.
    The menu grants nothing: each page asks its own policy.
    """

    group: str
    label: str
    url_name: str
    order: int = 50
    seats: frozenset[str] | set[str] | None = None
    badge: Callable[[Any, Any], QuerySet[Any] | int | None] | None = field(default=None, compare=False)


_items: dict[str, MenuItem] = {}


def register(item: MenuItem) -> None:
    """Add a line; a later registration of the same address takes the place of the earlier."""
    _items[item.url_name] = item


def lines_for(request: Any) -> list[dict[str, Any]]:
    """Groups of lines the person of the request may see, the current one marked."""
    holdings = getattr(request, "holdings", None)
    here, badges = _here(request), _badges(request, holdings)
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in sorted(_items.values(), key=_place):
        if not _offered(item, holdings):
            continue
        try:
            url = reverse(item.url_name)
        except NoReverseMatch:
            continue
        groups.setdefault(item.group, []).append(
            {
                "label": item.label,
                "url": url,
                "badge": badges.get(item.url_name),
                "current": _current(item, url, request.path, here),
            }
        )
    _mark_one([line for lines in groups.values() for line in lines], request.path)
    return [{"label": label, "lines": lines} for label, lines in groups.items()]


def _offered(item: MenuItem, holdings: Any) -> bool:
    return item.seats is None or bool(holdings and holdings.has(*item.seats))


def _badges(request: Any, holdings: Any) -> dict[str, int | None]:
    """The number beside each line, kept for the person in these posts until the person sends something."""
    posts = [post.pk for post in holdings.appointments] if holdings else []
    day = holdings.on.isoformat() if holdings else ""
    key = f"menu:{request.user.pk}:{day}:{posts}:{request.session.get(SENT, 0)}".replace(" ", "")

    def ask() -> dict[str, int | None]:
        asked = [item for item in _items.values() if _offered(item, holdings)]
        return _counted({item.url_name: item.badge(request.user, holdings) for item in asked if item.badge})

    return remembered(key, ask, BADGE_SECONDS)


def _counted(found: dict[str, Any]) -> dict[str, int | None]:
    """The numbers as they are, and how many rows there are of each queryset, in one query for all."""
    waiting = {name: rows for name, rows in found.items() if isinstance(rows, QuerySet)}
    counts = [
        rows.order_by().annotate(_line=Value(name)).values("_line").annotate(_n=Count("pk")).values_list("_line", "_n")
        for name, rows in waiting.items()
    ]
    counted = dict(counts[0].union(*counts[1:], all=True)) if counts else {}
    return {name: counted.get(name, 0) if name in waiting else number for name, number in found.items()}


def _mark_one(lines: list[dict[str, Any]], path: str) -> None:
    """Where several lines of one area are marked, leave the page itself, or the nearest above it."""
    marked = [line for line in lines if line["current"]]
    if len(marked) < 2:
        return
    near = max(marked, key=lambda line: (line["current"] == "page", len(line["url"]) * path.startswith(line["url"])))
    for line in marked:
        if line is not near:
            line["current"] = ""


def _place(item: MenuItem) -> tuple[int, int, str]:
    return (GROUPS.index(item.group) if item.group in GROUPS else len(GROUPS), item.order, item.label)


def _here(request: Any) -> str:
    try:
        return resolve(request.path_info).namespace
    except Resolver404:
        return ""


def _current(item: MenuItem, url: str, path: str, namespace: str) -> str:
    """`page` on the page itself, `true` on a page under it."""
    if url == path:
        return "page"
    under = namespace and item.url_name.partition(":")[0] == namespace and ":" in item.url_name
    return "true" if under else ""
