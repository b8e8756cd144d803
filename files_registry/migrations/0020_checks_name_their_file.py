"""Every check names its file and units, and says what is sent where no request does (第14条)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files_registry', '0019_checks_without_a_request'),
        ('roles', '0005_unit_code_fits_an_address'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sendingcheck',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sending_checks', to='files_registry.personalinformationfile', verbose_name='個人情報ファイル'),
        ),
        migrations.AlterField(
            model_name='sendingcheck',
            name='sender_unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roles.unit', verbose_name='送る人の所属'),
        ),
        migrations.AlterField(
            model_name='sendingcheck',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roles.unit', verbose_name='所管'),
        ),
        migrations.AddConstraint(
            model_name='sendingcheck',
            constraint=models.CheckConstraint(condition=models.Q(('request__isnull', False), models.Q(models.Q(('what', ''), _negated=True), models.Q(('recipient', ''), _negated=True), ('level__in', ['note', 'standing']), ('persons__isnull', False)), _connector='OR'), name='check_without_request_says_what_is_sent'),
        ),
        migrations.AddConstraint(
            model_name='sendingcheck',
            constraint=models.CheckConstraint(condition=models.Q(('request__isnull', False), models.Q(('level', 'standing'), _negated=True), ('standing__isnull', False), _connector='OR'), name='check_by_standing_names_it'),
        ),
    ]
