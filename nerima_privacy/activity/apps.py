"""Django's registration of this app."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "nerima_privacy.activity"
    label = "activity"
    verbose_name = "活動の記録"
