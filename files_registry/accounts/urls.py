"""Addresses of this area."""

from django.urls import path
from django.urls.resolvers import URLPattern

from files_registry.accounts import views

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("", views.system_list, name="list"),
    path("systems/<int:system_pk>/", views.system, name="system"),
    path("systems/<int:system_pk>/upload/", views.upload, name="upload"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/columns/", views.choose, name="columns"),
    path("<int:pk>/record/", views.record, name="record"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/findings.xlsx", views.excel, name="findings.xlsx"),
]
