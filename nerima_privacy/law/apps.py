"""Django's registration of this app."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "nerima_privacy.law"
    label = "law"
    verbose_name = "法令等の値"
