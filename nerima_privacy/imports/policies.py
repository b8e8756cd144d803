"""Who may see and commit an import: whoever holds the seat its kind asks for."""

from typing import Any

from django.db.models import Q, QuerySet

from nerima_privacy.imports import kinds
from nerima_privacy.imports.models import ImportRun


def visible_to(person: Any) -> QuerySet[ImportRun]:
    """The runs of the kinds the person may import, of a kind that each unit has one's own; nobody else's."""
    allowed = kinds.kinds_for(person)
    shared = Q(kind__in=[kind.key for kind in allowed if not kind.own])
    return ImportRun.objects.filter(shared | Q(kind__in=[kind.key for kind in allowed if kind.own], uploaded_by=person))


def can_import(person: Any, kind: kinds.ImportKind) -> bool:
    """システム管理者 for units and people; 情報公開課 for the register (第10条); a unit for its ledgers (第15条)."""
    return kind.post_for(person) is not None


def can_finish(person: Any, run: ImportRun) -> bool:
    """Who may import the kind; of a kind that each unit has, only who uploaded the table."""
    kind = kinds.kind(run.kind)
    return can_import(person, kind) and (not kind.own or run.uploaded_by_id == person.pk)
