"""The field history of a record in plain Japanese: who, when, why, which field, from what to what."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords
from simple_history.utils import get_history_manager_for_model, get_m2m_reverse_field_name

from nerima_privacy.calendars.eras import wareki, wareki_time

KINDS = {"+": "登録しました", "~": "変更しました", "-": "削除しました"}
NOBODY = "システム（自動処理）"
EMPTY = "（空）"


@dataclass(frozen=True)
class Change:
    """One field of one version: its Japanese name, the value before and the value after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryItem:
    """One version. `changes` of a first version lists what it was registered with, `before` empty."""

    at: datetime
    who: str
    what: str
    reason: str
    first: bool
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class HistoryPage:
    """A page of versions, newest first."""

    items: list[HistoryItem]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def next_number(self) -> int:
        return self.number + 1

    @property
    def previous_number(self) -> int:
        return self.number - 1


def history(obj: models.Model, *, page: int = 1, per_page: int = 20) -> HistoryPage:
    """A page of the field history of `obj`: one query, and one for each of its many-to-many sets."""
    manager = get_history_manager_for_model(type(obj))
    model = manager.model
    start = (page - 1) * per_page
    relations = [f.name for f in model.tracked_fields if isinstance(f, models.ForeignKey)]
    rows = list(
        manager.filter(**{obj._meta.pk.attname: obj.pk})
        .select_related("history_user", *relations)
        .order_by("-history_date", "-history_id")[start : start + per_page + 1]
    )
    sets = {f: _sets_by_row(f, rows) for f in model._history_m2m_fields}
    before = [*rows[1:], None]
    items = [
        HistoryItem(
            at=row.history_date,
            who=row.history_user.name if row.history_user_id else NOBODY,
            what=KINDS[row.history_type],
            reason=row.history_change_reason or "",
            first=row.history_type == "+",
            changes=_changes(row, earlier, sets),
        )
        for row, earlier in zip(rows[:per_page], before, strict=False)
    ]
    return HistoryPage(items=items, number=page, has_next=len(rows) > per_page)


def _changes(row: Any, earlier: Any, sets: dict[Any, dict[int, list[str]]]) -> list[Change]:
    if row.history_type == "-" or (earlier is None and row.history_type != "+"):
        return []  # nothing to set beside it: a row written in bulk before its history began, or the end
    found = []
    for tracked in row.tracked_fields:
        if not tracked.editable or tracked.primary_key:
            continue
        old = getattr(earlier, tracked.attname) if earlier else None
        new = getattr(row, tracked.attname)
        if (old != new) if earlier else (new not in (None, "")):
            was = shown(earlier, tracked) if earlier else ""
            found.append(Change(str(tracked.verbose_name), was, shown(row, tracked)))
    for many, by_row in sets.items():
        old_names = by_row.get(earlier.pk, []) if earlier else []
        new_names = by_row.get(row.pk, [])
        if old_names != new_names:
            was = _names(old_names) if earlier else ""
            found.append(Change(str(many.verbose_name), was, _names(new_names)))
    return found


def _sets_by_row(many: Any, rows: Iterable[Any]) -> dict[int, list[str]]:
    """history_id -> sorted names of the set as it was in that version."""
    model = HistoricalRecords.m2m_models[many]
    target = get_m2m_reverse_field_name(many)
    found: dict[int, list[str]] = {}
    for link in model.objects.filter(history__in=[row.pk for row in rows]).select_related(target):
        found.setdefault(link.history_id, []).append(_related(link, target))
    return {pk: sorted(names) for pk, names in found.items()}


def _names(names: list[str]) -> str:
    return "、".join(names) or EMPTY


def _related(row: Any, name: str) -> str:
    key = getattr(row, f"{name}_id")
    if key is None:
        return EMPTY
    target = getattr(row, name)
    return str(target) if target is not None else f"（記録なし {key}）"


def shown(row: Any, tracked: Any) -> str:
    """The value of a field as a person reads it."""
    value = getattr(row, tracked.attname)
    if isinstance(tracked, models.ForeignKey):
        return _related(row, tracked.name)
    if value is None or value == "":
        return EMPTY
    if tracked.flatchoices:
        return str(dict(tracked.flatchoices).get(value, value))
    return plain(value)


def plain(value: Any) -> str:
    """はい／いいえ, dates by era, lists and structures as text."""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, datetime):
        return wareki_time(value)
    if isinstance(value, date):
        return wareki(value)
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return _names([str(item) for item in value])
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return str(value)
