"""Addresses of this area."""

from django.urls import path
from django.urls.resolvers import URLPattern

from files_registry.filings import views
from files_registry.filings.actions import ACTIONS

app_name = "filings"
urlpatterns: list[URLPattern] = [
    path("", views.filing_list, name="list"),
    path("new/", views.new, name="new"),
    path("change/<int:file_pk>/", views.draft, {"kind": "change"}, name="change"),
    path("cease/<int:file_pk>/", views.draft, {"kind": "cease"}, name="cease"),
    path("take-in/<int:file_pk>/", views.draft, {"kind": "take-in"}, name="take-in"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/draft-again/", views.draft_again, name="draft-again"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/notification.pdf", views.paper, {"name": "notification"}, name="notification.pdf"),
    path("<int:pk>/result.pdf", views.paper, {"name": "result"}, name="result.pdf"),
    path("<int:pk>/cease.pdf", views.paper, {"name": "cease"}, name="cease.pdf"),
    *(path(f"<int:pk>/{name}/", views.act, {"name": name}, name=name) for name in ACTIONS),
]
