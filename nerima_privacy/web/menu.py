"""The side menu: areas register their lines from AppConfig.ready()."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, resolve, reverse
from django.urls.exceptions import Resolver404

from nerima_privacy.web.remembering import remembered
from nerima_privacy.web.together import how_many, number, read

GROUPS = ["", "ファイルと届出", "組織", "確かめる"]
BADGE_SECONDS = 30
SENT = "sent"  # how often the session has sent a form


@dataclass(frozen=True)
class MenuItem:
    """A line of the menu. `seats` limits it to holders of one of them; None shows it to everybody.

    `badge(person, holdings)` gives the number that waits, or the rows to be counted; 0 or None shows nothing. The rows
    of all badges are counted in one query, again after anything the person sends, and otherwise twice a minute: what
    others do shows that much later.
    The menu grants nothing: each page asks its own policy.
    """

    group: str
    label: str
    url_name: str
    order: int = 50
    seats: frozenset[str] | set[str] | None = None
    badge: Callable[[Any, Any], "QuerySet[Any] | int | None"] | None = field(default=None, compare=False)


_items: dict[str, MenuItem] = {}


def register(item: MenuItem) -> None:
    """Add a line; a later registration of the same address takes the place of the earlier."""
    _items[item.url_name] = item


def lines_for(request: Any, badges: Mapping[str, int | None]) -> list[dict[str, Any]]:
    """Groups of lines the person of the request may see, the current one marked."""
    holdings = getattr(request, "holdings", None)
    here = _here(request)
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


def numbers(request: Any) -> tuple[dict[str, int | None], int]:
    """The number beside each line, and how many notices are unread: one query.

    The unread are counted for each page, the lines for the person in these posts until the person sends something.
    """
    holdings, unread = getattr(request, "holdings", None), request.user.notices.filter(read_at=None)
    posts = [post.pk for post in holdings.appointments] if holdings else []
    day = holdings.on.isoformat() if holdings else ""
    key = f"menu:{request.user.pk}:{day}:{posts}:{request.session.get(SENT, 0)}".replace(" ", "")
    counted: list[int] = []

    def lines() -> dict[str, int | None]:
        asked = [item for item in _items.values() if _offered(item, holdings)]
        found = {item.url_name: item.badge(request.user, holdings) for item in asked if item.badge}
        rows = {name: how_many(of) for name, of in found.items() if isinstance(of, QuerySet)}
        answers = [number(of) for of in read([how_many(unread), *rows.values()])]
        counted.append(answers[0])
        known = {name: of for name, of in found.items() if not isinstance(of, QuerySet)}
        return known | dict(zip(rows, answers[1:], strict=True))

    badges = remembered(key, lines, BADGE_SECONDS)
    return badges, counted[0] if counted else unread.count()


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
