"""The person in whose name the system acts, who cannot log in."""

from django.db import migrations


def add(apps, schema_editor):
    Person = apps.get_model("roles", "Person")
    Person.objects.using(schema_editor.connection.alias).get_or_create(
        staff_number="SYSTEM",
        defaults={"name": "システム（自動処理）", "engagement": "system", "is_active": False, "password": "!"},
    )


def remove(apps, schema_editor):
    apps.get_model("roles", "Person").objects.filter(staff_number="SYSTEM").delete()


class Migration(migrations.Migration):
    dependencies = [("roles", "0001_ward")]
    operations = [migrations.RunPython(add, remove)]
