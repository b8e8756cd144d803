"""Later days of return or erasure, asked for and decided (第12条)."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files_registry', '0017_account_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalExtension',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('status', models.CharField(choices=[('asked', '延長の判断待ち'), ('granted', '延長を許可'), ('refused', '延長を不許可'), ('withdrawn', '取下げ'), ('settled', '決める前に終わったもの')], default='asked', max_length=12, verbose_name='状態')),
                ('due_before', models.DateField(verbose_name='延長の前の期限')),
                ('due_on', models.DateField(verbose_name='延長したあとの期限')),
                ('reason', models.TextField(max_length=1000, verbose_name='延長の理由')),
                ('asked_at', models.DateTimeField(verbose_name='延長を求めた日時')),
                ('decided_post', models.CharField(blank=True, max_length=120, verbose_name='延長を決めた人の役割')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='延長を決めた日時')),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='延長の条件、または理由')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='判断待ちでなくなった日時')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='延長を求めた人')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='延長を決めた人')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files_registry.handlingrequest', verbose_name='申請')),
            ],
            options={
                'verbose_name': '期限の延長の履歴',
                'verbose_name_plural': 'historical 返却・消去の期限の延長',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('asked', '延長の判断待ち'), ('granted', '延長を許可'), ('refused', '延長を不許可'), ('withdrawn', '取下げ'), ('settled', '決める前に終わったもの')], default='asked', max_length=12, verbose_name='状態')),
                ('due_before', models.DateField(verbose_name='延長の前の期限')),
                ('due_on', models.DateField(verbose_name='延長したあとの期限')),
                ('reason', models.TextField(max_length=1000, verbose_name='延長の理由')),
                ('asked_at', models.DateTimeField(verbose_name='延長を求めた日時')),
                ('decided_post', models.CharField(blank=True, max_length=120, verbose_name='延長を決めた人の役割')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='延長を決めた日時')),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='延長の条件、または理由')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='判断待ちでなくなった日時')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='延長を求めた人')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='延長を決めた人')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='files_registry.handlingrequest', verbose_name='申請')),
            ],
            options={
                'verbose_name': '返却・消去の期限の延長',
                'verbose_name_plural': '返却・消去の期限の延長',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('request',), name='extension_one_open_a_request'), models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('due_before'))), name='extension_ends_later_than_before'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='extension_asker_never_decides', violation_error_message='延長を求めた人は、その延長を決められません。'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['granted', 'refused']), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='extension_decided_names_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='extension_refused_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('status', 'asked')), models.Q(models.Q(('status', 'asked'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='extension_is_open_until_it_ended')],
            },
        ),
    ]
