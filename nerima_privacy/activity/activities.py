"""The verbs of the administration pages, one for each action on one record (history_admin.py)."""

from nerima_privacy.activity import registry

registry.register("admin.added", "管理画面で登録しました", article="2-2")
registry.register("admin.changed", "管理画面で変更しました", article="2-2")
