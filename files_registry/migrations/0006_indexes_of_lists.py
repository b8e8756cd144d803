"""Indexes that answer the counts of the lists without reading the rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files_registry", "0005_register_numbers_and_sources")]
    operations = [
        migrations.RemoveIndex(model_name="personalinformationfile", name="file_status"),
        migrations.AddIndex(
            model_name="personalinformationfile",
            index=models.Index(name="file_status_filed", fields=["status", "first_filed_on", "-id"]),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(name="filing_status_filed", fields=["status", "filed_at"]),
        ),
    ]
