"""How long a check by two stands before what was checked is sent: first value."""

from django.db import migrations

from nerima_privacy.law.seeds import IN_FORCE, fill

ADDED = ["sending.send_days"]


def enact(apps, schema_editor):
    fill(apps.get_model("law", "LegalParameter"), apps.get_model("law", "HistoricalLegalParameter"))


def repeal(apps, schema_editor):
    """Takes back the row; its history stays."""
    apps.get_model("law", "LegalParameter").objects.filter(key__in=ADDED, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("law", "0008_audits_systems_and_accounts")]
    operations = [migrations.RunPython(enact, repeal)]
