"""Tables whose rows are written once: `protect(Model)` from `AppConfig.ready()`; history is always among them.

The application refuses first, in words (`AppendOnlyModel`); the database refuses whatever gets past it (triggers.py).
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.apps import apps
from django.db import models


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row that is written once."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"{model._meta.verbose_name}は追記だけで、変更も削除もできません（{model._meta.label}）")


class AppendOnlyQuerySet(models.QuerySet):
    """Reads and inserts; every way to change or delete raises AppendOnlyError before it reaches the database."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(self.model)

    update = delete = bulk_update = update_or_create = _refuse
    aupdate = adelete = abulk_update = aupdate_or_create = _refuse

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_conflicts"):
            raise AppendOnlyError(self.model)
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnlyModel(models.Model):
    """A row that is inserted once. Protect its subclass as well, so that the database knows."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(type(self))
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(type(self))


_protected: list[type[models.Model]] = []


def protect(*protected: type[models.Model]) -> None:
    """Have the database refuse to change or delete rows of these models, from the next `migrate` on."""
    _protected.extend(model for model in protected if model not in _protected)


def protected_models() -> list[type[models.Model]]:
    """Those protected by name, and every table django-simple-history writes."""
    from simple_history.models import HistoricalChanges

    histories = [model for model in apps.get_models() if issubclass(model, HistoricalChanges)]
    return [*_protected, *(model for model in histories if model not in _protected)]
