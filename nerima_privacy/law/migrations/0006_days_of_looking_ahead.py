"""How many days ahead boards, desks and lists look: first values where earlier migrations ran before there were any."""

from django.db import migrations

from nerima_privacy.law.seeds import IN_FORCE, fill

ADDED = ["board.soon_days", "seats.look_ahead_days", "seats.ending_days", "filing.look_ahead_days"]


def enact(apps, schema_editor):
    fill(apps.get_model("law", "LegalParameter"), apps.get_model("law", "HistoricalLegalParameter"))


def repeal(apps, schema_editor):
    """Takes back the rows; their history stays."""
    apps.get_model("law", "LegalParameter").objects.filter(key__in=ADDED, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("law", "0005_titles_of_audit_officers")]
    operations = [migrations.RunPython(enact, repeal)]
