"""Whether grants and guardian's rows agree (第11条): each difference named, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from files_registry.access.models import FIELDS, FileGroupRight, FileUserRight, Grant, GrantStatus


@dataclass(frozen=True)
class Difference:
    """One difference: which grant, and what does not agree."""

    grant: int
    words: str

    def __str__(self) -> str:
        return f"許可{self.grant}　{self.words}"


def differences() -> Iterator[Difference]:
    """Rows without a grant in force, rows that say something else than their grant, and grants without their row."""
    for rows, whose in _tables():
        for row in rows.exclude(grant__status=GrantStatus.GRANTED).order_by("grant", "pk").iterator():
            yield Difference(row.grant_id, f"効力のない許可に、権利の行{row.pk}が残っています")
        unlike = _unlike(whose)
        for row in rows.filter(unlike, grant__status=GrantStatus.GRANTED).order_by("grant", "pk").iterator():
            yield Difference(row.grant_id, f"権利の行{row.pk}が、許可と違う人、ファイル、期間または権限を指します")
    for right, field in FIELDS.items():
        for rows, whose in _tables():
            there = rows.filter(grant=OuterRef("pk"), permission__codename=right.value)
            in_force = Grant.objects.filter(status=GrantStatus.GRANTED, **{field: True, f"{whose}__isnull": False})
            for pk in in_force.filter(~Exists(there)).order_by("pk").values_list("pk", flat=True).iterator():
                yield Difference(pk, f"「{right.label}」の権利の行がありません")


def _tables() -> list[tuple[QuerySet[FileUserRight] | QuerySet[FileGroupRight], str]]:
    return [(FileUserRight.objects.all(), "person"), (FileGroupRight.objects.all(), "group")]


def _unlike(whose: str) -> Q:
    other = ~Q(user=F("grant__person")) if whose == "person" else ~Q(group=F("grant__group__group"))
    other |= Q(**{f"grant__{whose}": None})
    other |= ~Q(content_object=F("grant__file")) | ~Q(unit=F("grant__unit"))
    other |= ~Q(begins_at=F("grant__begins_at")) | ~Q(ends_at=F("grant__ends_at"))
    for right, field in FIELDS.items():
        other |= Q(permission__codename=right.value, **{f"grant__{field}": False})
    return other | ~Q(permission__codename__in=[right.value for right in FIELDS])
