"""One line of a ledger written with its record, as the verb does it and as a form that is sent (第15条)."""

import statistics
import time
from contextlib import contextmanager
from uuid import uuid4

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from files_registry.ledgers.workflow import write_entry
from nerima_privacy.calendars.periods import today
from roles.holdings import load_holdings
from tests.bench.people import busiest_ledger, client, person

WHO = "多く扱う所の保護責任者"
HEAD = [
    "台帳の1行を、活動の記録とともに書く（行が最も多い台帳に。封はあとで定時の処理がする）",
    "",
    "| 中央値 ms | 95% ms | CPU ms | 問合せ | 書き方 |",
    "|---:|---:|---:|---:|---|",
]
DATA = {
    "purpose": "定例の事務", "scope": "今月分", "persons": 12, "medium": "paper", "place": "事務室",
    "counterpart": "", "method": "施錠した書庫に戻した", "witness": "", "remarks": "",
}  # fmt: skip


@contextmanager
def undone():
    """Nothing written within stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def write(repeat):
    """The rows of the table. The lines of the timed rounds stay, as many as there are rounds."""
    with override_settings(REDIS_URL="redis://named-so-that-sealing-is-left-to-the-beat"):
        yield from HEAD
        yield from _rows(repeat)


def _rows(repeat):
    file, who = busiest_ledger(), person(WHO)
    who._holdings = load_holdings(who)
    browser, url = client(WHO), reverse("ledgers:write", args=[file.pk])
    browser.get(url)

    def verb():
        write_entry(file.pk, kind="used", on=today(), done_by="測定", data=DATA, token=uuid4().hex, actor=who)

    def form():
        sent = {"kind": "used", "on": today().isoformat(), "done_by": "測定", "token": uuid4().hex}
        response = browser.post(url, DATA | sent)
        if response.status_code != 302:
            raise RuntimeError(f"the line was not written: {response.status_code}")

    yield _row("動詞 write_entry", verb, repeat)
    yield _row("書式を送る（権限、記帳、移動まで）", form, repeat)


def _row(title, write_one, repeat):
    with undone():
        write_one()
        with CaptureQueriesContext(connection) as queries:
            write_one()
            count = len(queries)
    walls, works = [], []
    for _ in range(repeat):
        started, worked = time.perf_counter(), time.process_time()
        write_one()
        walls.append((time.perf_counter() - started) * 1000)
        works.append((time.process_time() - worked) * 1000)
    late = statistics.quantiles(walls, n=20)[-1]
    median, work = statistics.median(walls), statistics.median(works)
    return f"| {median:.1f} | {late:.1f} | {work:.1f} | {count} | {title} |"
