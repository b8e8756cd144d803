"""`manage.py reconcile_access`: prove that grants and guardian's rows agree (第11条)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from files_registry.access.models import Grant, GrantStatus
from files_registry.access.reconciling import differences


class Command(BaseCommand):
    """Names each difference and exits 1 on any; changes nothing. For administrators and auditors, at any time."""

    help = "アクセス権の許可と、効いている権利が一致しているかを確かめます。違いがあれば挙げ、終了コード1で終わります。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every difference, then how many grants in force were compared."""
        count = 0
        for difference in differences():
            count += 1
            self.stdout.write(str(difference))
        in_force = Grant.objects.filter(status=GrantStatus.GRANTED).count()
        if count:
            raise CommandError(f"違いが{count:,}件あります（効力のある許可 {in_force:,}件）", returncode=1)
        self.stdout.write(f"一致しています（効力のある許可 {in_force:,}件）")
