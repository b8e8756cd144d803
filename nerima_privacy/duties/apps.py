"""Django's registration of this app."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "nerima_privacy.duties"
    label = "duties"
    verbose_name = "義務"
