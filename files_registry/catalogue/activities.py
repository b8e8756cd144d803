"""What the record says of verbs on files."""

from nerima_privacy.activity.registry import register

register("file.disposed", "廃止したファイルのデータをどうしたか記録しました", article="10-3")
