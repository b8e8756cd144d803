"""Django's registration of this app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "nerima_privacy.search"
    label = "search"
    verbose_name = "検索"
