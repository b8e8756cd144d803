"""A check before sending says what is sent, so that it may be made without a request (第14条)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def say_what_was_asked(apps, schema_editor):
    """What is sent by a check of a request stands in the check too."""
    requests = apps.get_model("files_registry", "HandlingRequest").objects
    said = ["file", "unit", "items", "persons", "recipient", "encryption", "standing"]
    of = requests.filter(pk=OuterRef("request"))
    values = {field: Subquery(of.values(field)[:1]) for field in said}
    values["sender_unit"] = Subquery(of.values("applicant_unit")[:1])
    # The history stays as it was written: it is append-only.
    apps.get_model("files_registry", "SendingCheck").objects.filter(file=None).update(**values)


class Migration(migrations.Migration):

    dependencies = [
        ('files_registry', '0018_extensions_of_returns'),
        ('roles', '0005_unit_code_fits_an_address'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='encryption',
            field=models.CharField(blank=True, choices=[('encrypted', '暗号化する'), ('plain', '暗号化しない'), ('paper', '紙など、暗号化できないもの')], max_length=10, verbose_name='暗号化'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='file',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files_registry.personalinformationfile', verbose_name='個人情報ファイル'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='items',
            field=models.TextField(blank=True, max_length=4000, verbose_name='取り扱う記録項目'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='level',
            field=models.CharField(blank=True, choices=[('note', '記録だけでよい'), ('standing', '包括許可でよい'), ('each', 'その都度の許可が要る')], max_length=10, verbose_name='一人目のとき要ったもの'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='persons',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='本人の数'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='recipient',
            field=models.CharField(blank=True, max_length=200, verbose_name='送り先'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='sender_unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roles.unit', verbose_name='送る人の所属'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='standing',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files_registry.standingpermission', verbose_name='包括許可'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roles.unit', verbose_name='所管'),
        ),
        migrations.AddField(
            model_name='historicalsendingcheck',
            name='what',
            field=models.CharField(blank=True, max_length=200, verbose_name='送るもの'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='encryption',
            field=models.CharField(blank=True, choices=[('encrypted', '暗号化する'), ('plain', '暗号化しない'), ('paper', '紙など、暗号化できないもの')], max_length=10, verbose_name='暗号化'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sending_checks', to='files_registry.personalinformationfile', verbose_name='個人情報ファイル'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='form_token',
            field=models.CharField(editable=False, max_length=60, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='items',
            field=models.TextField(blank=True, max_length=4000, verbose_name='取り扱う記録項目'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='level',
            field=models.CharField(blank=True, choices=[('note', '記録だけでよい'), ('standing', '包括許可でよい'), ('each', 'その都度の許可が要る')], max_length=10, verbose_name='一人目のとき要ったもの'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='persons',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='本人の数'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='recipient',
            field=models.CharField(blank=True, max_length=200, verbose_name='送り先'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='sender_unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roles.unit', verbose_name='送る人の所属'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='standing',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='files_registry.standingpermission', verbose_name='包括許可'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roles.unit', verbose_name='所管'),
        ),
        migrations.AddField(
            model_name='sendingcheck',
            name='what',
            field=models.CharField(blank=True, max_length=200, verbose_name='送るもの'),
        ),
        migrations.AlterField(
            model_name='historicalsendingcheck',
            name='status',
            field=models.CharField(choices=[('filled', '二人目の確認待ち'), ('confirmed', '二人で確認済み'), ('sent_back', 'やり直し'), ('called_off', '送付の取りやめ')], default='filled', max_length=12, verbose_name='状態'),
        ),
        migrations.AlterField(
            model_name='sendingcheck',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sending_checks', to='files_registry.handlingrequest', verbose_name='申請'),
        ),
        migrations.AlterField(
            model_name='sendingcheck',
            name='status',
            field=models.CharField(choices=[('filled', '二人目の確認待ち'), ('confirmed', '二人で確認済み'), ('sent_back', 'やり直し'), ('called_off', '送付の取りやめ')], default='filled', max_length=12, verbose_name='状態'),
        ),
        migrations.AddIndex(
            model_name='sendingcheck',
            index=models.Index(fields=['unit', '-id'], name='check_unit'),
        ),
        migrations.AddIndex(
            model_name='sendingcheck',
            index=models.Index(fields=['sender_unit', '-id'], name='check_sender_unit'),
        ),
        migrations.RunPython(say_what_was_asked, migrations.RunPython.noop),
    ]
