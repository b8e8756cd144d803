"""Tables whose rows are written once: `protect(Model)` from `AppConfig.ready()`; history is always among them."""

from __future__ import annotations

from django.apps import apps
from django.db import models

_protected: list[type[models.Model]] = []


def protect(*protected: type[models.Model]) -> None:
    """Have the database refuse to change or delete rows of these models (triggers.py installs it after migrate)."""
    _protected.extend(model for model in protected if model not in _protected)


def protected_models() -> list[type[models.Model]]:
    """Those protected by name, and every table django-simple-history writes."""
    from simple_history.models import HistoricalChanges

    histories = [model for model in apps.get_models() if issubclass(model, HistoricalChanges)]
    return [*_protected, *(model for model in histories if model not in _protected)]
