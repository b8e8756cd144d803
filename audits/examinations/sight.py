"""What an audit opens, asked anew each time: 閲覧 of the examined units' files while audit and seat last (第24条).

Nothing has to run for it to end: the days of the audit, the moment it was ended, the seat of 監査責任者, where the
person works and which units took over from which are all asked of the database.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from audits.examinations.independence import Ties, ties_readings
from audits.examinations.models import Audit
from files_registry.catalogue.examining import Examination, Examiner, register_examinations
from files_registry.catalogue.models import PersonalInformationFile
from nerima_privacy.calendars.periods import end_of, midnight
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import Reading, read, reading
from roles.holdings import Holdings
from roles.models import Appointment, Person, Posting, Unit
from roles.seats import Seat

AUDIT = ("title", "purpose", "begins_on", "ends_on", "decided_at", "ended_at")
WORKS = ("person", "is_main", "unit__name", "unit__is_department", "unit__parent__name")


class Running:
    """Some audits at a moment, what they examine, and to which units their officers are tied; one query."""

    def __init__(self, audits: QuerySet[Audit], at: datetime, officer: Person | None = None) -> None:
        day = timezone.localtime(at).date()
        keys = audits.order_by().values("pk")
        sent = Audit.officers.through.objects.filter(audit__in=keys)
        if officer is not None:
            sent = sent.filter(person=officer)
        named = Audit.units.through.objects.filter(audit__in=keys)
        below = Unit.objects.filter(parent__in=named.values("unit"))
        seated = Appointment.objects.on(day).filter(
            seat=Seat.AUDIT_OFFICER, person__is_active=True, person__in=sent.values("person")
        )
        people = sent.values("person")
        works = Posting.objects.on(day).filter(person__in=people)
        found, sent_rows, named_rows, below_rows, posts, self._works, examiners, *ties = read(
            [
                objects(audits, *AUDIT),
                reading(sent, "audit", "person"),
                reading(named, "audit", "unit"),
                reading(below, "pk", "parent"),
                reading(seated, "person"),
                objects(works, *WORKS),
                objects(Person.objects.filter(pk__in=people), "name"),
                *ties_readings(people, day),
            ]
        )
        self.audits: list[Audit] = sorted(found, key=lambda audit: audit.pk)
        self.people: dict[int, Person] = {person.pk: person for person in examiners}
        posted, held, under_own, self.successions = ties
        self.ties = Ties(day, posted, held, under_own, self.successions)
        self.officers: set[tuple[int, int]] = set(sent_rows) & {
            (audit.pk, person) for audit in self.audits for (person,) in posts
        }
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
    running = Running(Audit.objects.in_force(now).filter(officers=person), now, person)
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


def examiners(file: PersonalInformationFile, at: datetime) -> list[Examiner]:
    """Everybody to whom an audit opened the file at a moment, past ones included."""
    running = Running(Audit.objects.in_force(at), at)
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


def lasting(at: datetime) -> Reading:
    """The audits that opened something at a moment: mostly none, and then nobody has to ask what they opened."""
    return reading(Audit.objects.in_force(at), "pk")


register_examinations(examinations, examiners, lasting)
