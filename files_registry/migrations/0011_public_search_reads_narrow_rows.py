"""PostgreSQL keeps the cells of an entry beside the table, so that words of one or two characters, which no trigram
index finds, are looked for in narrow rows. Rows written before keep their place."""

from django.db import migrations

TABLE = "files_registry_editionentry"
FORWARD = [
    f"ALTER TABLE {TABLE} ALTER COLUMN cells SET STORAGE EXTERNAL",
    f"ALTER TABLE {TABLE} ALTER COLUMN search_text SET STORAGE MAIN",
    f"ALTER TABLE {TABLE} SET (toast_tuple_target = 512)",
]
BACK = [
    f"ALTER TABLE {TABLE} RESET (toast_tuple_target)",
    f"ALTER TABLE {TABLE} ALTER COLUMN search_text SET STORAGE EXTENDED",
    f"ALTER TABLE {TABLE} ALTER COLUMN cells SET STORAGE EXTENDED",
]


def run(statements):
    def operate(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return operate


class Migration(migrations.Migration):
    dependencies = [("files_registry", "0010_document_numbers_and_tokens")]
    operations = [migrations.RunPython(run(FORWARD), run(BACK))]
