"""Rows of 「職員」: people and where they work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nerima_privacy.calendars.eras import wareki
from nerima_privacy.imports.kinds import Counts, Row
from roles.models import Appointment, Engagement, Person, Posting, Unit
from roles.staff_numbers import folded

if TYPE_CHECKING:
    from roles.imports.plan import Operations, Ward

ONE_DAY = timedelta(days=1)


class PeoplePlanner:
    """Creates and changes people; a new 所属 ends the one before on the day before."""

    def __init__(self, ward: Ward, operations: Operations) -> None:
        self.ward, self.operations = ward, operations
        self.noted: set[int] = set()
        self.seen: dict[str, str] = {}
        self.seats_of: dict[int, list[Appointment]] = {}
        for appointment in ward.appointments:
            self.seats_of.setdefault(appointment.person_id, []).append(appointment)

    def run(self, rows: list[Row]) -> Counts:
        """Each row is one person, or one more 所属 of a person."""
        counts = Counts("職員")
        for row in rows:
            state = self.one(row)
            if state:
                setattr(counts, state, getattr(counts, state) + 1)
        return counts

    def one(self, row: Row) -> str:
        """create, change or unchanged; "" when the row is wrong."""
        from roles.imports.plan import assign

        number, key = row.values["number"], folded(row.values["number"])
        keys = ("name", "kana", "email", "engagement")
        plain = {name: row.values.get(name) for name in keys}
        person = self.ward.people.get(key)
        state = "unchanged"
        if key in self.seen and (person is None or self.differs(person, plain)):
            self.ward.wrong(row, "number", f"職員番号「{number}」が{self.seen[key]}にもあり、内容が違います。")
            return ""
        if person is None:
            if not plain["name"]:
                self.ward.wrong(row, "name", "新しい職員には「氏名」が必要です。")
                return ""
            values = {k: v for k, v in plain.items() if v is not None}
            person = Person(staff_number=number, password="!", **values)  # noqa: S106  # no password: cannot log in yet
            self.ward.people[key] = person
            self.operations.new_people.append(person)
            state = "create"
        elif person.engagement == Engagement.SYSTEM:
            self.ward.wrong(row, "number", "システムの番号です。職員の番号にしてください。")
            return ""
        elif assign(person, plain):
            self.operations.changed_people.append(person)
            state = "change"
        self.seen.setdefault(key, row.cell("number"))
        moved = self.post(row, person)
        return "change" if moved and state == "unchanged" else state

    def differs(self, person: Person, plain: dict[str, object]) -> bool:
        """Whether a second row of the same number says something else of the person."""
        return any(value and getattr(person, key) != value for key, value in plain.items())

    def post(self, row: Row, person: Person) -> bool:
        """Where the person works from when; True when something is written."""
        unit = self.ward.unit(row, "unit")
        begin, end = row.values.get("posted_from"), row.values.get("posted_to")
        postings = self.ward.postings.setdefault(folded(person.staff_number), [])
        if end and begin and end < begin:
            self.ward.wrong(row, "posted_to", "終了日は発令日以後の日付にしてください。")
            return False
        if unit is None:
            return self.leave(row, postings) if end and not row.values.get("unit") else False
        known = next((p for p in postings if p.unit == unit and begin in (None, p.valid_from)), None)
        if known is not None:
            return self.change(row, known)
        if begin is None:
            self.ward.wrong(row, "posted_from", f"「{unit.name}」への発令日を書いてください。例　令和9年4月1日")
            return False
        for earlier in postings:
            if earlier.is_main and earlier.valid_from < begin and (earlier.valid_to or begin) >= begin:
                earlier.valid_to = begin - ONE_DAY
                self.changed(earlier)
                self.tell_seats(row, person, earlier.unit)
        posting = Posting(person=person, unit=unit, title=row.values.get("title") or "", valid_from=begin, valid_to=end)
        postings.append(posting)
        self.operations.new_postings.append(posting)
        return True

    def change(self, row: Row, posting: Posting) -> bool:
        """The same posting, perhaps with another title or end."""
        from roles.imports.plan import assign

        values = {"title": row.values.get("title"), "valid_to": row.values.get("posted_to")}
        if not assign(posting, values):
            return False
        self.changed(posting)
        return True

    def leave(self, row: Row, postings: list[Posting]) -> bool:
        """An end without a unit ends every posting that is open."""
        end, left = row.values["posted_to"], False
        for posting in postings:
            if posting.valid_from <= end and (posting.valid_to is None or posting.valid_to > end):
                posting.valid_to = end
                self.changed(posting)
                self.tell_seats(row, posting.person, posting.unit)
                left = True
        return left

    def changed(self, posting: Posting) -> None:
        """Write an existing posting once."""
        if posting.pk and posting.pk not in self.noted:
            self.noted.add(posting.pk)
            self.operations.changed_postings.append(posting)

    def tell_seats(self, row: Row, person: Person, unit: Unit) -> None:
        """A transfer does not end a seat by itself: say which seats go on."""
        for appointment in self.seats_of.get(person.pk or 0, []):
            if appointment.unit_id == unit.pk and appointment.valid_to is None:
                self.ward.warn(
                    row,
                    "unit",
                    f"異動したあとも「{appointment.label}」の任命（{wareki(appointment.valid_from)}から）が続きます。"
                    "「任命」のシートに後任の行があれば、前の日で終わります。",
                )
