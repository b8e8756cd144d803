"""Django's registration of this app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "nerima_privacy.documents"
    label = "documents"
    verbose_name = "文書"
