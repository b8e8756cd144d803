"""Each right knows when it was last used, so that those lying idle are found by an index (第11条第1項)."""

from django.db import migrations, models
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


def read_the_openings(apps, schema_editor):
    """What the openings say so far. The history does not hold it."""
    opening, grant = (apps.get_model("files_registry", name) for name in ("Opening", "Grant"))
    of = opening.objects.filter(file=OuterRef("file"), person=OuterRef("person"), refused=False).order_by()
    last = of.values("file").annotate(last=Max("at")).values("last")
    grant.objects.filter(person__isnull=False, decided_at__isnull=False).update(used_at=Subquery(last))


class Migration(migrations.Migration):

    dependencies = [
        ('files_registry', '0023_administrators_named_by_mistake'),
    ]

    operations = [
        migrations.AddField(
            model_name='grant',
            name='used_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='最後に使った日時'),
        ),
        migrations.RunPython(read_the_openings, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(Coalesce('used_at', 'decided_at'), condition=Q(('person__isnull', False), ('status', 'granted')), name='grant_idle'),
        ),
    ]
