"""Times each page in process, as somebody who is not a superuser, and counts its queries."""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from files_registry.access.models import Grant, Opening
from files_registry.access.opening import is_open
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.filings.models import Filing, FilingStatus
from files_registry.handling.models import HandlingRequest, HandlingStatus
from files_registry.register.models import EditionEntry
from files_registry.systems.models import InformationSystem
from roles.models import Appointment, Person
from roles.seats import Seat
from tests.bench import rights
from tests.bench.build import build


@dataclass(frozen=True)
class Page:
    """One line of the table: what, as whom, where."""

    title: str
    person: str
    url: str


def prepare(scale):
    """Migrate, and build the ward when this database holds none."""
    call_command("migrate", verbosity=0, interactive=False)
    if not PersonalInformationFile.objects.exists():
        print(f"building a ward of scale {scale:g} …", flush=True)
        started = time.perf_counter()
        with transaction.atomic():  # a build broken off leaves nothing to be measured by mistake
            build(scale)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"built in {time.perf_counter() - started:.0f} s")
    with transaction.atomic():
        rights.build()


def people():
    """One holder of each seat, and a clerk."""

    def holder(seat):
        return Appointment.objects.filter(seat=seat).order_by("pk").first().person

    seated = Appointment.objects.values("person")
    return {
        "総括保護管理者": holder(Seat.GENERAL_PROTECTION_MANAGER),
        "保護管理責任者": holder(Seat.DEPARTMENT_PROTECTION_MANAGER),
        "保護責任者": holder(Seat.PROTECTION_MANAGER),
        "保護担当者": holder(Seat.PROTECTION_OFFICER),
        "情報公開課長": holder(Seat.DISCLOSURE_MANAGER),
        "情報公開課の職員": holder(Seat.DISCLOSURE_STAFF),
        "職員": Person.objects.exclude(pk__in=seated).filter(postings__isnull=False).order_by("pk").first(),
    }


def pages():
    """Every list, detail, desk, board and public search."""
    manager = people()["保護責任者"]
    unit = manager.appointments.first().unit
    file = PersonalInformationFile.objects.filter(unit=unit, current__isnull=False).first()
    filing = Filing.objects.filter(unit=unit).first()
    queue = Filing.objects.filter(status=FilingStatus.FILED).first()
    handled = HandlingRequest.objects.filter(unit=unit, status=HandlingStatus.SUBMITTED).first()
    handled = handled or HandlingRequest.objects.filter(unit=unit).exclude(status=HandlingStatus.DRAFT).first()
    system = InformationSystem.objects.filter(unit=unit, system_files__file__unit=unit).first()
    entry = EditionEntry.objects.order_by("pk").first()
    if not is_open(manager, file):
        Opening.objects.create(file=file, person=manager, purpose="測定")
    everyone = ["総括保護管理者", "保護管理責任者", "保護責任者", "情報公開課長", "職員"]
    rows = [Page("机", person, reverse("desk")) for person in [*everyone, "保護担当者", "情報公開課の職員"]]
    rows += [Page("ファイル一覧", person, reverse("files:list")) for person in everyone]
    rows += [
        Page("ファイル一覧（検索）", "総括保護管理者", reverse("files:list") + "?q=介護保険"),
        Page("ファイル一覧（2文字）", "総括保護管理者", reverse("files:list") + "?q=介護"),
        Page("ファイル一覧（100ページ目）", "総括保護管理者", reverse("files:list") + "?page=100"),
        Page("ファイル詳細", "保護責任者", reverse("files:detail", args=[file.pk])),
        Page("届出一覧", "保護責任者", reverse("filings:list")),
        Page("届出一覧", "情報公開課長", reverse("filings:list")),
        Page("届出詳細", "保護責任者", reverse("filings:detail", args=[filing.pk])),
        Page("届出詳細", "情報公開課長", reverse("filings:detail", args=[queue.pk])),
        Page("複製・持出し一覧", "保護責任者", reverse("handling:list")),
        Page("複製・持出し一覧", "職員", reverse("handling:list")),
        Page("複製・持出し詳細", "保護責任者", reverse("handling:detail", args=[handled.pk])),
        Page("情報システム一覧", "総括保護管理者", reverse("systems:list")),
        Page("情報システム一覧", "保護責任者", reverse("systems:list")),
        Page("情報システム一覧（足りないもの）", "総括保護管理者", reverse("systems:list") + "?tab=short"),
        Page("情報システム", "保護責任者", system.get_absolute_url()),
        Page("情報システムの合意", "保護責任者", reverse("systems:pair", args=[system.pk, unit.pk])),
        Page("台帳一覧", "保護責任者", reverse("ledgers:list")),
        Page("台帳", "保護責任者", reverse("ledgers:detail", args=[file.pk])),
        Page("台帳（検索）", "保護責任者", reverse("ledgers:detail", args=[file.pk]) + "?kind=used&year=2026&q=定例"),
        Page("台帳　記入", "保護責任者", reverse("ledgers:write", args=[file.pk])),
        Page("台帳　まとめて記入", "保護責任者", reverse("ledgers:bulk", args=[file.pk])),
        Page("照合", "保護責任者", reverse("ledgers:verifications", args=[file.pk])),
        Page("媒体", "保護責任者", reverse("ledgers:media", args=[file.pk])),
        Page("媒体　登録", "保護責任者", reverse("ledgers:register-medium", args=[file.pk])),
        Page("満了する媒体", "保護責任者", reverse("ledgers:due")),
        Page("受信箱", "保護責任者", reverse("inbox:list")),
        Page("アクセス権", "職員", reverse("access:list") + "?tab=mine"),
        Page("アクセス権", "保護責任者", reverse("access:list") + "?tab=files"),
        Page("アクセス権", "総括保護管理者", reverse("access:list") + "?tab=files"),
        Page("権限一覧", "保護責任者", reverse("access:who", args=[file.pk])),
        Page("組織", "職員", reverse("units:list")),
        *(Page("状況一覧", person, reverse("board")) for person in people() if person != "職員"),
        Page("ファイル簿の版", "情報公開課長", reverse("editions:list")),
        Page("検索", "保護責任者", reverse("search:results") + "?q=介護保険"),
        Page("公表　一覧", "だれでも", reverse("register:list")),
        Page("公表　検索（4文字）", "だれでも", reverse("register:list") + "?q=介護保険"),
        Page("公表　検索（2文字）", "だれでも", reverse("register:list") + "?q=介護"),
        Page("公表　検索（なし）", "だれでも", reverse("register:list") + "?q=存在しない語"),
        Page("公表　単票", "だれでも", reverse("register:entry", args=[entry.key])),
    ]
    return rows


