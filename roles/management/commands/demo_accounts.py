"""Print whom one can log in as in the demonstration."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from roles.demo.accounts import ACCOUNTS


class Command(BaseCommand):
    """Refuses in production, where those accounts do not exist and their password must not be shown as if."""

    help = "デモンストレーションのアカウントを表示します（本番では動きません）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="JSONで出力する")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE not in {"demo", "development", "test"}:
            raise CommandError("デモンストレーションのアカウントは、MODE=demo のときだけ使えます。")
        rows = [
            {"username": a.username, "password": a.password, "name": a.name, "post": a.post, "unit": a.unit}
            for a in ACCOUNTS
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write("  ".join(row[key] for key in ("username", "password", "name", "post", "unit")))
