"""Who may see and commit an import: whoever holds the seat its kind asks for."""

from typing import Any

from django.db.models import QuerySet

from nerima_privacy.imports import kinds
from nerima_privacy.imports.models import ImportRun


def visible_to(person: Any) -> QuerySet[ImportRun]:
    """The runs of the kinds the person may import; nobody else learns of them."""
    return ImportRun.objects.filter(kind__in=[kind.key for kind in kinds.kinds_for(person)])


def can_import(person: Any, kind: kinds.ImportKind) -> bool:
    """システム管理者 for units, people and appointments; 情報公開課 for the register (第10条)."""
    return kind.post_for(person) is not None
