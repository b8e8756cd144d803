"""The cast: a small ward with every post, so that a permission test can ask all who must not.

All people are fictional. `build()` writes them in bulk, without history, in a handful of queries.
"""

from datetime import date
from types import SimpleNamespace

from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher, make_password

from roles.models import Appointment, Engagement, Organ, Person, Posting, Unit
from roles.seats import Basis, Seat

BEGIN = date(2023, 4, 1)
PASSWORD = "Nerima-test-2026"
# The same hashers as in use, made quick: what is tried is who gets in, not how long guessing takes.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
PBKDF2PasswordHasher.iterations = 1
_HASH = make_password(PASSWORD, hasher="pbkdf2_sha256", salt="cast")

UNITS = {
    # name: (code, label, organ, parent, flags)
    "general_affairs": ("0100", "総務部", "mayor", None, "d"),
    "disclosure": ("0110", "情報公開課", "mayor", "general_affairs", "s"),
    "personnel": ("0200", "人事戦略担当部", "mayor", None, "d"),
    "citizens": ("0300", "区民部", "mayor", None, "d"),
    "tax": ("0310", "税務課", "mayor", "citizens", "s"),
    "collection": ("0320", "収納課", "mayor", "citizens", "s"),
    "welfare": ("0400", "福祉部", "mayor", None, "d"),
    "welfare_admin": ("0410", "管理課", "mayor", "welfare", "s"),
    "accounting": ("0500", "会計管理室", "mayor", None, "ds"),
    "school": ("9001", "豊玉小学校", "education", None, "k"),
    "other_school": ("9002", "田柄小学校", "education", None, "k"),
    "closed_school": ("9003", "光が丘第八小学校", "education", None, "k"),
}

SEATS = [
    # person, seat, unit, basis
    ("chief", Seat.GENERAL_PROTECTION_MANAGER, None, Basis.EX_OFFICIO),
    ("department_manager", Seat.DEPARTMENT_PROTECTION_MANAGER, "citizens", Basis.EX_OFFICIO),
    ("two_seats", Seat.DEPARTMENT_PROTECTION_MANAGER, "general_affairs", Basis.EX_OFFICIO),
    ("two_seats", Seat.DEPARTMENT_PROTECTION_MANAGER, "personnel", Basis.CHARGE),
    ("manager", Seat.PROTECTION_MANAGER, "tax", Basis.EX_OFFICIO),
    ("officer", Seat.PROTECTION_OFFICER, "tax", Basis.EX_OFFICIO),
    ("second_officer", Seat.PROTECTION_OFFICER, "tax", Basis.EX_OFFICIO),
    ("neighbour", Seat.PROTECTION_MANAGER, "collection", Basis.EX_OFFICIO),
    ("acting", Seat.PROTECTION_MANAGER, "welfare_admin", Basis.ACTING),
    ("dual", Seat.DEPARTMENT_PROTECTION_MANAGER, "accounting", Basis.EX_OFFICIO),
    ("dual", Seat.PROTECTION_MANAGER, "accounting", Basis.EX_OFFICIO),
    ("principal", Seat.PROTECTION_MANAGER, "school", Basis.EX_OFFICIO),
    ("school_officer", Seat.PROTECTION_OFFICER, "school", Basis.EX_OFFICIO),
    ("other_principal", Seat.PROTECTION_MANAGER, "other_school", Basis.EX_OFFICIO),
    ("disclosure_manager", Seat.DISCLOSURE_MANAGER, None, Basis.EX_OFFICIO),
    ("disclosure_manager", Seat.PROTECTION_MANAGER, "disclosure", Basis.EX_OFFICIO),
    ("disclosure_staff", Seat.DISCLOSURE_STAFF, None, Basis.NAMED),
    ("disclosure_officer", Seat.PROTECTION_OFFICER, "disclosure", Basis.NAMED),
    ("audit_officer", Seat.AUDIT_OFFICER, None, Basis.NAMED),
    ("administrator", Seat.SYSTEM_ADMINISTRATOR, None, Basis.NAMED),
]

PEOPLE = {
    # name: (unit where the person works, engagement)
    "chief": (None, Engagement.WARD),
    "department_manager": ("citizens", Engagement.WARD),
    "two_seats": ("general_affairs", Engagement.WARD),
    "manager": ("tax", Engagement.WARD),
    "officer": ("tax", Engagement.WARD),
    "second_officer": ("tax", Engagement.WARD),
    "clerk": ("tax", Engagement.WARD),
    "second_clerk": ("tax", Engagement.WARD),
    "dispatched": ("tax", Engagement.DISPATCHED),
    "neighbour": ("collection", Engagement.WARD),
    "acting": ("welfare_admin", Engagement.WARD),
    "dual": ("accounting", Engagement.WARD),
    "principal": ("school", Engagement.WARD),
    "school_officer": ("school", Engagement.WARD),
    "teacher": ("school", Engagement.WARD),
    "other_principal": ("other_school", Engagement.WARD),
    "disclosure_manager": ("disclosure", Engagement.WARD),
    "disclosure_staff": ("disclosure", Engagement.WARD),
    "disclosure_officer": ("disclosure", Engagement.WARD),
    "audit_officer": ("welfare", Engagement.WARD),
    "administrator": ("general_affairs", Engagement.WARD),
    "outsider": (None, Engagement.WARD),
    "former": ("tax", Engagement.WARD),
    "superuser": (None, Engagement.WARD),
}


class Cast(SimpleNamespace):
    """`cast.manager`, `cast.tax`, `cast.mayor` …; `cast.people` holds every person by name."""

    people: dict[str, Person]


def build() -> Cast:
    """Write the ward and its people."""
    organs = {
        "mayor": Organ(code="01", name="練馬区長"),
        "education": Organ(code="02", name="練馬区教育委員会"),
    }
    Organ.objects.bulk_create(organs.values())
    units: dict[str, Unit] = {}
    for name, (code, label, organ, parent, flags) in UNITS.items():
        units[name] = Unit(
            code=code,
            name=label,
            organ=organs[organ],
            parent=units.get(parent),
            is_department="d" in flags,
            is_section="s" in flags,
            is_school="k" in flags,
            address="練馬区豊玉北6-12-1",
            valid_from=BEGIN,
            valid_to=date(2026, 3, 31) if name == "closed_school" else None,
        )
        if "d" in flags and "s" not in flags:
            units[name].save_without_historical_record()
    Unit.objects.bulk_create([u for u in units.values() if not u.pk])
    units["closed_school"].successors.add(units["other_school"])
    people = {
        name: Person(
            staff_number=f"T{index:04}",
            name=f"試験 {name}",
            email=f"{name.replace('_', '-')}@example.lg.jp",
            engagement=engagement,
            password=_HASH,
            is_superuser=name == "superuser",
            is_active=name != "former",
        )
        for index, (name, (_, engagement)) in enumerate(PEOPLE.items(), start=1)
    }
    Person.objects.bulk_create(people.values())
    Posting.objects.bulk_create(
        Posting(person=people[name], unit=units[unit], title="", valid_from=BEGIN)
        for name, (unit, _) in PEOPLE.items()
        if unit
    )
    Appointment.objects.bulk_create(
        Appointment(
            seat=seat,
            unit=units.get(unit),
            person=people[person],
            valid_from=BEGIN,
            basis=basis,
            reason="監査対象の組織に属さない。" if seat == Seat.AUDIT_OFFICER else "",
            appointed_by=people["chief"] if seat == Seat.AUDIT_OFFICER else None,
        )
        for person, seat, unit, basis in SEATS
    )
    return Cast(people=people, **people, **units, **organs)
