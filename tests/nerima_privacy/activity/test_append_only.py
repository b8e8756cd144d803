"""Application and database refuse to change or delete what is written once."""

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from nerima_privacy.activity import sealing, triggers
from nerima_privacy.activity.append_only import AppendOnlyError, protected_models
from nerima_privacy.activity.models import Block, Entry, Seal
from nerima_privacy.activity.recording import record
from roles.models import Unit

VERB = "admin.changed"


@pytest.fixture
def entry(cast):
    with transaction.atomic():
        return record(VERB, actor=cast.chief, subject=cast.tax, reason="元の理由")


def _refused(sql, params=()):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda e: e.save(),
        lambda e: e.delete(),
        lambda e: Entry.objects.update(reason=""),
        lambda e: Entry.objects.filter(pk=e.pk).delete(),
        lambda e: Entry.objects.bulk_update([e], ["reason"]),
        lambda e: Entry.objects.update_or_create(pk=e.pk, defaults={"reason": ""}),
        lambda e: Entry.objects.bulk_create([e], update_conflicts=True, unique_fields=["id"], update_fields=["reason"]),
    ],
)
def test_the_application_refuses_in_words(entry, change, django_assert_num_queries):
    with pytest.raises(AppendOnlyError, match="追記だけ"), django_assert_num_queries(0):
        change(entry)


@pytest.mark.django_db
def test_an_entry_with_the_key_of_another_is_not_written_over_it(entry):
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry(
            pk=entry.pk, actor=entry.actor, verb=VERB, subject_type=entry.subject_type, subject_id=1, subject_label="偽"
        ).save()
    assert Entry.objects.get().subject_label == "税務課"


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_delete_an_entry(entry):
    _refused("UPDATE activity_entry SET reason = 'x'")
    _refused("DELETE FROM activity_entry WHERE id = %s", [entry.pk])


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_delete_history(cast):
    cast.tax.save()
    table = Unit.history.model._meta.db_table
    _refused(f"UPDATE {table} SET name = 'x'")
    _refused(f"DELETE FROM {table}")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Unit.history.all().delete()


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no INSERT OR REPLACE")
def test_sqlite_refuses_to_replace_a_row(entry):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        before = cursor.fetchone()[0]
        cursor.execute("PRAGMA recursive_triggers = OFF")
    columns = ", ".join(f.column for f in Entry._meta.concrete_fields)
    _refused(f"INSERT OR REPLACE INTO activity_entry ({columns}) SELECT {columns} FROM activity_entry")
    Block.objects.create(number=1, previous_digest="0", entries=1, digest="a")
    _refused(
        "INSERT OR REPLACE INTO activity_block (number, sealed_at, previous_digest, entries, digest)"
        " SELECT 2, sealed_at, previous_digest, entries, digest FROM activity_block"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers = {before}")


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_postgresql_refuses_to_truncate_and_fires_in_replication_mode(entry):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the fresh rows themselves stand in the way
    _refused("TRUNCATE activity_entry CASCADE")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    _refused("UPDATE activity_entry SET reason = 'x'")


@pytest.mark.django_db
def test_every_history_table_and_the_record_are_protected():
    protected = {model._meta.db_table for model in protected_models()}
    assert {m._meta.db_table for m in (Entry, Block, Seal)} <= protected
    histories = {m._meta.db_table for m in apps.get_models() if m.__name__.startswith("Historical")}
    assert len(histories) > 5
    assert histories <= protected


@pytest.mark.django_db
def test_a_table_without_its_trigger_is_named_by_the_check_and_repaired_by_migrate():
    assert not [e for e in run_checks(databases=["default"]) if e.id == "nerima_privacy.E021"]
    triggers.drop()
    errors = [e for e in run_checks(databases=["default"]) if e.id == "nerima_privacy.E021"]
    assert any("activity_entry" in e.msg for e in errors)
    triggers.install()
    assert triggers.missing() == {}


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a SQLite file has no owner role")
def test_production_warns_when_the_application_owns_the_tables(settings):
    settings.PRODUCTION = True
    assert "nerima_privacy.W022" in [e.id for e in triggers.check_triggers(None, ["default"])]


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a SQLite file has no owner role")
def test_a_role_that_owns_nothing_records_but_cannot_take_the_triggers_off(cast, settings):
    settings.PRODUCTION = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE trial_site")  # gone with the transaction of the test
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO trial_site")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO trial_site")
        cursor.execute("SET LOCAL ROLE trial_site")
    record(VERB, actor=cast.chief, subject=cast.tax)
    assert sealing.seal() == 1
    assert triggers.check_triggers(None, ["default"]) == []
    for sql in ("ALTER TABLE activity_entry DISABLE TRIGGER ALL", "DROP TRIGGER append_only_rows ON activity_entry"):
        with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_triggers_stand_after_a_table_is_rebuilt(cast):
    field = Unit.history.model._meta.get_field("name")
    with connection.schema_editor() as editor:
        wider = field.clone()
        wider.max_length = 61
        wider.set_attributes_from_name("name")
        editor.alter_field(Unit.history.model, field, wider, strict=True)
    triggers.install_after_migrate("default")
    cast.tax.save()
    _refused(f"DELETE FROM {Unit.history.model._meta.db_table}")
    with connection.schema_editor() as editor:
        editor.alter_field(Unit.history.model, wider, field, strict=True)
    triggers.install_after_migrate("default")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_flush_between_tests_leaves_an_empty_and_protected_database(cast, turn):
    assert MigrationExecutor(connection).loader.applied_migrations
    assert not Entry.objects.exists()
    with transaction.atomic():
        record(VERB, actor=cast.chief, subject=cast.tax)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM activity_entry")


def test_what_the_register_publishes_and_decides_is_protected():
    names = {model.__name__ for model in protected_models()}
    assert {"ListingDecision", "Edition", "EditionEntry"} <= names
