"""Django's registration of this app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "nerima_privacy.imports"
    label = "imports"
    verbose_name = "取込み"

    def ready(self):
        """Declare the verbs."""
        from nerima_privacy.imports import activities  # noqa: F401
