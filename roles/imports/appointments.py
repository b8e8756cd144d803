"""Rows of 「任命」: who holds which seat."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from nerima_privacy.calendars.eras import wareki
from nerima_privacy.imports.kinds import Counts, Row
from nerima_privacy.imports.parsing import suggestion
from roles.models import Appointment, Person, Unit
from roles.seats import RULES, SHARED_SEATS, Level, Seat
from roles.staff_numbers import folded

if TYPE_CHECKING:
    from roles.imports.plan import Operations, Ward

ONE_DAY = timedelta(days=1)
Key = tuple[str, str]


class AppointmentPlanner:
    """Appoints; a new holder of a seat that one person holds ends the one before on the day before."""

    def __init__(self, ward: Ward, operations: Operations) -> None:
        self.ward, self.operations = ward, operations
        self.noted: set[int] = set()
        self.by_seat: dict[Key, list[Appointment]] = {}
        for appointment in ward.appointments:
            key = (appointment.seat, appointment.unit.code if appointment.unit else "")
            self.by_seat.setdefault(key, []).append(appointment)

    def run(self, rows: list[Row]) -> Counts:
        """In the order of days, so that one table may hold several holders after another."""
        counts = Counts("任命")
        for row in sorted(rows, key=lambda r: r.values["valid_from"] or date.min):
            state = self.one(row)
            if state:
                setattr(counts, state, getattr(counts, state) + 1)
        return counts

    def one(self, row: Row) -> str:
        """create, change or unchanged; "" when the row is wrong."""
        from roles.imports.plan import assign

        seat, begin, end = row.values["seat"], row.values["valid_from"], row.values.get("valid_to")
        before = len(self.ward.problems)
        unit, person = self.ward.unit(row, "unit"), self.person(row)
        self.check(row, seat, unit)
        if person is None or any(not p.warning for p in self.ward.problems[before:]):
            return ""
        held = self.by_seat.setdefault((seat, unit.code if unit else ""), [])
        values = {key: row.values.get(key) for key in ("valid_to", "basis", "security_post", "order_document")}
        known = next((a for a in held if a.person == person and a.valid_from == begin), None)
        if known is not None:
            if not assign(known, values):
                return "unchanged"
            self.changed(known)
            return "change"
        if seat not in SHARED_SEATS and not self.make_room(row, held, begin, end):
            return ""
        given = {k: v for k, v in values.items() if v}
        appointment = Appointment(seat=seat, unit=unit, person=person, valid_from=begin, **given)
        held.append(appointment)
        self.operations.new_appointments.append(appointment)
        return "create"

    def person(self, row: Row) -> Person | None:
        """Whom a row appoints."""
        number = row.values["number"]
        person = self.ward.people.get(folded(number))
        if person is None:
            known = [someone.staff_number for someone in self.ward.people.values()]
            hint = suggestion(number, known) if len(known) < 5_000 else ""
            self.ward.wrong(row, "number", f"職員番号「{number}」の職員はいません。{hint}")
        elif person.pk and not person.is_active:
            self.ward.wrong(row, "number", f"職員番号「{number}」の職員は在籍していません。")
        return person

    def check(self, row: Row, seat: Seat, unit: Unit | None) -> None:
        """What a seat asks of its row."""
        begin, end, level = row.values["valid_from"], row.values.get("valid_to"), RULES[seat].level
        if seat == Seat.AUDIT_OFFICER:
            self.ward.wrong(
                row,
                "seat",
                "監査責任者は総括保護管理者が理由を示して任命します（第7条第2項）。この表では取り込めません。",
            )
        if end and end < begin:
            self.ward.wrong(row, "valid_to", "任期の終わりは就任日以後の日付にしてください。")
        if level is Level.WARD and row.values.get("unit"):
            self.ward.wrong(row, "unit", f"{seat.label}は区全体の役割です。組織コードを空欄にしてください。")
        if level is not Level.WARD and not row.values.get("unit"):
            self.ward.wrong(row, "unit", f"{seat.label}には組織コードが必要です。")
        if unit and level is Level.DEPARTMENT and not unit.is_department:
            self.ward.wrong(
                row, "unit", f"「{unit.name}」は部ではありません。保護管理責任者は部に置きます（第4条第1項）。"
            )
        if unit and level is Level.SECTION and not (unit.is_section or unit.is_school):
            self.ward.wrong(
                row, "unit", f"「{unit.name}」は課でも学校でもありません。{seat.label}は課と学校に置きます。"
            )

    def make_room(self, row: Row, held: list[Appointment], begin: date, end: date | None) -> bool:
        """End the holder before; False when somebody already holds the seat from the same day or later."""
        last = end or date.max
        for other in held:
            if other.valid_from > last or (other.valid_to or date.max) < begin:
                continue
            if other.valid_from >= begin:
                self.ward.wrong(
                    row, "valid_from", f"{other.person.name}さんの任命（{wareki(other.valid_from)}から）と重なります。"
                )
                return False
            self.ward.warn(
                row, "valid_from", f"前任の{other.person.name}さんの任命を{wareki(begin - ONE_DAY)}で終えます。"
            )
            other.valid_to = begin - ONE_DAY
            self.changed(other)
        return True

    def changed(self, appointment: Appointment) -> None:
        """Write an existing appointment once."""
        if appointment.pk and appointment.pk not in self.noted:
            self.noted.add(appointment.pk)
            self.operations.changed_appointments.append(appointment)
