"""The triggers that keep protected tables append-only, on SQLite and PostgreSQL, and the checks that they are there.

SQLite drops a table's triggers without a word when a migration rebuilds the table, and a backup may be restored
without them: they are put back after every `migrate`, and `check --database default` names a table that lacks one.
They stop the application, not whoever may drop them: a database administrator is found out by the sealed chain.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import connections, models, transaction

from nerima_privacy.activity.append_only import protected_models

PREFIX = "append_only"
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$body$"""
_BODY = _FUNCTION.split("$body$")[1]
_POSTGRESQL = {"rows": "UPDATE OR DELETE ON {table} FOR EACH ROW", "truncate": "TRUNCATE ON {table} FOR EACH STATEMENT"}


def _sqlite(model: type[models.Model], quote: Any) -> dict[str, str]:
    """name -> statement. An INSERT OR REPLACE of a known row never fires DELETE, so inserts look for their twin."""
    table = model._meta.db_table
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    twins = " OR ".join(
        "(" + " AND ".join(f"{quote(c)} = NEW.{quote(c)}" for c in columns) + ")" for columns in _unique(model)
    )
    # No value comes from outside: tables and columns are the models' own.
    found = f"EXISTS (SELECT 1 FROM {quote(table)} WHERE {twins})"  # noqa: S608
    events = {"update": "UPDATE", "delete": "DELETE", "replace": "INSERT"}
    return {
        f"{PREFIX}_{kind}__{table}": f"CREATE TRIGGER {quote(f'{PREFIX}_{kind}__{table}')} BEFORE {event} ON "
        f"{quote(table)} {f'WHEN {found} ' if kind == 'replace' else ''}{refuse}"
        for kind, event in events.items()
    }


def _unique(model: type[models.Model]) -> list[list[str]]:
    """The column sets of which no two rows may agree, the key first."""
    meta = model._meta
    columns = {field.name: str(field.column) for field in meta.local_concrete_fields}
    sets = [[columns[f.name]] for f in sorted(meta.local_concrete_fields, key=lambda f: not f.primary_key) if f.unique]
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields and constraint.condition is None:
            sets.append([columns[name] for name in constraint.fields])
    return sets


def missing(using: str = "default") -> dict[type[models.Model], list[str]]:
    """Protected models whose table exists -> names of the triggers it lacks, or has with another meaning."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        models_ = [model for model in protected_models() if model._meta.db_table in tables]
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            known = dict(cursor.fetchall())
            return {
                model: absent
                for model in models_
                if (
                    absent := [n for n, sql in _sqlite(model, connection.ops.quote_name).items() if known.get(n) != sql]
                )
            }
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = %s AND p.prosrc = %s AND t.tgenabled = 'A'"
            " AND pg_table_is_visible(c.oid)",
            [PREFIX, _BODY],
        )
        found = set(cursor.fetchall())
    names = [f"{PREFIX}_{kind}" for kind in _POSTGRESQL]
    return {
        model: absent
        for model in models_
        if (absent := [name for name in names if (model._meta.db_table, name) not in found])
    }


def install(using: str = "default") -> None:
    """Put back whatever is missing. On PostgreSQL as the owner of the tables, whom `migrate` runs as."""
    absent = missing(using)
    if not absent:
        return
    connection = connections[using]
    quote = connection.ops.quote_name
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for model, names in absent.items():
            if connection.vendor == "sqlite":
                statements = _sqlite(model, quote)
                for name in names:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {quote(name)}")
                    cursor.execute(statements[name])
                continue
            table = quote(model._meta.db_table)
            for kind, event in _POSTGRESQL.items():
                name = quote(f"{PREFIX}_{kind}")
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                cursor.execute(f"CREATE TRIGGER {name} BEFORE {event.format(table=table)} EXECUTE FUNCTION {PREFIX}()")
                # ALWAYS: fires under session_replication_role = replica too
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def drop(using: str = "default") -> None:
    """Take the triggers away. For tests, which empty the database between them, and for repairs done on purpose."""
    connection = connections[using]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}%"])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {quote(name)}")
        else:
            cursor.execute(f"DROP FUNCTION IF EXISTS {PREFIX}() CASCADE")


def install_after_migrate(using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate."""
    install(using)


def check_triggers(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """nerima_privacy.E021: a protected table lacks its trigger. W022: the application could drop them."""
    if sys.argv[1:2] == ["migrate"]:
        return []  # migrate runs this before it repairs what is missing
    problems: list[CheckMessage] = []
    for using in databases or []:
        for model, names in missing(using).items():
            problems.append(
                Error(
                    f"追記専用の表 {model._meta.db_table} を守るトリガーがありません：{', '.join(names)}",
                    hint="manage.py migrate を実行すると戻ります。だれが外したかを確かめてください。",
                    obj=model,
                    id="nerima_privacy.E021",
                )
            )
        if settings.PRODUCTION and _owns_tables(using):
            problems.append(
                Warning(
                    "データベースの接続役が表の所有者なので、追記専用のトリガーを外せます。",
                    hint="docs/how-to/verify-the-record.md のとおり、所有者でない役で動かしてください。",
                    id="nerima_privacy.W022",
                )
            )
    return problems


def _owns_tables(using: str) -> bool:
    connection = connections[using]
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r'"
            " AND pg_has_role(current_user, relowner, 'MEMBER')",
            [[model._meta.db_table for model in protected_models()]],
        )
        return bool(cursor.fetchone()[0])
