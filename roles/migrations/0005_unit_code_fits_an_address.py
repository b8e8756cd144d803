"""A unit's code stands in the address of its page, so it holds nothing an address cannot."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('roles', '0004_history_reasons_of_any_length'),
    ]

    operations = [
        migrations.AlterField(
            model_name='historicalunit',
            name='code',
            field=models.CharField(db_index=True, max_length=20, validators=[django.core.validators.RegexValidator('^(?!(me|people|appointments|audit-officers)$)[^\\s/?#%.]+$', '組織コードに空白や / ? # . は使えません。数字、英字、- を使ってください。')], verbose_name='組織コード'),
        ),
        migrations.AlterField(
            model_name='unit',
            name='code',
            field=models.CharField(max_length=20, unique=True, validators=[django.core.validators.RegexValidator('^(?!(me|people|appointments|audit-officers)$)[^\\s/?#%.]+$', '組織コードに空白や / ? # . は使えません。数字、英字、- を使ってください。')], verbose_name='組織コード'),
        ),
    ]
