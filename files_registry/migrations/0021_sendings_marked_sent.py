"""That something was sent after its check is written down, where no request says so (第14条)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files_registry', '0020_checks_name_their_file'),
        ('roles', '0005_unit_code_fits_an_address'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='remains',
            field=models.CharField(blank=True, max_length=200, verbose_name='手もとに残ったもの'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='sent_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='送付を記録した日時'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='sent_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='送付を記録した人'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='sent_how',
            field=models.CharField(blank=True, max_length=200, verbose_name='送った方法、受付番号など'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='sent_on',
            field=models.DateField(blank=True, null=True, verbose_name='送った日'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='remains',
            field=models.CharField(blank=True, max_length=200, verbose_name='手もとに残ったもの'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='sent_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='送付を記録した日時'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='sent_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='送付を記録した人'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='sent_how',
            field=models.CharField(blank=True, max_length=200, verbose_name='送った方法、受付番号など'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='sent_on',
            field=models.DateField(blank=True, null=True, verbose_name='送った日'),
        ),
        migrations.AlterField(
            model_name='historicalsendingcheck',
            name='status',
            field=models.CharField(choices=[('filled', '二人目の確認待ち'), ('confirmed', '二人で確認済み'), ('sent', '送付済み'), ('sent_back', 'やり直し'), ('called_off', '送付の取りやめ')], default='filled', max_length=12, verbose_name='状態'),
        ),
        migrations.AlterField(
            model_name='sendingcheck',
            name='status',
            field=models.CharField(choices=[('filled', '二人目の確認待ち'), ('confirmed', '二人で確認済み'), ('sent', '送付済み'), ('sent_back', 'やり直し'), ('called_off', '送付の取りやめ')], default='filled', max_length=12, verbose_name='状態'),
        ),
        migrations.AddIndex(
            model_name='sendingcheck',
            index=models.Index(condition=models.Q(('request__isnull', True), ('status', 'confirmed')), fields=['confirmed_at'], name='check_unsent'),
        ),
        migrations.AddConstraint(
            model_name='sendingcheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'sent'), _negated=True), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('request__isnull', True), ('sent_at__isnull', False), ('sent_by__isnull', False), ('sent_on__isnull', False), models.Q(('sent_how', ''), _negated=True), models.Q(('remains', ''), _negated=True)), _connector='OR'), name='check_sent_was_confirmed_and_says_how', violation_error_message='送る前の確認が終わっていません（第14条）。'),
        ),
    ]
