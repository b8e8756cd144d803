"""Audits of units within an approved period (第24条)."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('roles', '0005_unit_code_fits_an_address'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Audit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='件名')),
                ('occasion', models.CharField(choices=[('regular', '定期'), ('special', '随時')], default='regular', max_length=12, verbose_name='定期・随時の別')),
                ('purpose', models.CharField(max_length=400, verbose_name='監査の目的')),
                ('matters', models.TextField(max_length=4000, verbose_name='監査する事項')),
                ('begins_on', models.DateField(verbose_name='はじまり')),
                ('ends_on', models.DateField(verbose_name='終わり（この日まで）')),
                ('status', models.CharField(choices=[('draft', '案'), ('submitted', '承認待ち'), ('under_way', '実施中'), ('refused', '不承認'), ('withdrawn', '取下げ'), ('ended', '終了')], default='draft', max_length=12, verbose_name='状態')),
                ('status_since', models.DateTimeField(verbose_name='いまの状態になった日時')),
                ('stamp', models.PositiveIntegerField(default=0, editable=False)),
                ('planned_at', models.DateTimeField(verbose_name='案をつくった日時')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='承認を求めた日時')),
                ('decided_post', models.CharField(blank=True, max_length=120, verbose_name='決めた人の役割')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='決めた日時')),
                ('decision_note', models.CharField(blank=True, max_length=1000, verbose_name='条件・理由')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='終わった日時')),
                ('end_reason', models.CharField(blank=True, max_length=1000, verbose_name='終わった理由')),
                ('form_token', models.CharField(editable=False, max_length=60, null=True, unique=True)),
                ('continues', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='audits.audit', verbose_name='引き継ぐ監査')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='決めた人')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='終えた人')),
                ('officers', models.ManyToManyField(related_name='audits', to=settings.AUTH_USER_MODEL, verbose_name='監査責任者')),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audits_planned', to=settings.AUTH_USER_MODEL, verbose_name='案をつくった人')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='承認を求めた人')),
                ('units', models.ManyToManyField(related_name='audits', to='roles.unit', verbose_name='監査する組織')),
            ],
            options={
                'verbose_name': '監査',
                'verbose_name_plural': '監査',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAudit',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='件名')),
                ('occasion', models.CharField(choices=[('regular', '定期'), ('special', '随時')], default='regular', max_length=12, verbose_name='定期・随時の別')),
                ('purpose', models.CharField(max_length=400, verbose_name='監査の目的')),
                ('matters', models.TextField(max_length=4000, verbose_name='監査する事項')),
                ('begins_on', models.DateField(verbose_name='はじまり')),
                ('ends_on', models.DateField(verbose_name='終わり（この日まで）')),
                ('status', models.CharField(choices=[('draft', '案'), ('submitted', '承認待ち'), ('under_way', '実施中'), ('refused', '不承認'), ('withdrawn', '取下げ'), ('ended', '終了')], default='draft', max_length=12, verbose_name='状態')),
                ('status_since', models.DateTimeField(verbose_name='いまの状態になった日時')),
                ('stamp', models.PositiveIntegerField(default=0, editable=False)),
                ('planned_at', models.DateTimeField(verbose_name='案をつくった日時')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='承認を求めた日時')),
                ('decided_post', models.CharField(blank=True, max_length=120, verbose_name='決めた人の役割')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='決めた日時')),
                ('decision_note', models.CharField(blank=True, max_length=1000, verbose_name='条件・理由')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='終わった日時')),
                ('end_reason', models.CharField(blank=True, max_length=1000, verbose_name='終わった理由')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('continues', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='audits.audit', verbose_name='引き継ぐ監査')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='決めた人')),
                ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='終えた人')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('planned_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='案をつくった人')),
                ('submitted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='承認を求めた人')),
            ],
            options={
                'verbose_name': '監査の履歴',
                'verbose_name_plural': 'historical 監査',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalAudit_officers',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('audit', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='audits.audit')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='audits.historicalaudit')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'HistoricalAudit_officers',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalAudit_units',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('audit', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='audits.audit')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='audits.historicalaudit')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roles.unit')),
            ],
            options={
                'verbose_name': 'HistoricalAudit_units',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddIndex(
            model_name='audit',
            index=models.Index(fields=['status', 'ends_on'], name='audit_status_until'),
        ),
        migrations.AddIndex(
            model_name='audit',
            index=models.Index(fields=['planned_by', '-id'], name='audit_planned_by'),
        ),
        migrations.AddConstraint(
            model_name='audit',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='audit_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='audit',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'withdrawn']), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='audit_waits_with_who_asked_for_it'),
        ),
        migrations.AddConstraint(
            model_name='audit',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'withdrawn']), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_post', ''), _negated=True)), _connector='OR'), name='audit_is_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='audit',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(models.Q(('decided_by', models.F('planned_by')), _negated=True), models.Q(('decided_by', models.F('submitted_by')), _negated=True)), _connector='OR'), name='audit_planner_never_decides'),
        ),
        migrations.AddConstraint(
            model_name='audit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('decision_note', ''), _negated=True), _connector='OR'), name='audit_refused_gives_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='audit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('status', 'ended'), models.Q(('end_reason', ''), _negated=True)), models.Q(models.Q(('status', 'ended'), _negated=True), ('ended_at', None), ('ended_by', None)), _connector='OR'), name='audit_ended_has_its_moment_and_reason'),
        ),
    ]
