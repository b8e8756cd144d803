"""What makes the public search quick: three characters and more by trigram on PostgreSQL, a narrow index to read on
SQLite. Shorter words are read through in both."""

from django.db import migrations, models

TABLE = "files_registry_editionentry"
FORWARD = {
    "postgresql": [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        f"CREATE INDEX IF NOT EXISTS entry_search_trigram ON {TABLE} USING gin (search_text gin_trgm_ops)",
    ],
    "sqlite": [
        f"CREATE INDEX IF NOT EXISTS entry_search_narrow ON {TABLE} "
        "(edition_id, position, sensitive, organ_name, department_name, search_text)",
    ],
}
BACK = {
    "postgresql": ["DROP INDEX IF EXISTS entry_search_trigram"],
    "sqlite": ["DROP INDEX IF EXISTS entry_search_narrow"],
}


def run(statements):
    def operate(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return operate


class Migration(migrations.Migration):
    dependencies = [("files_registry", "0006_indexes_of_lists")]
    operations = [
        migrations.AddIndex(
            model_name="editionentry", index=models.Index(fields=["key"], name="entry_key")
        ),
        migrations.RunPython(run(FORWARD), run(BACK)),
    ]
