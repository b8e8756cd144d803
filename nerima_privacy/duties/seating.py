"""Who sits where on a day, and who is told when nobody does: reminders step up from seat to seat."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from nerima_privacy.calendars.periods import valid_on
from nerima_privacy.duties.territory import Territory
from roles.models import Appointment, Person
from roles.seats import Seat

UPPER = {Seat.DEPARTMENT_PROTECTION_MANAGER, Seat.GENERAL_PROTECTION_MANAGER}
Step = tuple[Seat, int | None]


@dataclass(frozen=True)
class Told:
    """Who is to be told, and whether the seat is another than the one whose turn it is."""

    people: list[Person]
    step: Step
    stands_in: bool


class Seating:
    """Every seat that is held on a day, read in one query."""

    def __init__(self, ward: Territory) -> None:
        self.ward = ward
        self._holders: dict[Step, list[Person]] = defaultdict(list)
        rows = Appointment.objects.filter(valid_on(ward.on), person__is_active=True).select_related("person")
        for row in rows.order_by("pk"):
            self._holders[Seat(row.seat), row.unit_id].append(row.person)

    def reminded(self, seat: Seat, unit_id: int | None) -> Told | None:
        """The holders of the seat, or of the nearest seat above it that is not vacant; None when nobody is left."""
        return self._first(list(self.ladder(seat, unit_id)), 0)

    def above(self, seat: Seat, unit_id: int | None) -> Told | None:
        """Whom lateness is brought to: 保護管理責任者 of the 部; for a school and ward-wide seats 総括保護管理者."""
        ladder = list(self.ladder(seat, unit_id))
        reminded = self._first(ladder, 0)
        if reminded is None:
            return None
        start = ladder.index(reminded.step) + 1
        return self._first([step for step in ladder[start:] if step[0] in UPPER], 0)

    def ladder(self, seat: Seat, unit_id: int | None) -> Iterator[Step]:
        """The seat itself and those above it: 保護担当者, 保護責任者, 保護管理責任者 of the 部, 総括保護管理者."""
        if unit_id is not None:
            living = self.ward.living(unit_id)
            if seat == Seat.PROTECTION_OFFICER:
                yield Seat.PROTECTION_OFFICER, living
            if seat in {Seat.PROTECTION_OFFICER, Seat.PROTECTION_MANAGER}:
                yield Seat.PROTECTION_MANAGER, living
            if seat in {Seat.PROTECTION_OFFICER, Seat.PROTECTION_MANAGER, Seat.DEPARTMENT_PROTECTION_MANAGER}:
                department = self.ward.department(unit_id)
                if department is not None:
                    yield Seat.DEPARTMENT_PROTECTION_MANAGER, department
        if seat == Seat.DISCLOSURE_STAFF:
            yield Seat.DISCLOSURE_STAFF, None
        if seat in {Seat.DISCLOSURE_STAFF, Seat.DISCLOSURE_MANAGER}:
            yield Seat.DISCLOSURE_MANAGER, None
        if seat in {Seat.AUDIT_OFFICER, Seat.SYSTEM_ADMINISTRATOR}:
            yield seat, None
        yield Seat.GENERAL_PROTECTION_MANAGER, None

    def _first(self, steps: list[Step], usual: int) -> Told | None:
        for place, step in enumerate(steps):
            if people := self._holders.get(step):
                return Told(people, step, stands_in=place != usual)
        return None
