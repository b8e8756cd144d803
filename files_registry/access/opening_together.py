"""Opening many files by one act, such as taking out the ledgers of a whole unit (第11条第2項・第3項).

The purpose is typed once and stands at each file: it is one act with one purpose, and asking it again for each of two
hundred files would only teach people to paste the same words. What was opened a moment ago is not opened again.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Min, QuerySet

from files_registry.access.effective import ENDED, allowed_files, rows_of
from files_registry.access.models import Opening
from files_registry.access.opening import lately, note_use, purpose_errors
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS
from nerima_privacy.law.parameters import parameter
from nerima_privacy.refusals import Invalid
from roles.holdings import Holdings, holdings_of
from roles.models import Person

Files = QuerySet[PersonalInformationFile]


def unopened(person: Person, files: Files) -> Files:
    """Those of the files the person may open and has not opened a moment ago."""
    known = lately(person, refused=False).values("file")
    return files.filter(pk__in=allowed_files(person).order_by().values("pk")).exclude(pk__in=known)


def asks_purpose(person: Person, files: Files) -> bool:
    """Whether one of those still to be opened is of a class whose opening needs its purpose typed."""
    classes = parameter("access.purpose_classes")
    return unopened(person, files).filter(current__confidentiality__in=classes).exists()


def open_together(person: Person, files: Files, purpose: str) -> int:
    """Write an opening of each file not open yet, in one statement; answers how many.

    Called inside the transaction of the verb that opens them, which records. Raises Invalid without a purpose where
    one is asked, RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("open_together() is called inside the transaction of the verb")
    errors = purpose_errors(purpose, asked=asks_purpose(person, files))
    if errors:
        raise Invalid(errors)
    waiting = unopened(person, files).order_by("pk")
    seats, grants = holdings_of(person), _grants(person, waiting)
    written = Opening.objects.bulk_create(
        Opening(file_id=pk, person=person, ground=_ground(seats, pk, unit_id, grants), purpose=purpose.strip())
        for pk, unit_id in waiting.values_list("pk", "unit")
    )
    note_use(person, [opening.file_id for opening in written])
    return len(written)


def _ground(seats: Holdings, pk: int, unit_id: int, grants: Mapping[int, int]) -> str:
    post = seats.post(*UNIT_SEATS, unit_id=unit_id)
    if post is not None:
        return post.label[:140]
    return f"許可{grants[pk]}" if pk in grants else ""


def _grants(person: Person, files: Files) -> dict[int, int]:
    """The first grant by which each of the files is open to the person."""
    alive = files.exclude(status__in=ENDED).order_by().values("pk")
    own, shared = (
        rows.order_by().filter(content_object__in=alive).values_list("content_object").annotate(first=Min("grant"))
        for rows in rows_of(person)
    )
    found: dict[int, int] = {}
    for pk, grant in own.union(shared):
        found[pk] = min(grant, found.get(pk, grant))
    return found
