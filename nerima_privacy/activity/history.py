"""Who and why on the rows django-simple-history writes.

A request's middleware names the person only. A verb calls `attribute()` before it saves, wraps several saves in
`attributed()`, and writes many rows through `create_many()` / `update_many()` / `change_many()`: plain bulk methods
leave no history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

if TYPE_CHECKING:
    from roles.models import Person

Row = TypeVar("Row", bound=models.Model)
BATCH = 500

_attribution: ContextVar[tuple[Person, str] | None] = ContextVar("history_attribution", default=None)
_nobody: list[Callable[[], Person | None]] = []


def attribute_rest_to(system: Callable[[], Person | None]) -> None:
    """In whose name a history row stands that neither a request nor a verb attributed. The app of people says it."""
    _nobody[:] = [system]


def attribute(obj: Row, *, actor: Person, reason: str = "") -> Row:
    """Name who changes `obj` and why; the next `save()` and every change of its sets writes it to the history."""
    obj._history_user = actor  # type: ignore[attr-defined]  # simple_history reads both from the object
    obj._change_reason = reason or None  # type: ignore[attr-defined]  # see above
    return obj


@contextmanager
def attributed(*, actor: Person, reason: str = "") -> Iterator[None]:
    """Name who and why for every history row written inside, where the object itself was not told."""
    token = _attribution.set((actor, reason))
    try:
        yield
    finally:
        _attribution.reset(token)


def create_many(model: type[Row], objs: Iterable[Row], *, actor: Person, reason: str = "") -> list[Row]:
    """`bulk_create` that leaves the history single saves would. Does not write many-to-many sets."""
    created: list[Row] = bulk_create_with_history(
        list(objs), model, batch_size=BATCH, default_user=actor, default_change_reason=reason or None
    )
    return created


def update_many(
    model: type[Row], objs: Iterable[Row], fields: Sequence[str], *, actor: Person, reason: str = ""
) -> int:
    """`bulk_update` that leaves the history single saves would. Returns the number of rows changed.

    Without fields only the history is written, of rows changed already.
    """
    changed: int = bulk_update_with_history(
        list(objs), model, fields, batch_size=BATCH, default_user=actor, default_change_reason=reason or None
    )
    return changed


def change_many(rows: Sequence[Row], values: Mapping[str, Any], *, actor: Person, reason: str = "") -> None:
    """Give many rows the same values by one UPDATE, with the history single saves would leave.

    The rows are those the caller has locked; in memory they are changed too.
    """
    if not rows:
        return
    model = type(rows[0])
    for row in rows:
        for field, value in values.items():
            setattr(row, field, value)
    model._default_manager.filter(pk__in=[row.pk for row in rows]).update(**values)
    update_many(model, rows, [], actor=actor, reason=reason)


def fill_in(*, instance: models.Model, history_instance: Any, **kwargs: Any) -> None:
    """Complete a history row about to be written from the surrounding `attributed()`; the object's own words win.

    What nobody is named for was done by the system itself: outside a request, outside a verb.
    """
    around = _attribution.get()
    if around is not None:
        actor, reason = around
        if not hasattr(instance, "_history_user"):
            history_instance.history_user = actor
        if history_instance.history_change_reason is None:
            history_instance.history_change_reason = reason or None
    if history_instance.history_user_id is None and _nobody:
        history_instance.history_user = _nobody[0]()
