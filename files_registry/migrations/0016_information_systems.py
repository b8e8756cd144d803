"""Information systems, their administrators and the files they hold (第5条第4項)."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files_registry', '0015_handling'),
        ('roles', '0005_unit_code_fits_an_address'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalInformationSystem',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(db_index=True, max_length=120, verbose_name='名称')),
                ('purpose', models.CharField(max_length=400, verbose_name='なにに使うか')),
                ('valid_from', models.DateField(verbose_name='使いはじめた日')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='使い終えた日（この日まで）')),
                ('registered_at', models.DateTimeField(blank=True, editable=False, verbose_name='登録した日時')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('registered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登録した人')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roles.unit', verbose_name='所管')),
            ],
            options={
                'verbose_name': '情報システムの履歴',
                'verbose_name_plural': 'historical 情報システム',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='InformationSystem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='名称')),
                ('purpose', models.CharField(max_length=400, verbose_name='なにに使うか')),
                ('valid_from', models.DateField(verbose_name='使いはじめた日')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='使い終えた日（この日まで）')),
                ('registered_at', models.DateTimeField(auto_now_add=True, verbose_name='登録した日時')),
                ('stamp', models.PositiveIntegerField(default=0, editable=False)),
                ('form_token', models.CharField(editable=False, max_length=60, null=True, unique=True)),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登録した人')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='information_systems', to='roles.unit', verbose_name='所管')),
            ],
            options={
                'verbose_name': '情報システム',
                'verbose_name_plural': '情報システム',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalSystemFile',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='はじまり')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='終わり（この日まで）')),
                ('linked_at', models.DateTimeField(blank=True, editable=False, verbose_name='登録した日時')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files_registry.personalinformationfile', verbose_name='個人情報ファイル')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('linked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登録した人')),
                ('system', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files_registry.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '情報システムにあるファイルの履歴',
                'verbose_name_plural': 'historical 情報システムにあるファイル',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalSystemAdministrator',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='はじまり')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='終わり（この日まで）')),
                ('named_at', models.DateTimeField(blank=True, editable=False, verbose_name='登録した日時')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('named_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登録した人')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='管理者')),
                ('system', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files_registry.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '情報システムの管理者の履歴',
                'verbose_name_plural': 'historical 情報システムの管理者',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='SystemAdministrator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='はじまり')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='終わり（この日まで）')),
                ('named_at', models.DateTimeField(auto_now_add=True, verbose_name='登録した日時')),
                ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登録した人')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='systems_administered', to=settings.AUTH_USER_MODEL, verbose_name='管理者')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='administrators', to='files_registry.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '情報システムの管理者',
                'verbose_name_plural': '情報システムの管理者',
                'ordering': ['-valid_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SystemFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='はじまり')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='終わり（この日まで）')),
                ('linked_at', models.DateTimeField(auto_now_add=True, verbose_name='登録した日時')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='system_files', to='files_registry.personalinformationfile', verbose_name='個人情報ファイル')),
                ('linked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登録した人')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='system_files', to='files_registry.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '情報システムにあるファイル',
                'verbose_name_plural': '情報システムにあるファイル',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='informationsystem',
            index=models.Index(fields=['unit', 'name'], name='system_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='informationsystem',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='system_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='systemadministrator',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('system',), name='system_has_one_administrator'),
        ),
        migrations.AddConstraint(
            model_name='systemadministrator',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='administrator_ends_after_beginning'),
        ),
        migrations.AddIndex(
            model_name='systemfile',
            index=models.Index(fields=['file', 'valid_to'], name='system_file_of_file'),
        ),
        migrations.AddConstraint(
            model_name='systemfile',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('system', 'file'), name='file_once_in_a_system'),
        ),
        migrations.AddConstraint(
            model_name='systemfile',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='system_file_ends_after_beginning'),
        ),
    ]
