"""Which seats a person holds now, and over which units: the root of every right (第3–7条)."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.web.together import Reading, Rows, read, reading
from roles.models import Appointment, Person, Unit
from roles.seats import Seat


@dataclass
class Holdings:
    """A person's valid appointments on a day, the chosen post first."""

    person: Person
    appointments: list[Appointment]
    on: date
    _links: dict[int, set[int]] | None = field(default=None, compare=False, repr=False)

    def has(self, *seats: Seat) -> bool:
        """Whether the person holds one of the seats, for whatever unit."""
        return any(appointment.seat in seats for appointment in self.appointments)

    def seat_units(self, *seats: Seat) -> set[int]:
        """The units the seats are held for."""
        return {a.unit_id for a in self.appointments if a.seat in seats and a.unit_id}

    def unit_ids(self, *seats: Seat) -> set[int]:
        """The units the seats are held for, with the ended units whose affairs those took over."""
        own = self.seat_units(*seats)
        return own | self._inherited(own)

    def post(self, *seats: Seat, unit_id: int | None = None) -> Appointment | None:
        """The appointment that gives the right: one of `seats`, for `unit_id` or a unit that took it over.

        Without a unit, any of the seats. None when the person has no such right.
        """
        for appointment in self.appointments:
            if appointment.seat not in seats:
                continue
            if unit_id is None or unit_id == appointment.unit_id:
                return appointment
        of_units = [(a, a.unit_id) for a in self.appointments if a.seat in seats and a.unit_id is not None]
        if unit_id is not None and of_units and self._ended(unit_id):
            for appointment, own in of_units:
                if unit_id in self._inherited({own}):
                    return appointment
        return None

    def with_predecessors(self, unit_ids: set[int]) -> set[int]:
        """The units, and the ended ones whose affairs they took over."""
        return unit_ids | self._inherited(unit_ids)

    def heirs(self) -> dict[int, set[int]]:
        """Each unit that took over -> all ended units whose affairs came to it, however often they were merged."""
        return {unit: self._inherited({unit}) for unit in self._successions}

    def successions(self) -> Reading:
        """What `know` takes, for a page that reads it together with something else; a handful of rows in a ward."""
        ended = Unit.successors.through.objects.filter(from_unit__valid_to__lt=self.on)
        return reading(ended, "from_unit", "to_unit")

    def know(self, rows: Rows) -> None:
        """Which unit took over from which, as `successions` read it."""
        links: dict[int, set[int]] = {}
        for predecessor, successor in rows:
            links.setdefault(successor, set()).add(predecessor)
        self._links = links

    @property
    def _successions(self) -> dict[int, set[int]]:
        """successor id -> ids of ended predecessors."""
        if self._links is None:
            self.know(*read([self.successions()]))
        return self._links or {}

    def _ended(self, unit_id: int) -> bool:
        return any(unit_id in ended for ended in self._successions.values())

    def _inherited(self, own: set[int]) -> set[int]:
        found: set[int] = set()
        frontier: set[int] = own
        while frontier:
            frontier = set().union(*(self._successions.get(u, set()) for u in frontier)) - found
            found |= frontier
        return found


def holdings_of(person: Person) -> Holdings:
    """What `person` holds now. Within a request the answer is read once; elsewhere anew at each call.

    Nobody inactive holds anything, and nobody holds a seat of a unit that has ended.
    """
    # getattr, not __dict__: the person of a request is a lazy object around the one that remembers.
    known: Holdings | None = getattr(person, "_holdings", None)
    return known if known is not None else load_holdings(person)


def load_holdings(person: Person, chosen: int | None = None, on: date | None = None) -> Holdings:
    """Read the appointments of `person` valid on a day: `chosen` (its id) first, then seats of the whole ward."""
    on = on or today()
    rows: list[Appointment] = []
    if person.is_active and person.pk:
        rows = list(
            Appointment.objects.filter(valid_on(on), person=person)
            .filter(Q(unit=None) | valid_on(on, "unit__"))
            .select_related("unit")
            .order_by("pk")
        )
    rows.sort(key=lambda a: (a.pk != chosen, a.unit_id is not None))
    return Holdings(person, rows, on)


def holders(seat: Seat, unit: Unit | None = None, on: date | None = None) -> QuerySet[Person]:
    """The active people who hold `seat` (of `unit`, or of a successor when the unit has ended) on a day."""
    on = on or today()
    valid = valid_on(on, "appointments__") & Q(appointments__seat=seat, is_active=True)
    if unit is not None:
        valid &= Q(appointments__unit__in=living_units(unit, on))
    return Person.objects.filter(valid).distinct()


def living_units(unit: Unit, on: date | None = None) -> list[Unit]:
    """`unit` itself, or the living units that took over its affairs when it has ended."""
    on = on or today()
    living: list[Unit] = []
    frontier, seen = [unit], set()
    while frontier:
        current = frontier.pop()
        if current.pk in seen:
            continue
        seen.add(current.pk)
        if current.valid_to is None or current.valid_to >= on:
            living.append(current)
        else:
            frontier.extend(current.successors.all())
    return living
