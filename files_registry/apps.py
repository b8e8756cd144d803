"""Django's registration of this app."""

from django.apps import AppConfig


class FilesRegistryConfig(AppConfig):
    name = "files_registry"
    label = "files_registry"
    verbose_name = "個人情報ファイル"
