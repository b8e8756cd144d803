"""Django's registration of this app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "nerima_privacy.imports"
    label = "imports"
    verbose_name = "取込み"

    def ready(self) -> None:
        """Declare the verbs, and the line of the menu."""
        from nerima_privacy.imports import activities  # noqa: F401
        from nerima_privacy.web.menu import MenuItem, register

        seats = frozenset({"system_administrator", "disclosure_manager", "disclosure_staff"})
        register(MenuItem("組織", "取込み", "imports:list", order=80, seats=seats))
