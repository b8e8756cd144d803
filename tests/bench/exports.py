"""Tables drawn to their end, each in a process of its own, so that the memory it reaches is its own."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from django.urls import reverse

from tests.bench.pages import BUSY, WIDE
from tests.bench.people import ANYBODY, busiest_ledger, client, widest

HEAD = ["一覧の出力", "", "| 秒 | MB | 始めのメモリ MB | 最大のメモリ MB | 出力 |", "|---:|---:|---:|---:|---|"]


def _ledger(kind):
    return lambda: reverse(f"ledgers:export.{kind}", args=[busiest_ledger().pk])


EXPORTS = {
    "公表　CSV": (ANYBODY, lambda: "/register/register.csv"),
    "公表　JSON": (ANYBODY, lambda: "/register/register.json"),
    "ファイル一覧　CSV": ("総括保護管理者", lambda: reverse("files:export.csv")),
    "ファイル一覧　Excel": ("総括保護管理者", lambda: reverse("files:export.xlsx")),
    "台帳（行が最も多い）　CSV": (BUSY, _ledger("csv")),
    "台帳（行が最も多い）　Excel": (BUSY, _ledger("xlsx")),
    "権限一覧（権限が最も多い）　Excel": (WIDE, lambda: reverse("access:who.xlsx", args=[widest().pk])),
}


def export_all():
    """The rows of the table, each from a process of its own."""
    yield from HEAD
    for title in EXPORTS:
        command = [sys.executable, "-m", "tests.bench", "--export", title]
        result = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
        told = (result.stdout or result.stderr).strip().splitlines()
        yield told[-1] if told else f"| | | | | {title}: {result.returncode} |"


def export(title):
    """Draw one to its end and print how long it took and how much memory the process reached."""
    name, address = EXPORTS[title]
    browser, url = client(name), address()
    before = peak_memory()
    started = time.perf_counter()
    response = browser.get(url)
    size = sum(len(part) for part in response)
    took = time.perf_counter() - started
    status = "" if response.status_code == 200 else f" ← {response.status_code} {json.dumps(response.headers)}"
    print(f"| {took:.1f} | {size / 1e6:.1f} | {before:.0f} | {peak_memory():.0f} | {title}{status} |")


def peak_memory():
    """The most this process itself held, in MB; the figure of getrusage begins with the parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
