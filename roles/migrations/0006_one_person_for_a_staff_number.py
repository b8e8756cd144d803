"""A staff number is one person's in whatever case and width it is typed.

Numbers stored in full width or with blanks around are written as they are kept from now on, each with a row of history.
Where two people have one number, nothing is changed: people cannot be put together by a program.
"""

import unicodedata
from collections import defaultdict

import django.core.validators
import django.db.models.functions.text
from django.db import migrations, models
from django.utils import timezone

HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
SHAPE = django.core.validators.RegexValidator(
    "\\A[A-Za-z0-9-]+\\Z", "職員番号に使えるのは、英字、数字、ハイフンだけです。空白や記号を消してください。"
)
TAKEN = "この職員番号の人は、もう登録されています。大文字と小文字、全角と半角は区別しません。"
REASON = "職員番号を半角にそろえた。"


class StaffNumbersClash(Exception):
    """Two people would have one staff number. Names their ids alone: what is printed at a deployment is kept in logs."""


def write_in_half_width(apps, schema_editor):
    Person = apps.get_model("roles", "Person")
    History = apps.get_model("roles", "HistoricalPerson")
    database = schema_editor.connection.alias
    by_number, changed = defaultdict(list), []
    for person in Person.objects.using(database).order_by("pk"):
        number = unicodedata.normalize("NFKC", person.staff_number).strip().translate(HYPHENS)
        by_number[number.lower()].append(person.pk)
        if number != person.staff_number:
            person.staff_number = number
            changed.append(person)
    clashes = [pks for pks in by_number.values() if len(pks) > 1]
    if clashes:
        ids = "、".join("と".join(map(str, pks)) for pks in clashes[:20])
        raise StaffNumbersClash(
            f"大文字と小文字、全角と半角、前後の空白のほかは同じ職員番号の人がいます（職員等のID　{ids}）。"
            "移行の前の版で、同じ人なら一方の職員番号を変えて「在籍しない」にし、別の人なら番号を改めてから、"
            "もう一度 migrate してください。何も変えていません。"
        )
    kept = {field.attname for field in History._meta.fields}
    for person in changed:
        person.save(using=database, update_fields=["staff_number"])
        values = {field.attname: getattr(person, field.attname) for field in Person._meta.fields}
        History.objects.using(database).create(
            **{name: value for name, value in values.items() if name in kept},
            history_date=timezone.now(), history_type="~", history_change_reason=REASON,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('roles', '0005_unit_code_fits_an_address'),
    ]

    operations = [
        migrations.RunPython(write_in_half_width, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='historicalperson',
            name='staff_number',
            field=models.CharField(db_index=True, error_messages={'unique': TAKEN}, max_length=20, validators=[SHAPE], verbose_name='職員番号'),
        ),
        migrations.AlterField(
            model_name='person',
            name='staff_number',
            field=models.CharField(error_messages={'unique': TAKEN}, max_length=20, unique=True, validators=[SHAPE], verbose_name='職員番号'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('staff_number'), name='person_has_a_staff_number_of_their_own_in_any_case', violation_error_message=TAKEN),
        ),
    ]
