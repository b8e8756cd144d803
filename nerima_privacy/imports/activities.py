"""What an import leaves in the record."""

from nerima_privacy.activity.registry import register

register("import.uploaded", "取り込む表を読み込ませました", article="2-2")
register("import.committed", "表を取り込みました", article="2-2")
register("import.discarded", "取込みを取りやめました", article="2-2")
