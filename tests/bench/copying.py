"""Multiplies rows inside the database: Django writes one stencil, SQL copies it with moved keys."""

from itertools import islice

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

CHUNK = 5_000
STENCIL = 500


def in_chunks(model, rows):
    """Insert an endless-looking row generator in slices, so that memory stays flat."""
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        model.objects.bulk_create(chunk)


def counted(low, high):
    """A table `k` of the whole numbers from `low` to `high`."""
    return f"WITH RECURSIVE k(n) AS (SELECT {low} UNION ALL SELECT n + 1 FROM k WHERE n < {high})"


def spread(seed, first, many):
    """One of `many` keys from `first` on, by a whole number: four in five evenly, one in five the likelier the nearer
    to a few keys, so that the one at the top comes up hundreds of times as often as most."""
    chance = f"(({seed}) * 48271 % 1048576)"
    near = f"{chance} * {chance} * {many} / 1099511627776 * 7919 + 3"
    return f"{first} + CASE WHEN ({seed}) / 7 % 5 = 0 THEN {near} ELSE {seed} END % {many}"


def days_ago(days):
    """The moment so many days ago; fewer than none lie ahead."""
    if connection.vendor == "postgresql":
        return f"(CURRENT_TIMESTAMP - make_interval(days => ({days})::int))"
    return f"strftime('%Y-%m-%d %H:%M:%f', 'now', (-({days})) || ' days')"


def moved(column, step):
    """A key of the row a copy points to, when the rows it points to are copied in steps of `step`."""
    return f"t.{column} + k.n * {step}"


def padded(expression, width=5):
    """A number with leading zeros, as f"{n:05}" writes it."""
    if connection.vendor == "postgresql":
        text = f"({expression})::text"
        return f"lpad({text}, greatest({width}, length({text})), '0')"
    return f"printf('%0{width}d', {expression})"


def copy(model, step, times, changed, where="1=1"):
    """Add `times - 1` copies of the rows of `model`, each `step` keys further on.

    `changed` gives SQL for columns that differ: `t` is the row copied, `k.n` counts copies, `{id}` is the new key.
    """
    if times < 2:
        return
    table, id = model._meta.db_table, f"(t.id + k.n * {step})"
    columns = [field.column for field in model._meta.concrete_fields]
    values = {"id": id} | {name: sql.replace("{id}", id) for name, sql in changed.items()}
    selected = ", ".join(values.get(column, f't."{column}"') for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({named}) {counted(1, times - 1)} "
            f"SELECT {selected} FROM (SELECT * FROM {table} WHERE {where}) t CROSS JOIN k ORDER BY k.n, t.id"
        )


def give_history(model):
    """One line of history for each row, as its creation leaves."""
    history = model.history.model
    shared = [field.column for field in history._meta.concrete_fields if not field.name.startswith("history_")]
    named = ", ".join(f'"{column}"' for column in shared)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {history._meta.db_table} ({named}, history_date, history_type, history_change_reason) "
            f"SELECT {named}, CURRENT_TIMESTAMP, '+', '' FROM {model._meta.db_table}"
        )


def reset_sequences():
    """Let the next key of each table follow its highest one (PostgreSQL)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
