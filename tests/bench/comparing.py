"""The product's own question for rights beside plain guardian, on the same rows."""

import statistics
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import get_objects_for_user

from files_registry.access.effective import allowed_files, rights_on
from files_registry.access.models import Grant
from files_registry.catalogue.models import PersonalInformationFile
from roles.holdings import load_holdings
from roles.models import Person
from tests.bench.people import person

SEVERAL = 200
HEAD = [
    f"権限の問い（許可 {{:,}} 件。rights_on は、1ページ{SEVERAL}件のファイルの権限）",
    "",
    "| 中央値 ms | 最大 ms | 問合せ | 答え | だれの | 問い |",
    "|---:|---:|---:|---:|---|---|",
]


def compare(repeat: int) -> list[str]:
    """The rows of the table: for who has few rights, and for who has the most."""
    lines = [line.format(Grant.objects.count()) for line in HEAD]
    for name in ("職員", "権限の多い職員"):
        lines += [_row(name, title, ask, repeat) for title, ask in _questions(person(name))]
    return lines


def _questions(whose: Person):
    whose._holdings = load_holdings(whose)  # as within a request
    files = list(PersonalInformationFile.objects.order_by("-pk")[:SEVERAL])
    return [
        ("allowed_files　50件（期間・所属・ファイルの状態も問う）", lambda: list(allowed_files(whose)[:50])),
        ("get_objects_for_user　50件（guardian のまま）", lambda: list(_guardian(whose)[:50])),
        ("allowed_files　件数", lambda: allowed_files(whose).count()),
        ("get_objects_for_user　件数", lambda: _guardian(whose).count()),
        ("rights_on", lambda: list(rights_on(whose, files))),
    ]


def _row(name, title, ask, repeat):
    with CaptureQueriesContext(connection) as queries:
        answer = ask()
        count = len(queries)
    times = []
    for _ in range(repeat):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    found = len(answer) if isinstance(answer, list) else answer
    return f"| {statistics.median(times):.1f} | {max(times):.1f} | {count} | {found:,} | {name} | {title} |"


def _guardian(whose: Person):
    return get_objects_for_user(whose, "files_registry.open_file", accept_global_perms=False)
