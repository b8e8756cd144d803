"""Django's registration of this app."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate

from nerima_privacy.web.areas import load

DISCOVERED = ("activities", "duties", "desk", "menu", "search", "imports")


class RolesConfig(AppConfig):
    name = "roles"
    label = "roles"
    verbose_name = "組織と役割"

    def ready(self) -> None:
        """Hand the registries what this app has, and keep the exclusion in place."""
        from nerima_privacy.activity.history import attribute_rest_to
        from roles.exclusion import check_exclusion, install_after_migrate
        from roles.people import known_system_actor

        load([self.name], DISCOVERED)
        attribute_rest_to(known_system_actor)
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="roles.exclusion")
        register(check_exclusion, Tags.database)