EXPORTS = {
    "公表　CSV": ("だれでも", "/register/register.csv"),
    "公表　JSON": ("だれでも", "/register/register.json"),
    "ファイル一覧　CSV": ("総括保護管理者", "/files/export.csv"),
    "ファイル一覧　Excel": ("総括保護管理者", "/files/export.xlsx"),
}


def client(person):
    """A browser logged in as one of `people()`, or a visitor."""
    browser = Client(HTTP_HOST="localhost")
    if person != "だれでも":
        browser.force_login(people()[person], backend="django.contrib.auth.backends.ModelBackend")
    return browser


def run(scale, repeat):
    """Print the table, then the exports, each in a process of its own so that its memory is its own."""
    prepare(scale)
    counts = f"{PersonalInformationFile.objects.count():,} files, {Person.objects.count():,} people"
    print(f"\n{connection.vendor}, scale {scale:g}: {counts}, {repeat} times each")
    print("queries: those of a later request, and in brackets those of the first after a change where they are more")
    print("cpu: the part of the median this process worked itself; on a busy machine the rest is waiting")
    print(f"{'median':>9} {'p95':>9} {'cpu':>9} {'queries':>8}  page")
    browsers = {}
    for page in pages():
        browser = browsers.setdefault(page.person, client(page.person))
        print(line(page, browser, repeat), flush=True)
    print(f"\n権限の問い（{Grant.objects.count():,}件の許可、職員1人）")
    print("\n".join(rights.compare(people()["職員"], repeat)), flush=True)
    for title in EXPORTS:
        command = [sys.executable, "-m", "tests.bench", "--export", title]
        result = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
        print(result.stdout.strip() or f"{title}: {result.stderr.strip().splitlines()[-1]}", flush=True)


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
    times = f"{statistics.median(walls):7.1f}ms {statistics.quantiles(walls, n=20)[-1]:7.1f}ms"
    count = f"{warm}" if cold <= warm else f"{warm} ({cold})"
    status = "" if response.status_code == 200 else f"  ← {response.status_code}"
    return f"{times} {statistics.median(works):7.1f}ms {count:>8}  {page.title}　{page.person}{status}"


def counted(browser, url):
    """How many queries one request takes; counted at once, for the next request empties the log."""
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(url)
        return len(queries), response


def peak_memory():
    """The most this process itself held, in MB; the figure of getrusage begins with the parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def export(title):
    """Read one export to its end and say how long it took and how much memory the process reached."""
    person, url = EXPORTS[title]
    browser = client(person)
    before = peak_memory()
    started = time.perf_counter()
    response = browser.get(url)
    size = sum(len(part) for part in response)
    took = time.perf_counter() - started
    peak = peak_memory()
    told = {"秒": round(took, 1), "MB": round(size / 1e6, 1), "始めMB": round(before), "最大MB": round(peak)}
    print(f"{title}　{response.status_code}　{json.dumps(told, ensure_ascii=False)}")
