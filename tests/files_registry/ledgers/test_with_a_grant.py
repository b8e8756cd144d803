"""Somebody without a seat who has grants: led from desk and file to the ledgers, in few queries (第11条・第15条)."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from files_registry.access.granting import close_right
from files_registry.catalogue.rights import Right
from tests.files_registry import ledger_steps as steps

pytestmark = [pytest.mark.article("11-1"), pytest.mark.article("15-1")]
MOST = 12


@pytest.fixture
def files(cast):
    """Three files the clerk has grants over: to read, to write, to read and take out; and one without."""
    found = [steps.held(cast, name=name) for name in ("課税台帳", "軽自動車税台帳", "原付標識台帳", "閲覧できない台帳")]
    steps.grant(cast, found[0], "clerk", Right.OPEN)
    steps.grant(cast, found[1], "clerk", Right.OPEN, Right.ENTER)
    steps.grant(cast, found[2], "clerk", Right.OPEN, Right.OUTPUT)
    steps.opened(found[1], cast.clerk)
    steps.wrote(cast, found[1], "clerk")
    return found


@pytest.fixture
def clerk(cast, client):
    client.force_login(cast.clerk, "django.contrib.auth.backends.ModelBackend")
    return client


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_my_files_are_one_click_from_the_desk(files, clerk):
    assert f'href="{reverse("ledgers:list")}"' in text(clerk.get(reverse("desk")))
    page = clerk.get(reverse("ledgers:list"))
    assert {row["file"].name: row["rights"] for row in page.context["rows"]} == {
        "課税台帳": "閲覧",
        "軽自動車税台帳": "閲覧、入力・更新",
        "原付標識台帳": "閲覧、出力",
    }
    shown = text(page)
    assert [reverse("ledgers:write", args=[file.pk]) in shown for file in files] == [False, True, False, False]
    writing = clerk.get(reverse("ledgers:list"), {"tab": "write"})
    assert [row["file"] for row in writing.context["rows"]] == [files[1]]


def test_the_list_leads_to_repeating_ones_own_last_line(cast, files, clerk):
    own = steps.wrote(cast, files[1], "clerk", purpose="窓口の照会")
    steps.wrote(cast, files[1], purpose="ほかの人の記録")
    assert f"{reverse('ledgers:write', args=[files[1].pk])}?repeat={own.pk}" in text(clerk.get(reverse("ledgers:list")))


def test_the_page_of_a_file_leads_to_its_ledger_while_the_right_lasts(cast, files, clerk):
    shown = [reverse("ledgers:detail", args=[file.pk]) in text(clerk.get(file.get_absolute_url())) for file in files]
    assert shown == [True, True, True, False]
    close_right(files[0].grants.get(), reason="終わり", actor=cast.manager)
    assert "取扱台帳を開く" not in text(clerk.get(files[0].get_absolute_url()))


def test_who_only_knows_of_the_file_is_led_nowhere(cast, files, client):
    for who, told in (("second_clerk", False), ("department_manager", True), ("chief", True), ("superuser", None)):
        client.force_login(cast.people[who], "django.contrib.auth.backends.ModelBackend")
        response = client.get(files[0].get_absolute_url())
        if told is None:
            assert response.status_code == 404
            continue
        assert reverse("ledgers:detail", args=[files[0].pk]) not in text(response), who
        assert ("閲覧の許可を受けた人です" in text(response)) == told, who


PAGES = [("files:detail", 1), ("files:detail", 3), ("ledgers:list", None), ("ledgers:due", None)]
PAGES += [(f"ledgers:{name}", 1) for name in ("detail", "write", "verifications", "verify", "media")]


@pytest.mark.parametrize(("name", "which"), PAGES)
def test_a_page_takes_no_more_queries_than_any_other_for_somebody_with_grants(files, clerk, name, which):
    address = reverse(name, args=[] if which is None else [files[which].pk])
    text(clerk.get(address))
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        text(clerk.get(address))
    assert len(queries) <= MOST, "\n".join(query["sql"][:160] for query in queries)
