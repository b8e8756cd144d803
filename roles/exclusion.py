"""One holder of a seat at a time (第3–5条), kept by the database itself.

PostgreSQL has an exclusion constraint (migration 0003). SQLite has none, so triggers say the same; a migration that
rebuilds the table drops them without a word, hence they are installed again after every migrate and checked.
Seats that several people hold (`SHARED_SEATS`) are open to others, but not twice to the same person.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections

from roles.seats import SHARED_SEATS

ONE_HOLDER = "appointment_one_holder_at_a_time"
ONCE = "appointment_person_holds_a_seat_once_at_a_time"
CONSTRAINTS = (ONE_HOLDER, ONCE)
TRIGGERS = ("roles_appointment_one_holder_insert", "roles_appointment_one_holder_update")

_shared = ", ".join(f"'{seat.value}'" for seat in SHARED_SEATS)
# No value comes from outside: the seats are the code's own words.
_TRIGGER = """
CREATE TRIGGER {name} BEFORE {event} ON roles_appointment
WHEN EXISTS (
    SELECT 1 FROM roles_appointment other
    WHERE other.seat = NEW.seat
      AND coalesce(other.unit_id, 0) = coalesce(NEW.unit_id, 0)
      AND (other.person_id = NEW.person_id OR NEW.seat NOT IN ({shared}))
      AND other.valid_from <= coalesce(NEW.valid_to, '9999-12-31')
      AND NEW.valid_from <= coalesce(other.valid_to, '9999-12-31')
      AND other.id <> {itself}
)
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
_EVENTS = {
    TRIGGERS[0]: ("INSERT", "coalesce(NEW.id, -1)"),
    TRIGGERS[1]: ("UPDATE OF seat, unit_id, person_id, valid_from, valid_to", "OLD.id"),
}


def install(using: str = "default") -> None:
    """Put the triggers in place where the database is SQLite; PostgreSQL has its constraints from the migration."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name, (event, itself) in _EVENTS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(_TRIGGER.format(name=name, event=event, itself=itself, shared=_shared, message=ONE_HOLDER))


def missing(using: str = "default") -> list[str]:
    """The constraints or triggers that ought to be there and are not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            wanted = TRIGGERS
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'roles_appointment'")
        else:
            wanted = CONSTRAINTS
            cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'roles_appointment'::regclass")
        found = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted if name not in found]


def check_exclusion(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """System check roles.E001, run with the database checks: the database keeps one holder a seat."""
    problems: list[CheckMessage] = []
    for using in databases or []:
        tables = connections[using].introspection.table_names()
        if "roles_appointment" in tables and (absent := missing(using)):
            problems.append(
                Error(
                    f"1つの役割に2人が同時に就けないようにする仕組みがありません：{', '.join(absent)}",
                    hint="manage.py migrate を実行してください。",
                    id="roles.E001",
                )
            )
    return problems


def install_after_migrate(sender: AppConfig, using: str, **kwargs: object) -> None:
    """Receiver of post_migrate."""
    if "roles_appointment" in connections[using].introspection.table_names():
        install(using)
