"""Addresses of this area."""

from django.urls import path
from django.urls.resolvers import URLPattern

from files_registry.catalogue import views

app_name = "files"
urlpatterns: list[URLPattern] = [
    path("", views.file_list, name="list"),
    path("export.xlsx", views.export, {"kind": "xlsx"}, name="export.xlsx"),
    path("export.csv", views.export, {"kind": "csv"}, name="export.csv"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/versions/<int:number>/", views.version, name="version"),
    path("<int:pk>/compare/", views.compare, name="compare"),
    path("<int:pk>/history/", views.history, name="history"),
    path("<int:pk>/disposal/", views.disposal, name="disposal"),
]
