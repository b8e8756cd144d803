"""Django's registration of this app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "nerima_privacy.search"
    label = "search"
    verbose_name = "検索"

    def ready(self):
        from nerima_privacy.search import units  # noqa: F401  registers itself
