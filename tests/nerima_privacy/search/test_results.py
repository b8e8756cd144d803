"""The search shows what the reader may see, however the words are typed."""

import pytest
from django.test import Client
from django.urls import reverse

from nerima_privacy.search import providers
from nerima_privacy.search.providers import Group, Hit


@pytest.fixture
def asked(monkeypatch):
    """What the providers were asked, with one provider that finds whatever it is asked."""
    seen = []

    def echo(user, holdings, q):
        seen.append((user, q))
        return Group("写し", [Hit(f"<{q}>", "/", "詳しく", "済み", "done")])

    monkeypatch.setattr(providers, "_providers", {})
    providers.register(echo)
    return seen


@pytest.fixture
def client(cast):
    client = Client()
    client.force_login(cast.clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


def results(client, q):
    return client.get(reverse("search:results"), {"q": q})


def test_width_and_blanks_of_what_is_typed_do_not_matter(client, cast, asked):
    results(client, "　ＡＢＣ　ﾌｧｲﾙ\u3000")
    assert asked == [(cast.clerk, "ABC ファイル")]


def test_nothing_typed_asks_nothing_and_says_what_can_be_typed(client, asked):
    for q in ("", "   ", "\x00"):
        assert "名前の一部を書いてください" in results(client, q).text
    assert asked == []


def test_one_character_is_searched_and_a_novel_is_cut(client, asked):
    assert results(client, "税").status_code == 200
    page = results(client, "長" * 5000)
    assert "初めの100文字でさがしました" in page.text
    assert [len(q) for _, q in asked] == [1, 100]


def test_what_is_found_is_escaped(client, asked):
    page = results(client, "<script>alert(1)</script>").text
    assert "<script>alert" not in page


def test_nothing_found_says_what_to_try(client):
    assert "見つかりませんでした" in results(client, "どこにもない言葉").text


def test_units_are_found_by_name_by_department_and_by_code(client):
    for q, found in (("税務", "区民部 税務課"), ("区民部 収納", "区民部 収納課"), ("0310", "区民部 税務課")):
        assert found in results(client, q).text
    assert "廃止" in results(client, "光が丘第八").text


def test_a_file_is_found_by_those_who_may_know_of_it_alone(cast):
    from files_registry.catalogue.models import PersonalInformationFile

    PersonalInformationFile.objects.create(
        number="F1", unit=cast.tax, name="課税台帳", search_text="課税台帳 住民税の賦課", created_by=cast.officer
    )
    for person, sees in ((cast.manager, True), (cast.neighbour, False), (cast.superuser, False)):
        browser = Client()
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for q in ("課税", "賦課　課税台帳"):
            assert ("税務課　F1" in results(browser, q).text) is sees


def test_a_visitor_is_sent_to_the_login_page(db):
    assert Client().get(reverse("search:results"), {"q": "税"}).url.startswith("/login/")


def test_a_search_takes_twelve_queries_at_most(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        results(client, "税")


def test_a_group_shows_the_first_and_says_that_there_is_more(cast):
    from roles.models import Unit

    group = providers.first_hits(Unit.objects.order_by("pk"), lambda unit: Hit(unit.name, "/"), "組織", "/units/")
    assert (len(group.hits), group.more) == (12, False)
    Unit.objects.bulk_create(
        Unit(code=f"x{n}", name=f"課{n}", organ=cast.mayor, is_section=True, valid_from=cast.tax.valid_from)
        for n in range(20)
    )
    group = providers.first_hits(Unit.objects.order_by("pk"), lambda unit: Hit(unit.name, "/"), "組織", "/units/")
    assert (len(group.hits), group.more) == (20, True)
