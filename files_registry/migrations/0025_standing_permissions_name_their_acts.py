"""A standing permission for その他の行為 says which acts it covers (第12条)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files_registry', '0024_rights_know_when_they_were_used'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalstandingpermission',
            name='other_acts',
            field=models.TextField(blank=True, max_length=1000, verbose_name='その他の行為の内容'),
        ),
        migrations.AddField(
            model_name='standingpermission',
            name='other_acts',
            field=models.TextField(blank=True, max_length=1000, verbose_name='その他の行為の内容'),
        ),
    ]
