"""Addresses of this area."""

from django.urls import path
from django.urls.resolvers import URLPattern

from audits.examinations import views
from audits.examinations.actions import ACTIONS

app_name = "audits"
urlpatterns: list[URLPattern] = [
    path("", views.audit_list, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/files/", views.files, name="files"),
    *(path(f"<int:pk>/{name}/", views.act, {"name": name}, name=name) for name in ACTIONS),
]
