"""Addresses of this area."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import path
from django.urls.resolvers import URLPattern

from files_registry.handling import check_views, more_views, views
from files_registry.handling.actions import REQUEST_ACTIONS
from files_registry.handling.more_actions import CHECK_ACTIONS, CORRECTION_ACTIONS, STANDING_ACTIONS

app_name = "handling"


def buttons(prefix: str, view: Callable[..., Any], names: Iterable[str], place: str = "") -> list[URLPattern]:
    """One address for each button of a record."""
    return [path(f"{prefix}<int:pk>/{name}/", view, {"name": name}, name=f"{place}{name}") for name in names]


urlpatterns: list[URLPattern] = [
    path("", views.request_list, name="list"),
    path("new/", views.choose, name="choose"),
    path("new/<int:file_pk>/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/request.pdf", views.paper, name="request.pdf"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/check/", check_views.fill_check, name="fill-check"),
    *buttons("", views.act, REQUEST_ACTIONS),
    path("checks/", check_views.checks, name="checks"),
    path("checks/new/<int:file_pk>/", check_views.check_choose, name="check-choose"),
    path("checks/new/<int:file_pk>/<str:channel>/", check_views.check_new, name="check-new"),
    path("checks/<int:pk>/", check_views.check, name="check"),
    path("checks/<int:pk>/check.pdf", check_views.check_paper, name="check.pdf"),
    *buttons("checks/", check_views.check_act, CHECK_ACTIONS, "check-"),
    path("standing/", more_views.standing_list, name="standing-list"),
    path("standing/new/<int:file_pk>/", more_views.standing_new, name="standing-new"),
    path("standing/<int:pk>/", more_views.standing_detail, name="standing"),
    *buttons("standing/", more_views.standing_act, STANDING_ACTIONS, "standing-"),
    path("corrections/", more_views.corrections, name="corrections"),
    path("corrections/new/<int:file_pk>/", more_views.correction_new, name="correction-new"),
    path("corrections/<int:pk>/", more_views.correction, name="correction"),
    *buttons("corrections/", more_views.correction_act, CORRECTION_ACTIONS, "correction-"),
    path("rules/", more_views.rules, name="rules"),
    path("rules/<int:unit_pk>/", more_views.unit_rules, name="unit-rules"),
    path("rules/<int:unit_pk>/set/", more_views.set_rules, name="set-rules"),
]
