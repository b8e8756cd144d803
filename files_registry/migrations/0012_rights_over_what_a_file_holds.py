"""The four rights over what a file holds, as permissions of Django (第11条第1項)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("files_registry", "0011_public_search_reads_narrow_rows")]

    operations = [
        migrations.AlterModelOptions(
            name="personalinformationfile",
            options={
                "ordering": ["-pk"],
                "permissions": [
                    ("open_file", "閲覧"),
                    ("enter_file", "入力・更新"),
                    ("erase_file", "削除"),
                    ("output_file", "出力"),
                ],
                "verbose_name": "個人情報ファイル",
                "verbose_name_plural": "個人情報ファイル",
            },
        )
    ]
