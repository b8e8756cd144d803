"""Django's registration of this app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "nerima_privacy.web"
    label = "web"
    verbose_name = "画面"

    def ready(self) -> None:
        from nerima_privacy.web import checks, menu  # noqa: F401  checks register themselves

        menu.register(menu.MenuItem("", "わたしの机", "desk", 0))
