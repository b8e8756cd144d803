"""Reading the pages of this area: few queries, and nothing written (第12–14条)."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nerima_privacy.activity.models import Entry
from tests.files_registry.handling import making
from tests.files_registry.handling.verbs import everything

pytestmark = pytest.mark.article("12-1")
MOST = 12


def _pages(cast):
    """(page, person): lists with something on them, and one record of each kind."""
    file = making.file(cast)
    for _ in range(3):
        making.submitted(cast)
        making.found(cast)
        making.standing_asked(cast)
    check, posted = making.filled(cast), making.posted(cast)
    unsent, sent = (
        making.posted_twice(cast, posted.standing),
        making.sent(cast, making.posted_twice(cast, posted.standing)),
    )
    permission = making.standing_allowed(cast)
    making.under_standing(cast, permission)
    rows = [making.done(cast), making.returned(cast), making.submitted(cast), making.submitted(cast, who="manager")]
    making.rules(cast)
    records = [*rows, unsent, sent, check, check.request, posted, posted.standing, permission, making.corrected(cast)]
    records.append(making.extension_asked(cast))
    pages = ["list", "standing-list", "checks", "corrections", "rules", "choose"]
    urls = [*(reverse(f"handling:{name}") for name in pages), reverse("handling:unit-rules", args=[cast.tax.pk])]
    urls += [reverse("handling:check-new", args=[posted.file_id, "post"])]
    urls += [reverse("handling:check-choose", args=[posted.file_id]), reverse("handling:checks") + "?tab=all"]
    urls += [reverse("handling:list") + "?tab=all", reverse("handling:new", args=[file.pk])]
    urls += [reverse("handling:edit", args=[making.draft(cast).pk])]
    urls += [reverse("handling:fill-check", args=[making.allowed(cast, "send").pk])]
    return [*urls, *(record.get_absolute_url() for record in records), file.get_absolute_url()]


def test_no_page_takes_more_than_twelve_queries(cast, client):
    pages, over = _pages(cast), []
    for who in ("clerk", "manager", "department_manager", "chief", "second_clerk"):
        client.force_login(cast.people[who])
        client.get("/")
        for url in pages:
            client.get(url)
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                status = client.get(url).status_code
            if status == 200 and len(queries) > MOST:
                over.append((who, url, len(queries)))
    assert not over


def test_reading_writes_nothing(cast, client):
    pages = _pages(cast)
    client.force_login(cast.manager)
    before = Entry.objects.count(), everything()
    for url in pages:
        client.get(url)
    assert (Entry.objects.count(), everything()) == before
