"""Loads the demonstration: the ward, its files at every step of their life, and editions of the register."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

LOADERS = [
    ("roles.demo.ward", "load_ward"),
    ("files_registry.demo", "load_files"),
    ("files_registry.demo.ledgers", "load_ledgers"),
    ("files_registry.demo.handling", "load_handling"),
    ("files_registry.demo.systems", "load_systems"),
    ("files_registry.demo.accounts", "load_accounts"),
    ("audits.demo", "load_audits"),
    ("files_registry.demo.editions", "load_editions"),
]


class Command(BaseCommand):
    """`manage.py load_demo`: does nothing where it was loaded before; refuses in production."""

    help = __doc__

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--migrate", action="store_true", help="bring the database up to date first")
        parser.add_argument("--accounts", action="store_true", help="print whom one can log in as")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("見本のデータは、本番（MODE=production）には読み込めません。")
        if options["migrate"]:
            call_command("migrate", interactive=False, verbosity=0)
        for module, name in LOADERS:
            with transaction.atomic():
                getattr(import_module(module), name)()
        if options["accounts"]:
            call_command("demo_accounts", stdout=self.stdout)
