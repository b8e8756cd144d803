"""Addresses of this area."""

from django.urls import path
from django.urls.resolvers import URLPattern

from files_registry.access import views
from files_registry.access.actions import ACTIONS

app_name = "access"
urlpatterns: list[URLPattern] = [
    path("", views.grant_list, name="list"),
    path("<int:pk>/", views.grant, name="grant"),
    *(path(f"<int:pk>/{name}/", views.act, {"name": name}, name=name) for name in ACTIONS),
    path("files/<int:file_pk>/", views.who, name="who"),
    path("files/<int:file_pk>/list.xlsx", views.who_excel, name="who.xlsx"),
    path("files/<int:file_pk>/list.pdf", views.who_pdf, name="who.pdf"),
    path("files/<int:file_pk>/request/", views.ask, name="request"),
    path("files/<int:file_pk>/propose/", views.propose, name="propose"),
    path("files/<int:file_pk>/review/", views.review, name="review"),
    path("files/<int:file_pk>/open/", views.open_file, name="open"),
    path("files/<int:file_pk>/openings/", views.openings, name="openings"),
]
