"""Account lists compared with the rights of a day, findings and answers (第11条第1項)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files_registry', '0016_information_systems'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountColumns',
            fields=[
                ('system', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='account_columns', serialize=False, to='files_registry.informationsystem', verbose_name='情報システム')),
                ('columns', models.JSONField(default=dict, help_text='役目→見出し', verbose_name='列')),
                ('words', models.JSONField(default=dict, help_text='ことば→権限の内容', verbose_name='権限のことば')),
                ('stopped', models.JSONField(default=dict, help_text='ことば→停止中か', verbose_name='停止のことば')),
            ],
            options={
                'verbose_name': 'アカウント一覧の列',
                'verbose_name_plural': 'アカウント一覧の列',
            },
        ),
        migrations.CreateModel(
            name='AccountComparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of', models.DateField(verbose_name='基準日')),
                ('status', models.CharField(choices=[('uploaded', '列の意味待ち'), ('wrong', '誤りがあります'), ('checked', '記録待ち'), ('recorded', '記録ずみ'), ('discarded', '取りやめ')], default='uploaded', max_length=12, verbose_name='状態')),
                ('file_name', models.CharField(max_length=200, verbose_name='ファイル名')),
                ('payload', models.BinaryField(null=True)),
                ('columns', models.JSONField(default=dict, verbose_name='列')),
                ('words', models.JSONField(default=dict, verbose_name='権限のことば')),
                ('stopped', models.JSONField(default=dict, verbose_name='停止のことば')),
                ('problems', models.JSONField(default=list, verbose_name='誤りと注意')),
                ('shown', models.JSONField(default=dict, editable=False, verbose_name='確認の結果')),
                ('counts', models.JSONField(default=dict, verbose_name='件数')),
                ('digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='読み込ませた日時')),
                ('recorded_post', models.CharField(blank=True, max_length=120, verbose_name='記録した人の役割')),
                ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='記録した日時')),
                ('form_token', models.CharField(editable=False, max_length=60, null=True, unique=True)),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録した人')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_comparisons', to='files_registry.informationsystem', verbose_name='情報システム')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='読み込ませた人')),
            ],
            options={
                'verbose_name': 'アカウントの突き合わせ',
                'verbose_name_plural': 'アカウントの突き合わせ',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='AccountAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='答えの符号')),
                ('label', models.CharField(max_length=120, verbose_name='なにをしたか')),
                ('reason', models.CharField(blank=True, max_length=1000, verbose_name='理由・経過')),
                ('until', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                ('answered_post', models.CharField(max_length=120, verbose_name='答えた人の役割')),
                ('answered_at', models.DateTimeField(auto_now_add=True, verbose_name='答えた日時')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_answers', to=settings.AUTH_USER_MODEL, verbose_name='答えた人')),
                ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='files_registry.accountcomparison', verbose_name='突き合わせ')),
            ],
            options={
                'verbose_name': '突き合わせの指摘への答え',
                'verbose_name_plural': '突き合わせの指摘への答え',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='AccountFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('gone', '去った人'), ('excess', '余分なアカウント'), ('wider', '権限が広い'), ('unknown', 'だれのものか分からない'), ('missing', '不足')], max_length=12, verbose_name='種類')),
                ('why', models.CharField(choices=[('inactive', '在籍していません'), ('no_post', '基準日に、所属も役割もありません'), ('moved', '権限のもとの組織から異動しています'), ('no_right', 'このシステムのどのファイルにも権限がありません'), ('beyond', '許可された権限をこえています'), ('no_number', '職員番号がありません'), ('not_known', 'その職員番号の人がいません'), ('no_account', '権限がありますが、アカウントがありません')], max_length=12, verbose_name='わけ')),
                ('account', models.CharField(blank=True, max_length=100, verbose_name='アカウント')),
                ('staff_number', models.CharField(blank=True, max_length=40, verbose_name='職員番号（一覧のもの）')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='一覧の権限')),
                ('over', models.CharField(blank=True, help_text='符号を空白で区切ったもの', max_length=80, verbose_name='許可をこえる権限')),
                ('last_login', models.DateField(blank=True, null=True, verbose_name='最後に使った日')),
                ('lasts', models.BooleanField(default=False, verbose_name='次の突き合わせにもあった')),
                ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='files_registry.accountanswer', verbose_name='答え')),
                ('closed_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed', to='files_registry.accountcomparison', verbose_name='次の突き合わせ')),
                ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='files_registry.accountcomparison', verbose_name='突き合わせ')),
                ('continues', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='files_registry.accountfinding', verbose_name='前回の指摘')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='職員等')),
            ],
            options={
                'verbose_name': 'アカウントの指摘',
                'verbose_name_plural': 'アカウントの指摘',
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='accountcomparison',
            index=models.Index(fields=['system', 'status', '-id'], name='account_comparison_of_system'),
        ),
        migrations.AddConstraint(
            model_name='accountcomparison',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['recorded', 'discarded']), _negated=True), ('payload', None), _connector='OR'), name='account_comparison_done_keeps_no_file'),
        ),
        migrations.AddConstraint(
            model_name='accountcomparison',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recorded_at__isnull', False), ('recorded_by__isnull', False), ('status', 'recorded')), models.Q(models.Q(('status', 'recorded'), _negated=True), ('recorded_at', None), ('recorded_by', None)), _connector='OR'), name='account_comparison_recorded_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='accountfinding',
            index=models.Index(fields=['comparison', 'kind', 'id'], name='account_finding_of'),
        ),
        migrations.AddIndex(
            model_name='accountfinding',
            index=models.Index(condition=models.Q(('closed_in', None), models.Q(('kind', 'missing'), _negated=True)), fields=['comparison'], name='account_finding_standing'),
        ),
        migrations.AddIndex(
            model_name='accountfinding',
            index=models.Index(fields=['person', 'comparison'], name='account_finding_person'),
        ),
        migrations.AddConstraint(
            model_name='accountfinding',
            constraint=models.UniqueConstraint(condition=models.Q(('account', ''), _negated=True), fields=('comparison', 'account'), name='account_finding_once_an_account'),
        ),
        migrations.AddConstraint(
            model_name='accountfinding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account', ''), ('kind', 'missing'), ('person__isnull', False)), models.Q(models.Q(('kind', 'missing'), _negated=True), models.Q(('account', ''), _negated=True)), _connector='OR'), name='account_finding_names_an_account_or_a_person'),
        ),
        migrations.AddConstraint(
            model_name='accountfinding',
            constraint=models.CheckConstraint(condition=models.Q(('closed_in', None), models.Q(('closed_in', models.F('comparison')), _negated=True), _connector='OR'), name='account_finding_is_not_closed_by_itself'),
        ),
        migrations.AddConstraint(
            model_name='accountfinding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'missing'), _negated=True), ('answer', None), _connector='OR'), name='account_finding_missing_is_not_answered'),
        ),
    ]
