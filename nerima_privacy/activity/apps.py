"""Django's registration of this app."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class ActivityConfig(AppConfig):
    name = "nerima_privacy.activity"
    label = "activity"
    verbose_name = "活動の記録"

    def ready(self) -> None:
        """Declare its verbs, complete history rows, and keep the record's tables append-only in the database."""
        from simple_history.signals import pre_create_historical_record

        from nerima_privacy.activity import activities, history, models, triggers  # noqa: F401
        from nerima_privacy.activity.append_only import protect

        protect(models.Entry, models.Block, models.Seal)
        pre_create_historical_record.connect(history.fill_in, dispatch_uid="history.fill_in")
        post_migrate.connect(triggers.install_after_migrate, sender=self, dispatch_uid="activity.triggers")
        register(triggers.check_triggers, Tags.database)
