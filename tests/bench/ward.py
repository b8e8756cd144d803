"""Units, people and seats of the ward that is measured."""

from datetime import date

from django.contrib.auth.hashers import make_password

from roles.models import Appointment, Person, Posting, Unit
from roles.seats import Seat
from tests.bench.copying import CHUNK, STENCIL, copy, in_chunks, moved

BEGIN = date(2023, 4, 1)


def build_units(count, organs):
    """A tenth are 部, four tenths schools, the rest 課."""
    departments = [
        Unit(code=f"D{n:05}", name=f"第{n}部", organ=organs[0], is_department=True, valid_from=BEGIN)
        for n in range(max(2, count // 10))
    ]
    Unit.objects.bulk_create(departments)
    rest = [
        Unit(code=f"K{n:05}", name=f"第{n}小学校", organ=organs[1], is_school=True, valid_from=BEGIN)
        if n % 9 < 4
        else Unit(
            code=f"S{n:05}",
            name=f"第{n}課",
            organ=organs[0],
            parent=departments[n % len(departments)],
            is_section=True,
            valid_from=BEGIN,
        )
        for n in range(count - len(departments))
    ]
    Unit.objects.bulk_create(rest)
    return departments + rest


def build_people(count, units):
    """Everybody works in one unit; nobody can log in by password. The system's own person gets no posting."""
    password = make_password(None)
    base = min(STENCIL, count)
    in_chunks(
        Person,
        (
            Person(staff_number=f"B{1_000_000 + n}", name=f"測定 {n}", email=f"b{n}@example.lg.jp", password=password)
            for n in range(base)
        ),
    )
    people = Person.objects.filter(staff_number__startswith="B1")
    first = people.order_by("pk").first().pk
    copied = {"staff_number": f"'B' || (1000000 - {first} + {{id}})", "name": f"'測定 ' || ({{id}} - {first})"}
    copy(Person, base, count // base, copied | {"email": "'b' || {id} || '@example.lg.jp'"}, where=f"id >= {first}")
    ids = people.order_by("pk").values_list("pk", flat=True)[:base]
    in_chunks(
        Posting,
        (Posting(person_id=pk, unit=units[n % len(units)], title="主事", valid_from=BEGIN) for n, pk in enumerate(ids)),
    )
    spread = f"{units[0].pk} + (t.id * 7 + k.n) % {len(units)}"
    copy(Posting, base, count // base, {"person_id": moved("person_id", base), "unit_id": spread})


def build_seats(units):
    """The ward-wide seats, and each unit's own; the first people in number hold them."""
    people = iter(Person.objects.filter(is_active=True).order_by("pk"))  # not the system's own
    rows = [
        Appointment(seat=seat, person=next(people), valid_from=BEGIN)
        for seat in (Seat.GENERAL_PROTECTION_MANAGER, Seat.DISCLOSURE_MANAGER, Seat.DISCLOSURE_STAFF)
    ]
    for unit in units:
        if unit.is_department:
            rows.append(
                Appointment(seat=Seat.DEPARTMENT_PROTECTION_MANAGER, unit=unit, person=next(people), valid_from=BEGIN)
            )
            continue
        rows += [
            Appointment(seat=seat, unit=unit, person=next(people), valid_from=BEGIN)
            for seat in (Seat.PROTECTION_MANAGER, Seat.PROTECTION_OFFICER, Seat.PROTECTION_OFFICER)
        ]
    Appointment.objects.bulk_create(rows, batch_size=CHUNK)
