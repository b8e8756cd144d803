"""Django's registration of this app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LawConfig(AppConfig):
    name = "nerima_privacy.law"
    label = "law"
    verbose_name = "法令等の値"

    def ready(self) -> None:
        post_migrate.connect(fill_gaps, sender=self, dispatch_uid="law.seeds")


def fill_gaps(**signal: Any) -> None:
    """After a migration or a flush no key of the catalogue is without a value. Going backwards fills nothing."""
    from nerima_privacy.law.models import LegalParameter
    from nerima_privacy.law.seeds import fill

    if not any(backwards for _, backwards in signal.get("plan", [])):
        fill(LegalParameter, LegalParameter.history.model)
