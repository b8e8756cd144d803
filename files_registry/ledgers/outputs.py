"""The verbs of taking ledgers out as Excel, CSV or PDF (出力, 第11条第1項・第15条).

What leaves the system is an act of its own: the entry is written before the first line is sent, in a transaction that
is over by then, so that nothing goes out unrecorded however the sending ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from files_registry.catalogue.gates import open_together
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import seat_over
from files_registry.ledgers import policies, queries
from files_registry.ledgers.models import LedgerEntry
from nerima_privacy.activity.recording import record
from nerima_privacy.documents.typst_pdf import MOST_ON_PAPER
from nerima_privacy.refusals import MoveRefused
from roles.models import Person, Unit

FORMS = {"xlsx": "Excel", "csv": "CSV", "pdf": "PDF"}


@dataclass(frozen=True)
class Output:
    """The lines that were taken out, and how many the entry says they are."""

    lines: QuerySet[LedgerEntry]
    count: int


@transaction.atomic
def output_ledger(file_pk: int, *, form: str, wanted: Mapping[str, Any], actor: Person) -> Output:
    """Take out the ledger of one file, as filtered by `wanted` (kind, year, words).

    By whoever has 出力 and 閲覧 over the file (第11条第1項); the gate has recorded the opening. Raises
    PermissionDenied, MoveRefused (more lines than a paper is read with).
    """
    file = PersonalInformationFile.objects.select_related("current", "unit__parent").get(pk=file_pk)
    policies.let(policies.can_export(actor, file))
    lines, count = queries.counted(queries.filtered(policies.entries_of(file), wanted))
    _check_paper(form, count)
    facts = _facts(form, wanted, count)
    record("ledger.output", actor=actor, subject=file, post=policies.post_of(actor, file), facts=facts)
    return Output(lines, count)


@transaction.atomic
def output_unit(unit_pk: int, *, form: str, wanted: Mapping[str, Any], purpose: str = "", actor: Person) -> Output:
    """Take out the ledgers of a unit together: of its files, those over which `actor` has 出力 and 閲覧 now.

    By its 保護責任者 and 保護担当者 over all, by others over what was granted (第11条第1項). Each file is opened by it
    (第11条第3項): the purpose is asked once for all, where one of them is of a class that asks for it, since taking
    them out together is one act with one purpose; it stands at the opening of each. Raises PermissionDenied,
    MoveRefused (more lines than a paper is read with), Invalid.
    """
    unit = Unit.objects.select_related("parent").get(pk=unit_pk)
    files = policies.exports_of(actor, unit)
    policies.let(files.exists())
    lines, count = queries.counted(queries.of_files(files, wanted))
    _check_paper(form, count)
    opened = open_together(actor, files, purpose)
    facts = _facts(form, wanted, count) | {"files": files.count(), "opened": opened}
    post = seat_over(actor, unit)
    record("ledger.unit_output", actor=actor, subject=unit, post=post, reason=purpose.strip(), facts=facts)
    return Output(lines, count)


def _check_paper(form: str, count: int) -> None:
    if form == "pdf" and count > MOST_ON_PAPER:
        raise MoveRefused(
            f"{count:,}件あります。PDF にできるのは{MOST_ON_PAPER:,}件までです。"
            "年度か取扱いでしぼりこむか、Excel で受け取ってください。"
        )


def _facts(form: str, wanted: Mapping[str, Any], count: int) -> dict[str, Any]:
    """What was asked for; of words only that there were some, for they may name somebody."""
    year = int(wanted["year"]) if "year" in wanted else None
    return {"form": form, "year": year, "kind": wanted.get("kind", ""), "words": "q" in wanted, "lines": count}
