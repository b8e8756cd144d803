"""What an audit opens, asked anew each time: 閲覧 of the examined units' files while audit and seat last (第24条).

Nothing has to run for it to end: the days of the audit, the moment it was ended, the seat of 監査責任者, where the
person works and which units took over from which are all asked of the database.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from audits.examinations.independence import Ties, ties_readings
from audits.examinations.models import Audit
from files_registry.catalogue.examining import Examination, Examiner, register_examinations
from files_registry.catalogue.models import PersonalInformationFile
from nerima_privacy.calendars.periods import end_of, midnight
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import Reading, Rows, read, reading
from roles.holdings import Holdings
from roles.models import Appointment, Person, Posting, Unit
from roles.seats import Seat

AUDIT = ("title", "purpose", "begins_on", "ends_on", "decided_at", "ended_at")
WORKS = ("person", "is_main", "unit__name", "unit__is_department", "unit__parent__name")
Keys = Collection[int] | QuerySet[Audit, Any]  # of audits; ids where they are known, for each is asked for many times


class Running:
    """Some audits at a moment, what they examine, and to which units some of their officers are tied; one query."""

    def __init__(self, keys: Keys, people: Collection[int], at: datetime) -> None:
        day = timezone.localtime(at).date()
        sent = Audit.officers.through.objects.filter(audit__in=keys, person__in=people)
        named = Audit.units.through.objects.filter(audit__in=keys)
        below = Unit.objects.filter(parent__in=named.values("unit"))
        seated = Appointment.objects.on(day).filter(seat=Seat.AUDIT_OFFICER, person__is_active=True, person__in=people)
        works = Posting.objects.on(day).filter(person__in=people)
        _, *ties = ties_readings(people, day)  # the postings are among what is read of `works`
        found, sent_rows, named_rows, below_rows, posts, self._works, held, under_own, self.successions = read(
            [
                objects(Audit.objects.filter(pk__in=keys), *AUDIT),
                objects(sent, "audit", "person__name"),
                reading(named, "audit", "unit"),
                reading(below, "pk", "parent"),
                reading(seated, "person"),
                objects(works, *WORKS),
                *ties,
            ]
        )
        self.audits: list[Audit] = sorted(found, key=lambda audit: audit.pk)
        self.people: dict[int, Person] = {row.person_id: row.person for row in sent_rows}
        posted = [(posting.person_id, posting.unit_id, posting.unit.parent_id) for posting in self._works]
        self.ties = Ties(day, posted, held, under_own, self.successions)
        seats = {person for (person,) in posts}
        self.officers = {(row.audit_id, row.person_id) for row in sent_rows if row.person_id in seats}
        self._below: dict[int, set[int]] = {}
        for unit, above in below_rows:
            self._below.setdefault(above, set()).add(unit)
        self._named: dict[int, set[int]] = {}
        for audit, unit in named_rows:
            self._named.setdefault(audit, set()).add(unit)

    def units(self, audit: Audit, person_id: int) -> frozenset[int]:
        """The units whose files the audit opens to one of its officers: never those the person is tied to.

        A 部 brings the units under it, and each the ended ones it took over from. What a named unit would bring falls
        away with it.
        """
        tied = self.ties.of(person_id)
        free = self._named.get(audit.pk, set()) - tied.keys()
        brought = free.union(*(self._below.get(unit, set()) for unit in free))
        return frozenset(self.ties.inherited(set(brought)) - tied.keys())

    def place(self, person_id: int) -> str:
        """Where an officer works, 本務 first."""
        works = [posting for posting in self._works if posting.person_id == person_id]
        works.sort(key=lambda posting: (not posting.is_main, posting.pk))
        return works[0].unit.full_name if works else ""


def examinations(person: Person, holdings: Holdings) -> list[Examination]:
    """What 監査責任者 examine now; no query for anybody else."""
    post = holdings.post(Seat.AUDIT_OFFICER)
    if post is None:
        return []
    now = timezone.now()
    keys = Audit.objects.in_force(now).filter(officers=person).order_by().values("pk")
    running = Running(keys, [person.pk], now)
    holdings.know(running.successions)
    return [
        Examination(
            key=audit.pk,
            label=audit.label,
            units=running.units(audit, person.pk),
            until=audit.ends_on,
            url=audit.get_absolute_url(),
            post=post,
        )
        for audit in running.audits
        if (audit.pk, person.pk) in running.officers
    ]


def examiners(file: PersonalInformationFile, at: datetime, lasted: Rows) -> list[Examiner]:
    """Everybody to whom an audit opened the file at a moment, past ones included; `lasted` is what `lasting` read."""
    audits, officers = zip(*lasted, strict=True)
    running = Running(set(audits), set(officers), at)
    found = [
        (audit, person)
        for audit in running.audits
        for owner, person in sorted(running.officers)
        if owner == audit.pk and file.unit_id in running.units(audit, person)
    ]
    return [
        Examiner(
            person=running.people[person],
            unit=running.place(person),
            label=audit.label,
            purpose=audit.purpose,
            begins_at=max(midnight(audit.begins_on), audit.decided_at or at),
            ends_at=min(end_of(audit.ends_on), audit.ended_at or end_of(audit.ends_on)),
            url=audit.get_absolute_url(),
        )
        for audit, person in found
    ]


def lasting(file: PersonalInformationFile, at: datetime) -> Reading:
    """(audit, officer) of the audits at a moment that name the file's unit or its 部: mostly none.

    The affairs of a unit that has ended may be examined with those of any other: then of all audits at the moment.
    """
    unit, audits = file.unit, Audit.objects.in_force(at)
    if unit.valid_to is None or unit.valid_to >= timezone.localtime(at).date():
        audits = audits.filter(units__in={unit.pk, unit.parent_id} - {None})
    sent = Audit.officers.through.objects.filter(audit__in=audits.order_by().values("pk"))
    return reading(sent, "audit", "person")


register_examinations(examinations, examiners, lasting)
