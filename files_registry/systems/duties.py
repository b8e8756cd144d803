"""What 第5条第4項 asks: who keeps files in a system works with its administrator, who is named and with whom is agreed.

Findings of links lead to the page of a system or a file, which everybody who oversees may open.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.urls import reverse

from files_registry.catalogue.models import FileStatus, PersonalInformationFile, ProcessingKind
from files_registry.systems.models import SystemFile
from files_registry.systems.queries import (
    agreed_on,
    in_office,
    lacking_any,
    links_on,
    overdue,
)
from files_registry.systems.queries import lacking as missing_topic
from nerima_privacy.duties.lacking import Due, in_order, lacking, tallied
from nerima_privacy.duties.registry import Asked, Finding, Outcome, Scope, duty
from nerima_privacy.web.together import Reading, Row, counted, reading
from roles.seats import Seat

IN_A_SYSTEM = Q(current__processing=ProcessingKind.COMPUTERISED) | ~Q(current__system_name="")
PAIR = ("system", "system__name", "file__unit", "file__unit__name", "valid_from")


def _in(rows: QuerySet[Any], scope: Scope, unit: str) -> QuerySet[Any]:
    return rows if scope.units is None else rows.filter(**{f"{unit}__in": scope.units})


def _pairs(links: QuerySet[SystemFile]) -> Reading:
    """(unit, in how many systems it keeps files)."""
    rows = links.order_by().values("file__unit").annotate(how_many=Count("system", distinct=True))
    return Reading(rows, ("file__unit", "how_many"))


def _first(rows: Iterable[Any]) -> dict[tuple[int, int], Any]:
    """One row for each pair of system and unit: that of the file linked first."""
    found: dict[tuple[int, int], Any] = {}
    for row in sorted(rows, key=lambda row: (row[4], row[0], row[2])):
        found.setdefault((row[0], row[2]), row)
    return found


@duty("systems.administered", article="5-4", title="情報システムの管理者", seat=Seat.PROTECTION_MANAGER)
def administered(scope: Scope) -> Asked:
    """Each system that holds a file has a named administrator who is still there (第5条第4項).

    A finding for each unit whose files are in it, and for the unit that runs it, which can put it right.
    """
    links = links_on(scope.on)
    bare = links.exclude(system__in=in_office(scope.on).values("system"))  # looked up once, not for each link
    columns = (*PAIR, "system__unit", "system__unit__name")
    concerned = Q() if scope.units is None else Q(file__unit__in=scope.units) | Q(system__unit__in=scope.units)
    found, by_unit = yield [reading(bare.filter(concerned), *columns), _pairs(_in(links, scope, "file__unit"))]
    subjects: dict[int | None, int] = dict(by_unit)
    findings = []
    owners: dict[tuple[int, int], Any] = {}
    for row in _first(found).values():
        findings += [_without(row, row[2])] if scope.units is None or row[2] in scope.units else []
        owners.setdefault((row[0], row[5]), row)
    known = {(row[0], row[2]) for row in found}
    for (system, owner), row in owners.items():
        if (system, owner) not in known and (scope.units is None or owner in scope.units):
            findings.append(_without(row, owner))
            subjects[owner] = subjects.get(owner, 0) + 1
    return Outcome.counted(subjects, findings)


def _without(row: Any, unit_id: int) -> Finding:
    system, name, _, _, since, _, owner = row
    return Finding(
        subject=name,
        url=reverse("systems:detail", args=[system]),
        unit_id=unit_id,
        since=since,
        due_on=None,
        clears=f"情報システムの所管（{owner}）の保護責任者または保護担当者が、いまいる人を管理者に登録すると消えます。",
        key=f"system:{system}:{unit_id}",
    )


@duty("systems.file_linked", article="5-4", title="ファイルのある情報システム", seat=Seat.PROTECTION_MANAGER)
def file_linked(scope: Scope) -> Asked:
    """Of each held file that is processed by computer, or whose record names a system, the register says which."""
    held = Q(status=FileStatus.HELD) | Q(status=FileStatus.CEASED, ceased_on__gt=scope.on)
    held &= Q(held_from=None) | Q(held_from__lte=scope.on)
    files = _in(PersonalInformationFile.objects.filter(held).filter(IN_A_SYSTEM), scope, "unit")
    unlinked = files.filter(~Exists(links_on(scope.on).filter(file=OuterRef("pk"))))

    def word(row: Row) -> Finding:
        pk, name, number, unit_id, since = row
        return Finding(
            subject=f"{name}（{number}）",
            url=reverse("files:detail", args=[pk]),
            unit_id=unit_id,
            since=since,
            due_on=None,
            clears="ファイルの所管の保護責任者または保護担当者が、ファイルを情報システムに結びつけると消えます。",
            key=f"file:{pk}",
        )

    known = TruncDate("created_at")
    since = Greatest(known, Coalesce("held_from", known))
    read = reading(unlinked, "pk", "name", "number", "unit", since)
    found, by_unit = yield [lacking(scope, read, word, due=Due(since, undated=True)), counted(files, "unit")]
    return Outcome.counted(dict(by_unit), in_order(found))


@duty("systems.agreed", article="5-4", title="情報システムの管理者との合意", seat=Seat.PROTECTION_MANAGER)
def agreed(scope: Scope) -> Asked:
    """For each unit and each system with files of it, every topic is agreed with the administrator (第5条第4項)."""
    topics = {row["code"]: row["label"] for row in scope.parameter("system.agreement_topics")}
    links = _in(links_on(scope.on), scope, "file__unit")
    short = links.filter(lacking_any(scope.on, topics))
    missing = [missing_topic(scope.on, code) for code in topics]
    counting = tallied(scope, short, due=Due("valid_from", undated=True), unit="file__unit", of="system")
    found, by_unit = yield [counting if scope.counting else reading(short, *PAIR, *missing), _pairs(links)]
    if scope.counting:
        return Outcome.counted(dict(by_unit), found)
    findings = []
    for (system, unit_id), row in _first(found).items():
        labels = [label for label, lacks in zip(topics.values(), row[5:], strict=True) if lacks]
        findings.append(
            Finding(
                subject=f"{row[1]}（{row[3]}のファイル）　{'、'.join(labels)}",
                url=reverse("systems:pair", args=[system, unit_id]),
                unit_id=unit_id,
                since=row[4],
                due_on=None,
                clears="保護責任者または情報システムの管理者が提案し、相手が同意すると消えます。",
                key=f"pair:{system}:{unit_id}",
            )
        )
    return Outcome.counted(dict(by_unit), findings)


@duty("systems.agreement_reviewed", article="5-4", title="合意の見直し", seat=Seat.PROTECTION_MANAGER)
def agreement_reviewed(scope: Scope) -> Asked:
    """Each agreement is looked at again by the day the two sides set (第5条第4項)."""
    shared = links_on(scope.on).filter(system=OuterRef("system"), file__unit=OuterRef("unit"))
    in_force = _in(agreed_on(scope.on).filter(Exists(shared)), scope, "unit")
    late = _in(overdue(scope.on), scope, "unit")
    columns = ("review_on", "pk", "system", "system__name", "unit", "unit__name", "topic_label", "valid_from")

    def word(row: Row) -> Finding:
        review_on, pk, system, name, unit_id, unit_name, label, since = row
        return Finding(
            subject=f"{name}（{unit_name}のファイル）　{label}",
            url=reverse("systems:pair", args=[system, unit_id]),
            unit_id=unit_id,
            since=since,
            due_on=review_on,
            clears="同じ事項について新しく提案し、相手が同意すると消えます。",
            key=f"agreement:{pk}",
        )

    short = lacking(scope, reading(late, *columns), word, due=Due("review_on"))
    found, by_unit = yield [short, counted(in_force, "unit")]
    return Outcome.counted(dict(by_unit), in_order(found))
