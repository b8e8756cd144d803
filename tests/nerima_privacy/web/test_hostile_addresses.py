"""Addresses nobody types: they lead to no page, and never to a failure."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
HOSTILE = ["\x00", "税\x00務", "x" * 3000, "..", "%", "0" * 40, "99999999999999999999999", "²", "'; --"]
NAMED = ["/units/{}/", "/units/{}/history/", "/ledgers/units/{}/output/", "/imports/new/{}/", "/systems/1/units/1/{}/"]
NAMED += ["/handling/checks/new/1/{}/"]
NUMBERED = ["/files/{}/", "/ledgers/{}/", "/access/{}/", "/handling/{}/", "/handling/checks/{}/", "/accounts/{}/"]
NUMBERED += [
    "/systems/{}/",
    "/audits/{}/",
    "/ledgers/1/entries/{}/",
    "/filings/{}/",
    "/inbox/{}/open/",
    "/register/{}/",
]
ASKED = {
    "search:results": ["q"],
    "files:list": ["q", "unit", "page"],
    "ledgers:list": ["q", "tab", "page"],
    "handling:list": ["q", "unit", "act", "tab"],
    "handling:checks": ["file", "page"],
    "access:list": ["tab", "page"],
    "systems:list": ["q", "unit"],
    "systems:pick": ["q"],
    "pick-unit": ["q", "among"],
    "report-accident": ["unit", "unit_q"],
    "units:list": ["q", "on"],
    "board-findings": ["unit", "article", "duty", "on"],
    "register:list": ["q", "page"],
}


@pytest.mark.parametrize("who", ["manager", "administrator"])
def test_whatever_stands_in_an_address_is_answered(cast, who):
    client = Client(raise_request_exception=False)
    client.force_login(cast.people[who], "django.contrib.auth.backends.ModelBackend")
    places = [*NAMED, *NUMBERED, *(f"{reverse(page)}?{name}={{}}" for page, names in ASKED.items() for name in names)]
    failed = []
    for place in places:
        for typed in HOSTILE:
            answer = client.get(place.replace("{}", quote(typed, safe="")))
            if answer.status_code >= 500:
                failed.append((place, typed[:30], answer.status_code))
    assert not failed
