"""Which titles count as 部長 or 課長 when a 監査責任者 is appointed: a first value where 0004 ran before there was one."""

from django.db import migrations

from nerima_privacy.law.seeds import IN_FORCE, fill


def enact(apps, schema_editor):
    fill(apps.get_model("law", "LegalParameter"), apps.get_model("law", "HistoricalLegalParameter"))


def repeal(apps, schema_editor):
    """Takes back the row; its history stays."""
    rows = apps.get_model("law", "LegalParameter").objects
    rows.filter(key="audit.eligible_titles", valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("law", "0004_first_values")]
    operations = [migrations.RunPython(enact, repeal)]
