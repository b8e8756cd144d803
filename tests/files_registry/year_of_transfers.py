"""A ward of 2,100 people on the eve of a 4月1日: twenty sections, each with files, rights, requests and permissions.

Of each section the manager, the officer and all but eight clerks go to the next one; three clerks leave, five stay.
"""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from openpyxl import Workbook

from files_registry.access.granting import give_rights, permissions, post_group
from files_registry.access.models import FileUserRight, Grant, GrantStatus, GroupKind
from files_registry.handling import standing
from files_registry.handling import workflow as handling
from nerima_privacy.imports import workflow as imports
from roles.models import Appointment, Person, Posting, Unit
from roles.seats import Basis, Seat
from tests.cast import BEGIN
from tests.files_registry.access import steps
from tests.files_registry.handling import making

SECTIONS, CLERKS, LEAVING, STAYING = 20, 103, 3, 5
DAY = date(2027, 4, 1)
ASKED_ON = date(2027, 3, 20)
HEADERS = {
    "職員": ["職員番号", "氏名", "所属コード", "職名", "発令日", "終了日"],
    "任命": ["役割", "組織コード", "職員番号", "就任日", "任期の終わり", "根拠"],
}


def moment(day, hour=0):
    return datetime.combine(day, time(hour), timezone.get_default_timezone())


@dataclass
class Section:
    """One 課: who leads it, who works there, and its files: `own` by grants of persons, `shared` by one of a group."""

    number: int
    unit: Unit
    manager: Person
    officer: Person
    clerks: list[Person]
    own: object = None
    shared: object = None
    grants: list[Grant] = field(default_factory=list)
    requests: list[object] = field(default_factory=list)
    taken: object = None
    standing: object = None

    @property
    def movers(self):
        """The clerks who go to the next section."""
        return self.clerks[: CLERKS - LEAVING - STAYING]

    @property
    def leavers(self):
        return self.clerks[CLERKS - LEAVING - STAYING : CLERKS - STAYING]

    @property
    def stayers(self):
        return self.clerks[CLERKS - STAYING :]

    def some(self):
        """One of each kind, and those who differ from their kind."""
        return (self.manager, self.officer, *self.movers[:8], *self.leavers[:1], *self.stayers[:1])


