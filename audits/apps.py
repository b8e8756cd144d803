"""Django's registration of this app."""

from django.apps import AppConfig

from nerima_privacy.web.areas import load

AREAS = ["examinations"]
REGISTRIES = ["activities", "sight", "daily", "duties", "desk", "board", "menu"]


class AuditsConfig(AppConfig):
    name = "audits"
    label = "audits"
    verbose_name = "点検・監査"

    def ready(self) -> None:
        """Let every area fill the registries; `sight` tells the areas of files who examines which units."""
        load([f"{self.name}.{area}" for area in AREAS], REGISTRIES)
