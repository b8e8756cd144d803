"""Django's registration of this app."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "nerima_privacy.activity"
    label = "activity"
    verbose_name = "活動の記録"

    def ready(self):
        from simple_history.signals import pre_create_historical_record

        from nerima_privacy.activity import activities, history  # noqa: F401  # declares its verbs

        pre_create_historical_record.connect(history.fill_in, dispatch_uid="history.fill_in")
