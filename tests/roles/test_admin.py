"""The administration: open to システム管理者, in Japanese, with history and reasons, and no way to what files hold."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from nerima_privacy.activity.models import Entry
from nerima_privacy.notices.models import Notice
from roles.administration import ADMINISTERED_APPS, site
from roles.models import Appointment, Organ, Person, Posting, Unit
from roles.seats import Seat

MODELS = [Organ, Unit, Person, Posting, Appointment]
BACKEND = "django.contrib.auth.backends.ModelBackend"


def admin_url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast.administrator, backend=BACKEND)
    return client


@pytest.mark.parametrize("model", MODELS)
def test_an_administrator_who_is_no_superuser_opens_every_page(administrator, cast, model):
    row = model.objects.exclude(pk=None).last()
    urls = [admin_url(model, "changelist"), admin_url(model, "add")]
    urls += [admin_url(model, page, row.pk) for page in ("change", "history")]
    for url in urls:
        assert administrator.get(url).status_code == 200, url
    assert administrator.get(admin_url(model, "changelist"), {"q": "税務"}).status_code == 200
    assert administrator.get(admin_url(model, "delete", row.pk)).status_code == 403


def test_everybody_else_is_refused_and_visitors_log_in_on_the_page_of_the_site(client, cast):
    urls = [reverse("admin:index"), reverse("admin:login"), *(admin_url(model, "changelist") for model in MODELS)]
    for url in urls:
        response = client.get(url, follow=True)
        assert response.redirect_chain[-1][0].startswith(reverse("login")), url
    for name, person in cast.people.items():
        if name in {"administrator", "superuser"} or not person.is_active:
            continue
        client.force_login(person, backend=BACKEND)
        for url in urls:
            assert client.get(url).status_code == 403, (name, url)
    assert not Entry.objects.exists()


def test_nothing_but_roles_and_legal_values_is_registered():
    assert {model._meta.app_label for model in site._registry} <= ADMINISTERED_APPS
    assert Group not in site._registry


def test_being_a_superuser_opens_the_administration_alone(cast):
    assert cast.superuser.has_perm("roles.change_unit")
    assert not cast.superuser.has_perm("files_registry.view_file")
    assert not cast.superuser.has_module_perms("files_registry")
    assert not cast.clerk.has_perm("roles.change_unit")
    assert cast.administrator.has_module_perms("roles")


def test_the_administration_speaks_japanese(administrator, cast):
    urls = [reverse("admin:index"), *(admin_url(m, p) for m in MODELS for p in ("changelist", "add"))]
    urls += [admin_url(m, "change", m.objects.last().pk) for m in MODELS]
    for url in urls:
        text = administrator.get(url).content.decode()
        text = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", text, flags=re.S)
        text = unescape(text)
        text = re.sub(r"試験 [a-z_]+|T\d{4}|[a-z.-]+@[a-z.]+|SYSTEM|argon2|pbkdf2_sha256|CSV|Excel|ID\b", "", text)
        assert not re.findall(r"[A-Za-z]{4,}", text), url


def form(cast, **facts):
    return {
        "seat": Seat.PROTECTION_MANAGER,
        "unit": cast.collection.pk,
        "person": cast.outsider.pk,
        "valid_from": "令和8年11月1日",
        "valid_to": "",
        "basis": "ex_officio",
        **facts,
    }


def test_a_second_holder_is_refused_at_the_field_with_the_name_of_the_first(administrator, cast):
    response = administrator.post(admin_url(Appointment, "add"), form(cast))
    text = response.content.decode()
    assert response.status_code == 200
    assert cast.neighbour.name in text
    assert "令和5年4月1日から" in text
    assert 'value="令和8年11月1日"' in text
    assert not Entry.objects.exists()
    assert not Notice.objects.exists()


def test_an_appointment_is_made_with_history_one_entry_and_a_notice(administrator, cast):
    Appointment.objects.filter(person=cast.neighbour).update(valid_to="2026-10-31")
    assert administrator.post(admin_url(Appointment, "add"), form(cast)).status_code == 302
    row = Appointment.objects.get(person=cast.outsider)
    assert row.history.get().history_user == cast.administrator
    assert Entry.objects.get().subject_id == row.pk
    assert Notice.objects.get().to == cast.outsider


def test_audit_officers_are_not_appointed_here(administrator, cast):
    row = Appointment.objects.get(seat=Seat.AUDIT_OFFICER)
    response = administrator.post(
        admin_url(Appointment, "add"), form(cast, seat=Seat.AUDIT_OFFICER, unit="", reason="x")
    )
    assert response.status_code == 200
    assert administrator.post(admin_url(Appointment, "change", row.pk), form(cast)).status_code == 403
    assert not Entry.objects.exists()


def test_a_change_asks_for_its_reason_and_keeps_it(administrator, cast):
    facts = {
        "code": "0310",
        "name": "税務課",
        "organ": cast.mayor.pk,
        "parent": cast.citizens.pk,
        "is_section": "on",
        "address": "練馬区豊玉北6-12-2",
        "valid_from": "R5.4.1",
    }
    url = admin_url(Unit, "change", cast.tax.pk)
    assert administrator.post(url, facts).status_code == 200
    assert administrator.post(url, {**facts, "change_reason": "移転"}).status_code == 302
    version = cast.tax.history.latest()
    assert (version.address, version.history_change_reason) == ("練馬区豊玉北6-12-2", "移転")
    assert Entry.objects.get().changed == ["address"]


@pytest.mark.parametrize("code", ["03/10", "a b", "me", "x?y"])
def test_a_unit_gets_no_code_that_its_page_could_not_be_called_by(administrator, cast, code):
    facts = {"code": code, "name": "新課", "organ": cast.mayor.pk, "is_section": "on", "valid_from": "R8.4.1"}
    response = administrator.post(admin_url(Unit, "add"), facts)
    assert "組織コードに空白や" in response.content.decode()
    assert not Entry.objects.exists()


def test_a_person_gets_a_password_and_leaves_by_no_longer_being_here(administrator, cast):
    new = {
        "staff_number": "N9",
        "name": "試野 新",
        "engagement": "ward",
        "usable_password": "true",
        "password1": "Totally-new-2026",
        "password2": "Totally-new-2026",
    }
    assert administrator.post(admin_url(Person, "add"), new).status_code == 302
    person = Person.objects.get(staff_number="N9")
    assert person.check_password("Totally-new-2026")
    facts = {"staff_number": "N9", "name": "試野 新", "engagement": "ward", "change_reason": "退職"}
    assert administrator.post(admin_url(Person, "change", person.pk), facts).status_code == 302
    person.refresh_from_db()
    assert not person.is_active
    assert not person.is_superuser
    assert "password" not in {f.name for f in Person.history.model._meta.get_fields()}
    url = reverse("admin:auth_user_password_change", args=[cast.clerk.pk])
    assert administrator.get(url).status_code == 200


def test_the_search_of_people_and_units_answers_for_the_forms(administrator, cast):
    query = {"app_label": "roles", "model_name": "appointment", "field_name": "person", "term": "manager"}
    answer = administrator.get(reverse("admin:autocomplete"), query).json()
    assert cast.manager.pk in [int(row["id"]) for row in answer["results"]]


def test_two_of_one_name_are_told_apart_where_one_is_chosen(administrator, cast):
    query = {"app_label": "roles", "model_name": "appointment", "field_name": "unit", "term": "税務課"}
    assert administrator.get(reverse("admin:autocomplete"), query).json()["results"] == [
        {"id": str(cast.tax.pk), "text": "区民部 税務課（0310）"}
    ]
    row = Appointment.objects.get(person=cast.manager)
    page = administrator.get(admin_url(Appointment, "change", row.pk)).content.decode()
    assert "区民部 税務課（0310）</option>" in page
    assert f"{cast.manager.name}（{cast.manager.staff_number}）</option>" in page


def addresses(patterns, before=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern)


def test_no_address_of_the_administration_leads_to_a_file(administrator, cast):
    found = list(addresses(site.get_urls()))
    assert any(address.startswith("roles/unit/") for address in found)
    for address in found:
        assert not re.match(r"(files_registry|incidents|audits|training|activity|notices|auth|axes|guardian)/", address)
    for app in ("files_registry", "auth", "activity"):
        assert administrator.get(f"/admin/{app}/").status_code == 404
