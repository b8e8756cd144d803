"""How often audits are held and how long one may last: first values."""

from django.db import migrations

from nerima_privacy.law.seeds import IN_FORCE, fill

ADDED = ["audit.interval_years", "audit.longest_days"]


def enact(apps, schema_editor):
    fill(apps.get_model("law", "LegalParameter"), apps.get_model("law", "HistoricalLegalParameter"))


def repeal(apps, schema_editor):
    """Takes back the rows; their history stays."""
    apps.get_model("law", "LegalParameter").objects.filter(key__in=ADDED, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("law", "0007_handling_and_sending")]
    operations = [migrations.RunPython(enact, repeal)]
