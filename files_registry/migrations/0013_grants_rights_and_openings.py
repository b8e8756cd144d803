"""Grants, the rows of guardian's that are their rights, groups of posts, and the record of openings (第11条)."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('files_registry', '0012_rights_over_what_a_file_holds'),
        ('roles', '0005_unit_code_fits_an_address'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('may_open', models.BooleanField(default=True, verbose_name='閲覧')),
                ('may_enter', models.BooleanField(default=False, verbose_name='入力・更新')),
                ('may_erase', models.BooleanField(default=False, verbose_name='削除')),
                ('may_output', models.BooleanField(default=False, verbose_name='出力')),
                ('purpose', models.CharField(max_length=400, verbose_name='利用の目的')),
                ('begins_at', models.DateTimeField(verbose_name='はじまり')),
                ('ends_at', models.DateTimeField(verbose_name='終わり（この時刻まで）')),
                ('status', models.CharField(choices=[('requested', '申請中'), ('granted', '許可'), ('refused', '不許可'), ('withdrawn', '取下げ'), ('narrowed', '縮小（新しい許可に引継ぎ）'), ('suspended', '停止'), ('revoked', '取消し'), ('ended', '終了')], default='requested', max_length=12, verbose_name='状態')),
                ('status_since', models.DateTimeField(verbose_name='いまの状態になった日時')),
                ('origin', models.CharField(choices=[('request', '本人の申請'), ('proposal', '所管からの提案'), ('handling', '取扱いの許可に伴うもの')], default='request', max_length=12, verbose_name='きっかけ')),
                ('asked_at', models.DateTimeField(verbose_name='申し出た日時')),
                ('decided_post', models.CharField(blank=True, max_length=120, verbose_name='決めた人の役割')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='決めた日時')),
                ('decision_note', models.CharField(blank=True, max_length=1000, verbose_name='条件・理由')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='終わった日時')),
                ('end_reason', models.CharField(blank=True, max_length=1000, verbose_name='終わった理由')),
                ('kept_at', models.DateTimeField(blank=True, null=True, verbose_name='棚卸しで継続とした日時')),
                ('form_token', models.CharField(editable=False, max_length=60, null=True, unique=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants_asked', to=settings.AUTH_USER_MODEL, verbose_name='申し出た人')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='決めた人')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='files_registry.personalinformationfile', verbose_name='個人情報ファイル')),
                ('narrows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='narrowed_to', to='files_registry.grant', verbose_name='縮小前の許可')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='職員等')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roles.unit', verbose_name='所属')),
            ],
            options={
                'verbose_name': 'アクセス権',
                'verbose_name_plural': 'アクセス権',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PostGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('staff', '職員・教職員'), ('officers', '保護担当者'), ('dispatched', '派遣・委託先の人')], max_length=12, verbose_name='だれ')),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='post_group', to='auth.group')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='post_groups', to='roles.unit', verbose_name='組織')),
            ],
            options={
                'verbose_name': '職のまとまり',
                'verbose_name_plural': '職のまとまり',
            },
        ),
        migrations.CreateModel(
            name='HistoricalGrant',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('may_open', models.BooleanField(default=True, verbose_name='閲覧')),
                ('may_enter', models.BooleanField(default=False, verbose_name='入力・更新')),
                ('may_erase', models.BooleanField(default=False, verbose_name='削除')),
                ('may_output', models.BooleanField(default=False, verbose_name='出力')),
                ('purpose', models.CharField(max_length=400, verbose_name='利用の目的')),
                ('begins_at', models.DateTimeField(verbose_name='はじまり')),
                ('ends_at', models.DateTimeField(verbose_name='終わり（この時刻まで）')),
                ('status', models.CharField(choices=[('requested', '申請中'), ('granted', '許可'), ('refused', '不許可'), ('withdrawn', '取下げ'), ('narrowed', '縮小（新しい許可に引継ぎ）'), ('suspended', '停止'), ('revoked', '取消し'), ('ended', '終了')], default='requested', max_length=12, verbose_name='状態')),
                ('status_since', models.DateTimeField(verbose_name='いまの状態になった日時')),
                ('origin', models.CharField(choices=[('request', '本人の申請'), ('proposal', '所管からの提案'), ('handling', '取扱いの許可に伴うもの')], default='request', max_length=12, verbose_name='きっかけ')),
                ('asked_at', models.DateTimeField(verbose_name='申し出た日時')),
                ('decided_post', models.CharField(blank=True, max_length=120, verbose_name='決めた人の役割')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='決めた日時')),
                ('decision_note', models.CharField(blank=True, max_length=1000, verbose_name='条件・理由')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='終わった日時')),
                ('end_reason', models.CharField(blank=True, max_length=1000, verbose_name='終わった理由')),
                ('kept_at', models.DateTimeField(blank=True, null=True, verbose_name='棚卸しで継続とした日時')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申し出た人')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='決めた人')),
                ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files_registry.personalinformationfile', verbose_name='個人情報ファイル')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('narrows', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files_registry.grant', verbose_name='縮小前の許可')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='職員等')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roles.unit', verbose_name='所属')),
                ('group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files_registry.postgroup', verbose_name='職のまとまり')),
            ],
            options={
                'verbose_name': 'アクセス権の履歴',
                'verbose_name_plural': 'historical アクセス権',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='grant',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='files_registry.postgroup', verbose_name='職のまとまり'),
        ),
        migrations.CreateModel(
            name='FileUserRight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='files_registry.personalinformationfile')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roles.unit')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='user_rights', to='files_registry.grant')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['user', 'permission', 'ends_at', 'content_object'], name='file_user_right_whose'), models.Index(fields=['content_object', 'user'], name='file_user_right_of')],
                'unique_together': {('grant', 'permission')},
            },
        ),
        migrations.CreateModel(
            name='FileGroupRight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='files_registry.personalinformationfile')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roles.unit')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_rights', to='files_registry.grant')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['group', 'permission', 'ends_at', 'content_object'], name='file_group_right_whose'), models.Index(fields=['content_object', 'group'], name='file_group_right_of')],
                'unique_together': {('grant', 'permission')},
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='日時')),
                ('ground', models.CharField(blank=True, help_text='役割、または許可の番号', max_length=140, verbose_name='根拠')),
                ('purpose', models.CharField(blank=True, max_length=400, verbose_name='利用の目的')),
                ('refused', models.BooleanField(default=False, verbose_name='拒まれた')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='files_registry.personalinformationfile', verbose_name='個人情報ファイル')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to=settings.AUTH_USER_MODEL, verbose_name='職員等')),
            ],
            options={
                'verbose_name': 'ファイルを開いた記録',
                'verbose_name_plural': 'ファイルを開いた記録',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['file', '-id'], name='opening_of_file'), models.Index(fields=['person', 'file', '-id'], name='opening_by_person')],
            },
        ),
        migrations.AddConstraint(
            model_name='postgroup',
            constraint=models.UniqueConstraint(fields=('unit', 'kind'), name='post_group_once_a_unit'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(fields=['file', 'status', '-id'], name='grant_file_status'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(fields=['person', 'status', '-id'], name='grant_person_status'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(fields=['asked_by', '-id'], name='grant_asked_by'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(condition=models.Q(('status__in', ['requested', 'suspended'])), fields=['status_since'], name='grant_moving'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(condition=models.Q(('status__in', ['refused', 'withdrawn', 'narrowed', 'revoked', 'ended'])), fields=['-id'], name='grant_ended'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(condition=models.Q(('status', 'granted')), fields=['ends_at'], name='grant_ending'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('group', None), ('person__isnull', False)), models.Q(('group__isnull', False), ('person', None)), _connector='OR'), name='grant_is_for_a_person_or_a_group'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('may_open', True), ('may_enter', True), ('may_erase', True), ('may_output', True), _connector='OR'), name='grant_gives_some_right'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='grant_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['requested', 'withdrawn']), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='grant_is_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), ('person', None), models.Q(('decided_by', models.F('person')), _negated=True), _connector='OR'), name='grant_applicant_never_decides'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['revoked', 'ended', 'narrowed', 'suspended']), _negated=True), models.Q(('ended_at__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='grant_ended_has_its_moment_and_reason'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'granted'), _negated=True), ('ended_at', None), _connector='OR'), name='grant_in_force_has_not_ended'),
        ),
    ]
