"""Django's registration of this app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "nerima_privacy.notices"
    label = "notices"
    verbose_name = "お知らせ"
