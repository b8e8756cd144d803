"""Each list, detail, desk, board and public page takes no more queries than written down, however large the ward.

`make query-counts` writes tests/query_counts.json anew: for each page the queries of a later request, and of the first
after a change. Twelve is the most a page may take, the first time as well.
"""

import json
import os
from pathlib import Path

import pytest
from django.core.cache import cache

from tests.bench.build import build
from tests.bench.measure import counted
from tests.bench.pages import pages
from tests.bench.people import client

WRITTEN = Path(__file__).with_name("query_counts.json")
MOST = 12
SCALES = [0.02, 0.06]


def counts():
    """{page and person: [later, first after a change]}."""
    found = {}
    for page in pages():
        browser = client(page.person)
        assert browser.get(page.url).status_code == 200, page  # what a process reads once, as the content types
        cache.clear()
        first, _ = counted(browser, page.url)
        later, _ = counted(browser, page.url)
        found[f"{page.title}　{page.person}"] = [later, first]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("scale", SCALES)
def test_a_page_takes_as_many_queries_in_a_small_ward_as_in_one_three_times_its_size(scale):
    build(scale)
    found = counts()
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        known = json.loads(WRITTEN.read_text()) if WRITTEN.exists() and scale != SCALES[0] else {}
        most = {page: [max(pair) for pair in zip(of, known.get(page, of), strict=True)] for page, of in found.items()}
        WRITTEN.write_text(json.dumps(most, ensure_ascii=False, indent=1) + "\n")
    known = json.loads(WRITTEN.read_text())
    assert found.keys() == known.keys()
    for page, (later, first) in found.items():
        assert later <= min(known[page][0], MOST), page
        assert first <= min(known[page][1], MOST), page
