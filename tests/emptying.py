"""Emptying the database after a test that commits, quicker than Django's flush.

Flush truncates every table and sends post_migrate: on PostgreSQL each table gets new files, which takes seconds a test.
Here rows are deleted where there are any. The tables that migrations fill are left as they are, unless a test changed
one of them: then it is flush after all.
"""

from django.db import connection, transaction
from django.test import TransactionTestCase

from nerima_privacy.activity import triggers

LET = f"CREATE OR REPLACE FUNCTION {triggers.PREFIX}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"


class Emptying:
    """Knows what migrations filled; made before the first test."""

    def __init__(self) -> None:
        self.flush = TransactionTestCase._fixture_teardown
        self.learn()

    def learn(self) -> None:
        """What an empty database holds."""
        tables = connection.introspection.table_names()
        self.filled = {table: self.rows(table) for table in self.with_rows(tables)}
        self.others = sorted(set(tables) - set(self.filled))

    def install(self) -> None:
        """From now on every test with `transaction=True` ends in this way."""

        def teardown(case: TransactionTestCase) -> None:
            self.empty(case)

        TransactionTestCase._fixture_teardown = teardown

    def remove(self) -> None:
        TransactionTestCase._fixture_teardown = self.flush

    def empty(self, case: TransactionTestCase) -> None:
        """What the test committed is gone."""
        if any(self.rows(table) != known for table, known in self.filled.items()) or triggers.missing():
            triggers.drop()
            self.flush(case)  # sends post_migrate, which fills some tables anew and puts the triggers back
            self.learn()
            return
        tables = self.with_rows(self.others)
        if connection.vendor == "sqlite":
            triggers.drop()
        with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(LET)
            for table in tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
            if connection.vendor == "postgresql":
                cursor.execute(triggers._FUNCTION)
        triggers.install()

    @staticmethod
    def rows(table: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            return sorted(map(repr, cursor.fetchall()))

    @staticmethod
    def with_rows(tables: list[str]) -> list[str]:
        asked = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM \"{t}\")" for t in sorted(tables))
        with connection.cursor() as cursor:
            cursor.execute(asked)
            return [table for (table,) in cursor.fetchall()]
