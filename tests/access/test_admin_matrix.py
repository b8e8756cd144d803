"""The administration: every address of it, asked by everybody; only システム管理者 and superusers are let in."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver

from nerima_privacy.law.models import LegalParameter
from roles.models import Appointment, Organ, Person, Posting, Unit
from tests.access.asking import answer, undone
from tests.access.world import everything

pytestmark = pytest.mark.django_db
ADMINISTRATORS = {"administrator", "superuser"}
MODELS = {model._meta.model_name: model for model in (Organ, Unit, Person, Posting, Appointment, LegalParameter)}
FOR_EVERYBODY = {"login/", "logout/"}
ASKED = {"autocomplete/": {"app_label": "roles", "model_name": "appointment", "field_name": "person"}}
NOT_EVEN_THEY = ("/delete/",)


def addresses(patterns, prefix=""):
    """Every route below /admin/."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern)


ADMIN = next(p for p in get_resolver().url_patterns if isinstance(p, URLResolver) and p.namespace == "admin")
ROUTES = sorted(set(addresses(ADMIN.url_patterns)))


def filled(route):
    """The route with an object that exists in each place that asks for one."""
    model = MODELS.get(route.split("/")[1] if "/" in route else "")
    pk = str(model.objects.order_by("pk").last().pk) if model else "1"
    route = route.replace("^(?P<app_label>law|roles)/$", "roles/").replace("(?P<url>.*)$", "nothing/here")
    route = route.replace("<path:content_type_id>", str(ContentType.objects.get_for_model(Unit).pk))
    return "/admin/" + re.sub(r"<(path:object_id|id)>", pk, route)


@pytest.mark.parametrize("route", ROUTES)
def test_who_may(world, route):
    url, wrong = filled(route), []
    assert "<" not in url, "a new kind of address: say how to fill it"
    for method in ("get", "post"):
        with undone():
            before = everything()
            for who, person in {"visitor": None, **world.cast.people}.items():
                if who in ADMINISTRATORS or route in FOR_EVERYBODY:
                    continue
                status = answer(world, who, method, url, ASKED.get(route, {}))
                expected = "login" if person is None or not person.is_active else 403
                if status != expected:
                    wrong.append(f"{who} {method} {url}: {status}, expected {expected}")
            if everything() != before:
                wrong.append(f"refusals of {method} {url} wrote something")
        for who in sorted(ADMINISTRATORS if route not in FOR_EVERYBODY else ()):
            with undone():
                status = answer(world, who, method, url, ASKED.get(route, {}))
            closed = status == 403 if url.endswith(NOT_EVEN_THEY) else status not in ("login", 500)
            if not closed:
                wrong.append(f"{who} {method} {url}: {status}")
    assert not wrong, "\n".join(wrong)
