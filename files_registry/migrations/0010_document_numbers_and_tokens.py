"""The number of the notice of the result, the page a draft was begun from, and the notification it begins again."""

import django.db.models.deletion
from django.db import migrations, models

NUMBER = models.CharField(
    "検討結果通知書の文書番号", blank=True, default="", max_length=60, help_text="検討結果通知書に印刷されます。"
)
AGAIN = {
    "blank": True,
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "to": "files_registry.filing",
    "verbose_name": "作り直すもとの届出",
}


class Migration(migrations.Migration):
    dependencies = [("files_registry", "0009_names_in_japanese")]

    operations = [
        migrations.AddField("filing", "document_number", NUMBER),
        migrations.AddField("historicalfiling", "document_number", NUMBER.clone()),
        migrations.AddField("filing", "again_of", models.ForeignKey(related_name="begun_again", **AGAIN)),
        migrations.AddField(
            "historicalfiling",
            "again_of",
            models.ForeignKey(
                related_name="+",
                db_constraint=False,
                **{**AGAIN, "on_delete": django.db.models.deletion.DO_NOTHING},
            ),
        ),
        migrations.AddField(
            "filing", "form_token", models.CharField(editable=False, max_length=40, null=True, unique=True)
        ),
    ]
