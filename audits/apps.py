"""Django's registration of this app."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

AREAS = ["examinations"]
REGISTRIES = ["activities", "sight", "daily", "duties", "desk", "board", "menu"]


class AuditsConfig(AppConfig):
    name = "audits"
    label = "audits"
    verbose_name = "点検・監査"

    def ready(self):
        """Let every area fill the registries; `sight` tells the areas of files who examines which units."""
        for area in AREAS:
            for registry in REGISTRIES:
                module = f"{self.name}.{area}.{registry}"
                if find_spec(module):
                    import_module(module)