class Ward:
    """The sections, and what each person may open before the day and from the day on."""

    def __init__(self, cast):
        self.cast = cast
        self.sections = self.people()
        for section in self.sections:
            section.own = steps.held_file(cast, section.unit, f"O-{section.number}")
            section.shared = steps.held_file(cast, section.unit, f"S-{section.number}")
        self.rights()

    def after(self, section, by=1):
        """The section so many further on."""
        return self.sections[(section.number + by) % SECTIONS]

    def people(self):
        cast = self.cast
        units = Unit.objects.bulk_create(
            Unit(
                code=f"70{number:02}",
                name=f"試験{number}課",
                organ=cast.mayor,
                parent=cast.citizens,
                is_section=True,
                valid_from=BEGIN,
            )
            for number in range(SECTIONS)
        )
        size = CLERKS + 2
        everybody = Person.objects.bulk_create(
            Person(staff_number=f"Y{number:05}", name=f"架空 {number:04}", password="!")
            for number in range(SECTIONS * size)
        )
        Posting.objects.bulk_create(
            Posting(person=person, unit=units[place // size], valid_from=BEGIN)
            for place, person in enumerate(everybody)
        )
        found = []
        for number, unit in enumerate(units):
            manager, officer, *clerks = everybody[number * size : (number + 1) * size]
            found.append(Section(number, unit, manager, officer, clerks))
        Appointment.objects.bulk_create(
            Appointment(seat=seat, unit=section.unit, person=person, valid_from=BEGIN, basis=Basis.EX_OFFICIO)
            for section in found
            for seat, person in (
                (Seat.PROTECTION_MANAGER, section.manager),
                (Seat.PROTECTION_OFFICER, section.officer),
            )
        )
        # One mover of each section works besides in the fifth one after it, and goes on doing so.
        Posting.objects.bulk_create(
            Posting(person=s.movers[1], unit=found[(s.number + 5) % SECTIONS].unit, is_main=False, valid_from=BEGIN)
            for s in found
        )
        return found

    def rights(self):
        """Every clerk over the own file; the first mover over another section's; the second by the post kept."""
        for section in self.sections:
            for clerk in section.clerks:
                section.grants.append(self.grant(section, section.own, section.unit, person=clerk))
            section.grants.append(
                self.grant(section, self.after(section, 2).own, section.unit, person=section.movers[0])
            )
            kept = self.after(section, 5)
            section.grants.append(self.grant(section, kept.own, kept.unit, person=section.movers[1]))
            group = post_group(section.unit, GroupKind.STAFF)
            section.grants.append(self.grant(section, section.shared, section.unit, group=group))
            section.grants += [
                self.grant(section, self.after(section, 3).own, section.unit, person=who, status=GrantStatus.REQUESTED)
                for who in section.movers[2:7]
            ]
        Grant.objects.bulk_create(grant for section in self.sections for grant in section.grants)
        known = permissions()
        in_force = [g for s in self.sections for g in s.grants if g.status == GrantStatus.GRANTED]
        FileUserRight.objects.bulk_create(
            FileUserRight(
                user=grant.person,
                permission=known[right.value],
                grant=grant,
                content_object=grant.file,
                unit=grant.unit,
                begins_at=grant.begins_at,
                ends_at=grant.ends_at,
            )
            for grant in in_force
            if grant.person
            for right in grant.rights
        )
        for grant in in_force:
            if grant.group:
                give_rights(grant, known)

    def grant(self, section, file, unit, *, person=None, group=None, status=GrantStatus.GRANTED):
        decided = status == GrantStatus.GRANTED
        at = moment(ASKED_ON)
        return Grant(
            file=file,
            person=person,
            group=group,
            unit=unit,
            may_enter=True,
            purpose="定例の事務",
            begins_at=at,
            ends_at=moment(date(2027, 10, 1)),
            status=status,
            status_since=at,
            asked_by=person or section.officer,
            asked_at=at,
            decided_by=section.manager if decided else None,
            decided_post=f"{section.unit.name}　保護責任者" if decided else "",
            decided_at=at if decided else None,
        )

    def ask(self):
        """Of each section a request by a mover and one by a leaver, an allowed one, a standing permission in force."""
        for section in self.sections:
            section.requests = [self.asked(section, who) for who in (section.movers[3], section.leavers[0])]
            taken = self.asked(section, section.movers[4])
            section.taken = handling.allow(taken.pk, actor=section.manager)
            asked = standing.ask(section.own.pk, making.scope(), actor=section.movers[5])
            section.standing = standing.allow(asked.pk, actor=section.manager)

    def asked(self, section, who):
        request = handling.draft(section.own.pk, act="take_out", actor=who)
        data = making.facts("take_out", ends_on=DAY + timedelta(days=20), return_due_on=DAY + timedelta(days=21))
        request = handling.save_draft(request.pk, data, stamp=request.stamp, actor=who)
        return handling.submit(request.pk, actor=who)

    def table(self):
        """The list of transfers as personnel sends it: 2,000 people and the seats of twenty sections."""
        book = Workbook(write_only=True)
        people, seats = book.create_sheet("職員"), book.create_sheet("任命")
        people.append(HEADERS["職員"])
        seats.append(HEADERS["任命"])
        for section in self.sections:
            to = self.after(section).unit.code
            for person in (section.manager, section.officer, *section.movers):
                people.append([person.staff_number, None, to, "主事", "令和9年4月1日", None])
            for person in section.leavers:
                people.append([person.staff_number, None, None, None, None, "令和9年3月31日"])
            officer, manager = section.officer.staff_number, section.manager.staff_number
            seats.append(["保護担当者", section.unit.code, officer, "令和5年4月1日", "令和9年3月31日", None])
            seats.append(["保護担当者", to, officer, "令和9年4月1日", None, "任命・指名"])
            seats.append(["保護責任者", to, manager, "令和9年4月1日", None, "充て職"])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def transfer(self):
        """Import it: the dry run, then the commit; the run as it was checked."""
        actor = self.cast.administrator
        run = imports.upload(
            kind="ward", file_name="異動.xlsx", content=self.table(), reason="4月1日付の異動", actor=actor
        )
        run = imports.check(run.pk, actor=actor)
        assert run.errors_count == 0, run.problems[:5]
        imports.begin_commit(run.pk, actor=actor)
        imports.commit(run.pk, actor=actor)
        return run

    def expected(self, section, person, *, moved):
        """The files the person may open: by the seat or the place held then, and by what still rests on a place."""
        here = self.after(section) if moved and person not in (*section.stayers, *section.leavers) else section
        gone = moved and person in section.leavers
        if person in (section.manager, section.officer):
            return {here.own.pk, here.shared.pk}
        found = set() if gone else {here.shared.pk}
        if not moved or person in section.stayers:
            found.add(section.own.pk)
        if person == section.movers[0] and not moved:
            found.add(self.after(section, 2).own.pk)
        if person == section.movers[1]:
            found |= {self.after(section, 5).own.pk, self.after(section, 5).shared.pk}
        return found

    def everybody(self):
        """(section of the old year, person)."""
        for section in self.sections:
            for person in (section.manager, section.officer, *section.clerks):
                yield section, person
