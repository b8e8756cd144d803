"""`manage.py sweep [--on DATE]`: the daily sweep, where no broker is configured (from cron, at 6:30)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nerima_privacy.calendars.eras import parse_date, wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.sweep import sweep


class Command(BaseCommand):
    help = "期限の近いもの・おくれているものを知らせ、毎日の処理をします。同じ日に何度動かしても、知らせは一度です。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="基準日（例　2026-11-24、令和8年11月24日）。なければきょう")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 2 for a date that cannot be read, 1 when a job or a duty broke; the others are done all the same."""
        try:
            on = parse_date(options["on"]) if options["on"] else today()
        except ValueError as error:
            raise CommandError(f"--on {options['on']}: {error}", returncode=2) from error
        swept = sweep(on)
        self.stdout.write(
            f"{wareki(on)}　義務 {swept.duties}、満たしていないもの {swept.findings}件。"
            f"お知らせ {swept.reminded}人、上位の役割へ {swept.escalated}人、"
            f"知らせる相手のないもの {swept.unreached}件。"
        )
        for name, count in swept.jobs.items():
            self.stdout.write(f"    {name} {count}件")
        if swept.failed:
            raise CommandError(f"途中で止まったもの: {'、'.join(swept.failed)}（ほかは終わっています）", returncode=1)
