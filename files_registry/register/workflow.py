"""The verbs of the book: judge a file (法第75条第2項・第3項), publish an edition (令第21条第5項)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Max, Q
from django.urls import reverse

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.register import policies, queries
from files_registry.register.models import Book, BookNumber, Edition, EditionEntry, EntrySource, ListingDecision
from files_registry.register.questions import Conclusion, conclude
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.notices.outbox import queue
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat


@transaction.atomic
def decide_listing(
    file_pk: int,
    *,
    answers: Mapping[str, Any],
    omitted_cells: Iterable[int] = (),
    reason: str = "",
    actor: Person,
    version_pk: int | None = None,
    seen: int | None = None,
) -> ListingDecision:
    """情報公開課 judges whether the version in force belongs in the book; the answers decide, with their ground.

    `version_pk` is the version that was read and `seen` the latest decision that was (0: none): whoever judged
    something else meanwhile is not overruled unseen. Raises Invalid for an unanswered question, MoveRefused when the
    file is not held or has changed.
    """
    file = PersonalInformationFile.objects.select_for_update().get(pk=file_pk)
    post = policies.decider_post(actor)
    if post is None:
        raise PermissionDenied
    if file.status != FileStatus.HELD or file.current is None:
        raise MoveRefused(
            f"「{file.get_status_display()}」のファイルは判断できません。保有中のファイルだけを判断します。"
        )
    version = file.current
    latest = ListingDecision.objects.filter(version=version).order_by("-pk").first()
    if version_pk not in {None, version.pk}:
        raise MoveRefused("読んでいた間に、ファイルの内容が新しい版に変わりました。新しい内容を確かめてください。")
    if seen is not None and seen != (latest.pk if latest else 0):
        raise MoveRefused("読んでいた間に、ほかの人が判断を記録しました。その判断を確かめてください。")
    rules = queries.rules_on()
    told = {**answers, "omitted_cells": sorted(omitted_cells)}
    conclusion = conclude(queries.facts_of(version), told, rules)
    _refuse_unfinished(conclusion, reason)
    decision = ListingDecision.objects.create(
        file=file,
        version=version,
        listed=bool(conclusion.listed),
        ground=conclusion.ground,
        answers={**told, "recorded_persons": version.persons, "min_persons": rules.min_persons},
        omitted_cells=list(conclusion.omitted),
        reason=reason.strip(),
        decided_by=actor,
    )
    facts = {"listed": decision.listed, "ground": decision.ground, "version": version.number}
    record("listing.decided", actor=actor, subject=file, post=post, reason=decision.reason, facts=facts)
    queue(
        "listing.decided",
        to=holders(Seat.PROTECTION_MANAGER, file.unit),
        subject=file,
        title=f"「{file.name}」は、個人情報ファイル簿に{'載ります' if decision.listed else '載りません'}",
        body=conclusion.ground_label,
        url=reverse("editions:decide", args=[file.pk]),
    )
    return decision


def _refuse_unfinished(conclusion: Conclusion, reason: str) -> None:
    if conclusion.listed is None:
        raise Invalid(dict(conclusion.missing))
    if reason.strip():
        return
    if not conclusion.listed:
        raise Invalid({"reason": "載せない理由を書いてください。年度の報告に使います。"})
    if conclusion.omitted:
        raise Invalid({"reason": "記載を省く理由を書いてください（法第75条第3項）。"})


@dataclass
class Tally:
    """How the edition being written differs from the one before."""

    entries: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    latest_change: date | None = None
    units: set[int] = field(default_factory=set)

    def count(self, line: queries.Line) -> None:
        """Take in one line."""
        self.entries += 1
        if line.change == "same":
            return
        self.added += line.change == "added"
        self.changed += line.change == "changed"
        self.units.add(line.file.unit_id)
        current = line.file.current
        self.since((current and current.in_force_from) or line.file.held_from)

    def since(self, day: date | None) -> None:
        """The book cannot be of a day before its latest change."""
        if day and (self.latest_change is None or day > self.latest_change):
            self.latest_change = day


@transaction.atomic
def publish_edition(*, as_of: date, note: str = "", actor: Person, expected: str = "") -> Edition:
    """情報公開課長 publishes the book as it now stands, as one immutable edition.

    `expected` is what the preview showed (`preview_mark`); when something was decided or published since, nothing
    is written. A second click finds nothing to publish. Raises Invalid for `as_of`, MoveRefused otherwise.
    """
    post = policies.publisher_post(actor)
    if post is None:
        raise PermissionDenied
    book = _lock_book()
    previous = queries.latest_edition()
    _refuse_unjudged(previous)
    _refuse_day(as_of, previous)
    edition = Edition(pk=_reserve_key(), number=previous.number + 1 if previous else 1)
    seal = hashlib.sha256(f"{edition.number}:{as_of}".encode())
    tally, batch = Tally(), []
    for line in queries.next_lines(previous):
        tally.count(line)
        batch.append(line)
        if len(batch) == queries.CHUNK:
            _write(batch, edition, book, tally.entries, seal)
            batch = []
    _write(batch, edition, book, tally.entries, seal)
    _count_removed(tally, previous)
    _refuse_idle(tally, previous, as_of, expected)
    book.save(update_fields=["last_number"])
    edition.as_of, edition.published_by, edition.note = as_of, actor, note.strip()[:250]
    edition.entries_count, edition.digest = tally.entries, seal.hexdigest()
    edition.added, edition.changed, edition.removed = tally.added, tally.changed, tally.removed
    edition.save(force_insert=True)
    facts = {name: getattr(tally, name) for name in ("entries", "added", "changed", "removed")}
    record("edition.published", actor=actor, subject=edition, post=post, reason=edition.note, facts=facts)
    _tell_managers(edition, tally.units)
    return edition


def preview_mark(number: int, added: int, changed: int, removed: int) -> str:
    """What a preview showed, so that publishing can tell whether it still holds."""
    return f"{number}:{added}:{changed}:{removed}"


def _lock_book() -> Book:
    """Two people publishing at once wait here for one another; on SQLite the transaction itself does."""
    Book.objects.get_or_create(pk=1)
    return Book.objects.select_for_update().get(pk=1)


def _reserve_key() -> int:
    """The edition's key before its row: entries are written first, so that the row is complete when inserted."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Edition._meta.db_table])
            return int(cursor.fetchone()[0])
    return int(Edition.objects.aggregate(last=Max("pk"))["last"] or 0) + 1


