"""Namings of administrators that were mistakes are withdrawn, and whom they had ended goes on (第5条第4項)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def end_the_withdrawn(apps, schema_editor):
    """Without these columns a row that counts for no day cannot be told from one in force: it ends where it began."""
    rows = apps.get_model("files_registry", "SystemAdministrator").objects
    rows.filter(withdrawn_at__isnull=False, valid_to=None).update(valid_to=models.F("valid_from"))


class Migration(migrations.Migration):

    dependencies = [
        ('files_registry', '0022_media_disposed_of_together'),
        ('roles', '0005_unit_code_fits_an_address'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='systemadministrator',
            name='system_has_one_administrator',
        ),
        migrations.AddField(
            model_name='historicalsystemadministrator',
            name='replaced',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files_registry.systemadministrator', verbose_name='前の管理者の登録'),
        ),
        migrations.AddField(
            model_name='historicalsystemadministrator',
            name='replaced_until',
            field=models.DateField(blank=True, null=True, verbose_name='前の管理者の終わり（変える前）'),
        ),
        migrations.AddField(
            model_name='historicalsystemadministrator',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='取り消した日時'),
        ),
        migrations.AddField(
            model_name='historicalsystemadministrator',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='取り消した人'),
        ),
        migrations.AddField(
            model_name='historicalsystemadministrator',
            name='withdrawn_reason',
            field=models.CharField(blank=True, max_length=1000, verbose_name='取り消した理由'),
        ),
        migrations.AddField(
            model_name='systemadministrator',
            name='replaced',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files_registry.systemadministrator', verbose_name='前の管理者の登録'),
        ),
        migrations.AddField(
            model_name='systemadministrator',
            name='replaced_until',
            field=models.DateField(blank=True, null=True, verbose_name='前の管理者の終わり（変える前）'),
        ),
        migrations.AddField(
            model_name='systemadministrator',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='取り消した日時'),
        ),
        migrations.AddField(
            model_name='systemadministrator',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='取り消した人'),
        ),
        migrations.AddField(
            model_name='systemadministrator',
            name='withdrawn_reason',
            field=models.CharField(blank=True, max_length=1000, verbose_name='取り消した理由'),
        ),
        migrations.AddConstraint(
            model_name='systemadministrator',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None), ('withdrawn_at', None)), fields=('system',), name='system_has_one_administrator'),
        ),
        migrations.AddConstraint(
            model_name='systemadministrator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='administrator_withdrawn_by_somebody_why'),
        ),
        migrations.RunPython(migrations.RunPython.noop, end_the_withdrawn),
    ]
