"""Audits, agreements on information systems and the comparison of their accounts: first values."""

from django.db import migrations

from nerima_privacy.law.seeds import IN_FORCE, fill

ADDED = [
    "audit.interval_years",
    "audit.longest_days",
    "system.agreement_topics",
    "system.agreement_months",
    "accounts.interval_days",
    "accounts.ahead_days",
    "accounts.answer_days",
    "accounts.answers",
]


def enact(apps, schema_editor):
    fill(apps.get_model("law", "LegalParameter"), apps.get_model("law", "HistoricalLegalParameter"))


def repeal(apps, schema_editor):
    """Takes back the rows; their history stays."""
    apps.get_model("law", "LegalParameter").objects.filter(key__in=ADDED, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("law", "0007_handling_and_sending")]
    operations = [migrations.RunPython(enact, repeal)]
