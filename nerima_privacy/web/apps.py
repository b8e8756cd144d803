"""Django's registration of this app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "nerima_privacy.web"
    label = "web"
    verbose_name = "画面"
