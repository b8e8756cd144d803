"""The first value of each key (law/seeds.py)."""

from django.db import migrations

from nerima_privacy.law.seeds import IN_FORCE, SEEDS, fill


def enact(apps, schema_editor):
    fill(apps.get_model("law", "LegalParameter"), apps.get_model("law", "HistoricalLegalParameter"))


def repeal(apps, schema_editor):
    """Takes back the rows; their history stays, as history does."""
    apps.get_model("law", "LegalParameter").objects.filter(
        key__in=[seed.key for seed in SEEDS], valid_from=IN_FORCE
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("law", "0003_a_list_may_be_empty")]
    operations = [migrations.RunPython(enact, repeal)]
