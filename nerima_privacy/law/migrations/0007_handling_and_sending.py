"""What copying, sending and taking out need, and the checklists before sending: first values."""

from django.db import migrations

from nerima_privacy.law.seeds import IN_FORCE, fill

ADDED = [
    "handling.requirements",
    "handling.media",
    "handling.decide_days",
    "handling.standing_days",
    "handling.step_up_days",
    "sending.confirm_days",
    "sending.checklist_mail",
    "sending.checklist_fax",
    "sending.checklist_web",
    "sending.checklist_post",
    "sending.checklist_hand_over",
]


def enact(apps, schema_editor):
    fill(apps.get_model("law", "LegalParameter"), apps.get_model("law", "HistoricalLegalParameter"))


def repeal(apps, schema_editor):
    """Takes back the rows; their history stays."""
    apps.get_model("law", "LegalParameter").objects.filter(key__in=ADDED, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("law", "0006_days_of_looking_ahead")]
    operations = [migrations.RunPython(enact, repeal)]
