"""Django's registration of this app."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "nerima_privacy.calendars"
    label = "calendars"
    verbose_name = "暦"
