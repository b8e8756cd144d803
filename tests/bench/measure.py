"""Times each page in process, as somebody who is not a superuser, and counts its queries."""

import os
import statistics
import sys
import time
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from files_registry.access.models import Grant
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.handling.models import HandlingRequest
from files_registry.ledgers.models import LedgerEntry
from roles.models import Person
from tests.bench.build import build
from tests.bench.comparing import compare
from tests.bench.exports import export_all
from tests.bench.pages import pages
from tests.bench.people import client
from tests.bench.writing import write

HEAD = [
    "問合せは、続けて開いたときの数と、かっこ内は変更のあと初めて開いたときの数（多いときだけ）。",
    "CPU は、中央値のうちこの処理自身が働いた時間。",
    "",
    "| 中央値 ms | 95% ms | CPU ms | 問合せ | 画面 | だれが |",
    "|---:|---:|---:|---:|---|---|",
]
COUNTED = {
    "ファイル": PersonalInformationFile,
    "職員等": Person,
    "許可": Grant,
    "台帳の行": LedgerEntry,
    "複製・持出しの申請": HandlingRequest,
}


def prepare(scale):
    """Migrate, and build the ward when this database holds none."""
    call_command("migrate", verbosity=0, interactive=False)
    if PersonalInformationFile.objects.exists():
        return
    say(f"building a ward of scale {scale:g} …")
    started = time.perf_counter()
    with transaction.atomic(), unasked_keys():  # a build broken off leaves nothing to be measured by mistake
        build(scale)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    say(f"built in {time.perf_counter() - started:.0f} s")


@contextmanager
def unasked_keys():
    """PostgreSQL does not ask of each of millions of rows made of one another whether what it refers to is there."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    yield


def say(words):
    """What is no part of the tables."""
    print(words, file=sys.stderr, flush=True)


def run(scale, repeat, *, keep=False, only=""):
    """Print the tables of docs/speed.md. `keep`: of what is there, without building or migrating anything; `only`: no
    more than the pages with these words in their title, without the other tables."""
    if not keep:
        prepare(scale)
    rows = "、".join(f"{name} {model.objects.count():,}" for name, model in COUNTED.items())
    load = " ".join(f"{of:.1f}" for of in os.getloadavg())
    print(f"{connection.vendor}、規模 {scale:g}：{rows}。各 {repeat} 回、始めの負荷 {load}（{os.cpu_count()} コア）。")
    print("\n".join(HEAD))
    browsers = {}
    for page in pages():
        if only not in page.title:
            continue
        browser = browsers.setdefault(page.person, client(page.person))
        print(line(page, browser, repeat), flush=True)
    if only:
        return
    for table in (compare(repeat), write(repeat * 2), export_all()):
        print()
        for row in table:
            print(row, flush=True)
    say(f"load at the end: {os.getloadavg()[0]:.1f}; sealing by {'the beat' if settings.REDIS_URL else 'the writer'}")


def line(page, browser, repeat):
    """One page: asked cold, asked again, then timed."""
    cache.clear()
    cold, response = counted(browser, page.url)
    warm, _ = counted(browser, page.url)
    walls, works = [], []
    for _ in range(repeat):
        started, worked = time.perf_counter(), time.process_time()
        browser.get(page.url)
        walls.append((time.perf_counter() - started) * 1000)
        works.append((time.process_time() - worked) * 1000)
    late = statistics.quantiles(walls, n=20)[-1]
    median, work = statistics.median(walls), statistics.median(works)
    count = f"{warm}" if cold <= warm else f"{warm} ({cold})"
    status = "" if response.status_code == 200 else f" ← {response.status_code}"
    return f"| {median:.1f} | {late:.1f} | {work:.1f} | {count} | {page.title} | {page.person}{status} |"


def counted(browser, url):
    """How many queries one request takes; counted at once, for the next request empties the log."""
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(url)
        return len(queries), response
