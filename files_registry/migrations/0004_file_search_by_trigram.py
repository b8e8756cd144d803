"""An index for words of three characters and more, on PostgreSQL only; SQLite reads the column."""

from django.db import migrations

FORWARD = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX IF NOT EXISTS file_search_trigram
    ON files_registry_personalinformationfile USING gin (search_text gin_trgm_ops);
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARD)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS file_search_trigram")


class Migration(migrations.Migration):
    dependencies = [("files_registry", "0003_first_filed_and_numbers")]
    operations = [migrations.RunPython(create, drop)]
