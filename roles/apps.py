"""Django's registration of this app."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    name = "roles"
    label = "roles"
    verbose_name = "組織と役割"
