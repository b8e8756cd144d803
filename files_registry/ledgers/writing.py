"""How a line comes into a ledger, and `note()`: the door by which upper areas write lines of their own (第15条)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import seat_over
from files_registry.catalogue.searching import normalise
from files_registry.ledgers.checks import for_kind, limit_of
from files_registry.ledgers.models import EntryKind, LedgerEntry, Medium, Origin
from files_registry.ledgers.rules import class_of
from nerima_privacy.calendars.periods import today
from roles.models import Appointment, Person

NEEDED = (
    *("number", "name", "unit", "status", "held_from", "current"),
    *("current__confidentiality", "current__processing", "current__system_name", "current__retention"),
    *("unit__name", "unit__code", "unit__is_department", "unit__valid_to"),
    *("unit__parent__name", "unit__parent__is_department", "unit__parent__valid_to"),
)
SEARCHED = ("purpose", "scope", "place", "counterpart", "method", "witness", "remarks", "done_by", "source_label")


def lock_for_line(pk: int) -> PersonalInformationFile:
    """The file, locked until the transaction ends, with no more of it than a line needs.

    The lock keeps two writers apart and lets others refer to the file meanwhile (PostgreSQL: FOR NO KEY UPDATE).
    """
    files = PersonalInformationFile.objects.select_for_update(of=("self",), no_key=True)
    return files.select_related("current", "unit__parent").only(*NEEDED).get(pk=pk)


def note(
    file: PersonalInformationFile,
    *,
    kind: EntryKind,
    actor: Person,
    source: models.Model | None,
    on: date | None = None,
    done_by: str = "",
    post: Appointment | None = None,
    persons: int | None = None,
    medium: Medium | str = "",
    **words: str,
) -> LedgerEntry:
    """Write a line of a file's ledger within an upper verb: a take-out, a provision, the end of a contract.

    For `handling`, `provision`, `outsourcing`: called inside the verb's transaction. It asks no right and leaves no
    entry in the activity record, for the verb has done both. `source` is what the line arrived from (a request, a
    contract); the ledger leads back to it by its `get_absolute_url()`. `words`: purpose, scope, place, counterpart,
    method, witness, remarks; cut to what a column holds. Raises RuntimeError outside a transaction, TypeError for a
    column the ledger does not have.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("note() is called inside the transaction of the verb")
    if unknown := set(words) - set(SEARCHED):
        raise TypeError(f"the ledger has no column {', '.join(sorted(unknown))}")
    data = {"persons": persons, "medium": medium, "kind": kind} | words
    entry = build(
        file, kind=kind, on=on or today(), done_by=done_by or actor.name, data=cut(data), actor=actor, post=post
    )
    entry.origin = Origin.PART
    if source is not None:
        entry.source_type = ContentType.objects.get_for_model(source)
        entry.source_id = source.pk
        entry.source_label = str(source)[:160]
        address = getattr(source, "get_absolute_url", None)
        entry.source_url = str(address())[:200] if address else ""
        entry.search_text = searched(entry)
    entry.save()
    return entry


def cut(data: Mapping[str, Any]) -> dict[str, Any]:
    """Texts of other parts, on one line and no longer than a column."""
    return {
        name: " ".join(value.split())[: limit_of(LedgerEntry, name)] if isinstance(value, str) else value
        for name, value in data.items()
    }


def build(
    file: PersonalInformationFile,
    *,
    kind: str,
    on: date,
    done_by: str,
    data: Mapping[str, Any],
    actor: Person,
    post: Appointment | None = None,
) -> LedgerEntry:
    """A line, unsaved. `post` is the seat of who writes it down; found where it is not given."""
    post = post or seat_over(actor, file.unit)
    entry = LedgerEntry(
        file=file,
        kind=kind,
        on=on,
        done_by=done_by[:60],
        entered_by=actor,
        entered_post=post.label[:120] if post else "",
        confidentiality=class_of(file),
        **for_kind({**data, "kind": kind}),
    )
    entry.search_text = searched(entry)
    return entry


def searched(entry: LedgerEntry) -> str:
    """What the words of the filter are looked for in."""
    return normalise("\n".join(str(getattr(entry, name)) for name in SEARCHED))
