"""Units as they were on a past day, out of their field history: name, 部 above, kind, organ.

The history knows when a change was written down. Before the first version it holds, that first version is the nearest
known; a unit without history is shown as it is. First and last day are facts of their own and stay those of today.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nerima_privacy.calendars.periods import end_of, today
from roles.models import Unit

SHOWN = ("name", "organ_id", "parent_id", "is_department", "is_section", "is_school", "address")


def as_of(units: Iterable[Unit], on: date) -> list[Unit]:
    """Copies of the units as they were on a day, to be shown and never saved; three queries, none from today on."""
    rows = list(units)
    if on >= today():
        return rows
    known = _versions([unit.pk for unit in rows], on)
    then = [_dressed(unit, known.get(unit.pk)) for unit in rows]
    above = Unit.objects.in_bulk({unit.parent_id for unit in then if unit.parent_id})
    known_above = _versions(above, on)
    parents = {pk: _dressed(unit, known_above.get(pk)) for pk, unit in above.items()}
    for unit in then:
        unit.parent = parents.get(unit.parent_id) if unit.parent_id else None
    return then


def with_version(units: QuerySet[Unit], on: date) -> QuerySet[Unit]:
    """Each unit with the key of its version of the day (`version`), for `named_then` and `above_then`."""
    return units.alias(version=_version_of("pk", on))


def named_then(word: str) -> Exists:
    """Whether a unit, or its 部, bore the word in its name; asks for `with_version`."""
    version = Unit.history.filter(history_id=OuterRef("version"))
    return Exists(version.filter(name__icontains=word) | version.filter(parent__name__icontains=word))


def above_then() -> Subquery[Any]:
    """The code of the 部 above a unit; null where there was none, or no history. Asks for `with_version`."""
    return Subquery(Unit.history.filter(history_id=OuterRef("version")).values("parent__code")[:1])


def _versions(ids: Iterable[int], on: date) -> dict[int, Any]:
    rows = Unit.history.filter(id__in=list(ids), history_id=_version_of("id", on)).select_related("organ")
    return {row.id: row for row in rows}


def _version_of(key: str, on: date) -> Coalesce:
    """The last version written by the end of the day, else the first there is."""
    versions = Unit.history.filter(id=OuterRef(key)).exclude(history_type="-")
    last = versions.filter(history_date__lt=end_of(on)).order_by("-history_date", "-history_id")
    first = versions.order_by("history_date", "history_id")
    return Coalesce(Subquery(last.values("history_id")[:1]), Subquery(first.values("history_id")[:1]))


def _dressed(unit: Unit, version: Any) -> Unit:
    then = copy(unit)
    then._state = copy(unit._state)
    then._state.fields_cache = dict(unit._state.fields_cache)
    if version is not None:
        for name in SHOWN:
            setattr(then, name, getattr(version, name))
        then.organ = version.organ
    return then
