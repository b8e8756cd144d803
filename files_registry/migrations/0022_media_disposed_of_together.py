"""Media disposed of together, by one act and with one proof (第15条)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files_registry', '0021_sendings_marked_sent'),
        ('roles', '0005_unit_code_fits_an_address'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='JointDisposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_post', models.CharField(blank=True, max_length=120, verbose_name='記録した人の役割')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='記録した日時')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録した人')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roles.unit', verbose_name='所管')),
            ],
            options={
                'verbose_name': 'まとめて処分した記録',
                'verbose_name_plural': 'まとめて処分した記録',
            },
        ),
        migrations.AddField(
            model_name='historicalstoredmedium',
            name='disposal',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files_registry.jointdisposal', verbose_name='まとめて処分した記録'),
        ),
        migrations.AddField(
            model_name='storedmedium',
            name='disposal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='media', to='files_registry.jointdisposal', verbose_name='まとめて処分した記録'),
        ),
    ]
