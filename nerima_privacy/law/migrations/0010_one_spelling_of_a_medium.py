"""USBメモリー, as the ledgers spell it: the label of one medium in lists that still have the first spelling."""

from django.db import migrations
from django.utils import timezone

KEY, CODE, BEFORE, AFTER = "handling.media", "usb", "USBメモリ", "USBメモリー"
REASON = "表記をそろえた。"


def spell(apps, schema_editor):
    histories = apps.get_model("law", "HistoricalLegalParameter").objects
    for row in apps.get_model("law", "LegalParameter").objects.filter(key=KEY):
        media = [medium for medium in row.value if medium.get("code") == CODE and medium.get("label") == BEFORE]
        if not media:
            continue
        for medium in media:
            medium["label"] = AFTER
        row.skip_history_when_saving = True
        row.save(update_fields=["value"])
        facts = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
        histories.create(**facts, history_date=timezone.now(), history_type="~", history_change_reason=REASON)


class Migration(migrations.Migration):
    dependencies = [("law", "0009_days_from_check_to_sending")]
    operations = [migrations.RunPython(spell, migrations.RunPython.noop)]
