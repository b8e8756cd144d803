"""Django's registration of this app."""

from django.apps import AppConfig

from nerima_privacy.web.areas import load

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

    def ready(self) -> None:
        """Let every area fill the registries: verbs, duties, work for desks, admin, menu lines."""
        load([f"{self.name}.{area}" for area in AREAS], REGISTRIES)
