"""Django's registration of this app."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

AREAS = ["catalogue", "ledgers", "access", "systems", "filings", "register", "handling", "accounts"]
REGISTRIES = [
    "activities",
    "sight",
    "daily",
    "gate",
    "duties",
    "desk",
    "panels",
    "admin",
    "menu",
    "search",
    "imports",
    "records",
    "parameters",
]


class FilesRegistryConfig(AppConfig):
    name = "files_registry"
    label = "files_registry"
    verbose_name = "個人情報ファイル"

    def ready(self):
        """Let every area fill the registries: verbs, duties, work for desks, admin, menu lines."""
        for area in AREAS:
            for registry in REGISTRIES:
                module = f"{self.name}.{area}.{registry}"
                if find_spec(module):
                    import_module(module)
