"""The day a file was first notified, and the series its numbers come from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files_registry", "0002_history_reasons_of_any_length")]
    operations = [
        *[
            migrations.AddField(
                model_name=model,
                name="first_filed_on",
                field=models.DateField(
                    blank=True,
                    null=True,
                    verbose_name="はじめて届け出た日",
                    help_text="紙の届出を含みます。空のまま保有中のファイルは、届出のない保有として一覧に出ます。",
                ),
            )
            for model in ("personalinformationfile", "historicalpersonalinformationfile")
        ],
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("key", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
