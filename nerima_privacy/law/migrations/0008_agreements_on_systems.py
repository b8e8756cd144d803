"""What 保護責任者 and the administrator of an information system agree on, and for how long: first values."""

from django.db import migrations

from nerima_privacy.law.seeds import IN_FORCE, fill

ADDED = ["system.agreement_topics", "system.agreement_months"]


def enact(apps, schema_editor):
    fill(apps.get_model("law", "LegalParameter"), apps.get_model("law", "HistoricalLegalParameter"))


def repeal(apps, schema_editor):
    """Takes back the rows; their history stays."""
    apps.get_model("law", "LegalParameter").objects.filter(key__in=ADDED, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("law", "0007_handling_and_sending")]
    operations = [migrations.RunPython(enact, repeal)]