def _write(batch: list[queries.Line], edition: Edition, book: Book, position: int, seal: Any) -> None:
    """One batch: numbers for files new to the book, entries, and what they were made from."""
    first = position - len(batch) + 1
    numbers, entries, sources = [], [], []
    for place, line in enumerate(batch, start=first):
        key = line.key
        if key is None:
            book.last_number += 1
            numbers.append(BookNumber(file=line.file, number=book.last_number))
            key = numbers[-1].key
        entries.append(EditionEntry(edition_id=edition.pk, key=key, position=place, **vars(line.printed)))
        sources.append(
            EntrySource(
                edition_id=edition.pk,
                file=line.file,
                version_id=line.file.current_id,
                decision_id=line.file.decision,
                digest=line.printed.digest,
            )
        )
        seal.update(f"{key}:{line.printed.digest}".encode())
    BookNumber.objects.bulk_create(numbers)
    EditionEntry.objects.bulk_create(entries)
    EntrySource.objects.bulk_create(sources)


def _count_removed(tally: Tally, previous: Edition | None) -> None:
    for source in queries.removed_since(previous):
        tally.removed += 1
        tally.units.add(source.file.unit_id)
        tally.since(source.file.ceased_on)


def _refuse_unjudged(previous: Edition | None) -> None:
    """A file in the book whose new version nobody judged would silently vanish from it."""
    waiting = queries.unjudged_since(previous).count() if previous else 0
    if waiting:
        raise MoveRefused(
            f"載っているファイルのうち、新しい内容の判断がまだのものが{waiting}件あります。先に掲載の判断をしてください。"
        )


def _refuse_day(as_of: date, previous: Edition | None) -> None:
    if as_of > today():
        raise Invalid({"as_of": "これから先の日は選べません。"})
    if previous and as_of < previous.as_of:
        raise Invalid({"as_of": f"第{previous.number}版の日より前の日は選べません。"})


def _refuse_idle(tally: Tally, previous: Edition | None, as_of: date, expected: str) -> None:
    number = previous.number + 1 if previous else 1
    if expected and expected != preview_mark(number, tally.added, tally.changed, tally.removed):
        raise MoveRefused("確かめていた間に、判断や公表がありました。新しい内容を確かめてから公表してください。")
    if not tally.entries and previous is None:
        raise MoveRefused("載せると判断されたファイルがまだありません。先に掲載の判断をしてください。")
    if previous and not (tally.added or tally.changed or tally.removed):
        raise MoveRefused(f"第{previous.number}版から変わったところがないので、公表するものがありません。")
    if tally.latest_change and as_of < tally.latest_change:
        raise Invalid(
            {"as_of": f"{tally.latest_change:%Y-%m-%d}に変わった内容が入ります。その日以後の日にしてください。"}
        )


def _tell_managers(edition: Edition, units: set[int]) -> None:
    """保護責任者 of the units whose entries came, changed or went."""
    seats = Q(appointments__seat=Seat.PROTECTION_MANAGER, appointments__unit__in=units)
    people = Person.objects.filter(seats & valid_on(today(), "appointments__"), is_active=True).distinct()
    queue(
        "edition.published",
        to=people,
        subject=edition,
        title=f"個人情報ファイル簿の第{edition.number}版が公表されました",
        body="所管のファイルの記載が、加わったか、変わったか、なくなりました。",
        url=reverse("editions:detail", args=[edition.number]),
    )
