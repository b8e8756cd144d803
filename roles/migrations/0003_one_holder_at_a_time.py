"""One holder of a seat at a time, on PostgreSQL by exclusion; on SQLite roles/exclusion.py installs triggers."""

from django.db import migrations

SHARED = "('protection_officer', 'audit_officer', 'disclosure_staff', 'system_administrator')"
ADD = f"""
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE roles_appointment ADD CONSTRAINT appointment_one_holder_at_a_time EXCLUDE USING gist (
    seat WITH =, (coalesce(unit_id, 0)) WITH =, (daterange(valid_from, valid_to, '[]')) WITH &&
) WHERE (seat NOT IN {SHARED});
ALTER TABLE roles_appointment ADD CONSTRAINT appointment_person_holds_a_seat_once_at_a_time EXCLUDE USING gist (
    person_id WITH =, seat WITH =, (coalesce(unit_id, 0)) WITH =, (daterange(valid_from, valid_to, '[]')) WITH &&
) WHERE (seat IN {SHARED});
"""
REMOVE = """
ALTER TABLE roles_appointment DROP CONSTRAINT IF EXISTS appointment_one_holder_at_a_time;
ALTER TABLE roles_appointment DROP CONSTRAINT IF EXISTS appointment_person_holds_a_seat_once_at_a_time;
"""
DROP_TRIGGERS = [
    "DROP TRIGGER IF EXISTS roles_appointment_one_holder_insert",
    "DROP TRIGGER IF EXISTS roles_appointment_one_holder_update",
]


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD, params=None)


def remove(apps, schema_editor):
    for statement in [REMOVE] if schema_editor.connection.vendor == "postgresql" else DROP_TRIGGERS:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("roles", "0002_system_actor")]
    operations = [migrations.RunPython(add, remove)]
