"""Addresses of imports."""

from django.urls import path

from nerima_privacy.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/<slug:key>/", views.upload, name="upload"),
    path("new/<slug:key>/template.xlsx", views.template, name="template"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/state/", views.state, name="state"),
    path("<int:pk>/problems.csv", views.problems, name="problems"),
    path("<int:pk>/commit/", views.commit, name="commit"),
    path("<int:pk>/discard/", views.discard, name="discard"),
]
