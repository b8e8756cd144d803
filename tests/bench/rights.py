"""Rights by the million, written inside the database: each person holds some over files of anywhere in the ward."""

import statistics
import time
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.db import connection
from django.utils import timezone
from guardian.shortcuts import get_objects_for_user

from files_registry.access.effective import allowed_files, rights_on
from files_registry.access.models import FileUserRight, Grant
from files_registry.catalogue.models import PersonalInformationFile
from roles.holdings import load_holdings
from roles.models import Person, Posting

EACH = 14  # rights a person holds, over 14 files: about 2,000,000 at scale 10


def build() -> None:
    """Write the grants and guardian's rows, without history; does nothing where there are some."""
    if Grant.objects.exists():
        return
    manager = Person.objects.order_by("pk").values_list("pk", flat=True).first()
    grant, right = Grant._meta.db_table, FileUserRight._meta.db_table
    files = PersonalInformationFile._meta.db_table
    open_file = Permission.objects.get(codename="open_file", content_type__app_label="files_registry")
    counted = f"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {EACH})"
    now = timezone.now()
    moment, end = (f"'{(now + timedelta(days=days)).isoformat(sep=' ')}'" for days in (-100, 500))
    if connection.vendor == "sqlite":
        moment, end = moment.replace("+00:00", ""), end.replace("+00:00", "")
    yes, no = ("true", "false") if connection.vendor == "postgresql" else ("1", "0")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(id), count(*) FROM {files}")
        first, count = cursor.fetchone()
        cursor.execute(
            f"INSERT INTO {grant} (file_id, person_id, unit_id, may_open, may_enter, may_erase, may_output, purpose, "
            "begins_at, ends_at, status, status_since, origin, asked_by_id, asked_at, decided_by_id, decided_post, "
            f"decided_at, kept_at, decision_note, end_reason) {counted} "
            f"SELECT {first} + (p.id * 7919 + k.n * 104729) % {count}, p.person_id, p.unit_id, "
            f"{yes}, {no}, {no}, {no}, '見本の業務', {moment}, {end}, 'granted', {moment}, 'request', "
            f"p.person_id, {moment}, {manager}, '保護責任者', {moment}, CURRENT_TIMESTAMP, '', '' "
            f"FROM {Posting._meta.db_table} p CROSS JOIN k WHERE p.person_id <> {manager}"
        )
        cursor.execute(
            f"INSERT INTO {right} (user_id, permission_id, content_object_id, grant_id, unit_id, begins_at, ends_at) "
            f"SELECT person_id, {open_file.pk}, file_id, id, unit_id, begins_at, ends_at FROM {grant}"
        )
        cursor.execute("ANALYZE")


def compare(person: Person, repeat: int) -> list[str]:
    """「わたしのファイル」 beside plain guardian on the same rows: milliseconds, and what each answers."""
    person._holdings = load_holdings(person)
    files = list(PersonalInformationFile.objects.order_by("-pk")[:200])
    asked = {
        "allowed_files（期間・所属・ファイルの状態を含む）　50件": lambda: list(allowed_files(person)[:50]),
        "allowed_files　件数": lambda: allowed_files(person).count(),
        "get_objects_for_user（guardianのまま）　50件": lambda: list(_guardian(person)[:50]),
        "get_objects_for_user　件数": lambda: _guardian(person).count(),
        "rights_on　1ページ200件の権限": lambda: len(rights_on(person, files)),
    }
    lines = []
    for title, ask in asked.items():
        times = []
        for _ in range(repeat):
            started = time.perf_counter()
            answer = ask()
            times.append((time.perf_counter() - started) * 1000)
        found = len(answer) if isinstance(answer, list) else answer
        lines.append(f"{statistics.median(times):7.1f}ms {max(times):7.1f}ms（最大）  {title}　→ {found:,}")
    return lines


def _guardian(person: Person):
    return get_objects_for_user(person, "files_registry.open_file", accept_global_perms=False)
