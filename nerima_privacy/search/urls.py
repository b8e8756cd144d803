"""Addresses of this area."""

from django.urls import path

from nerima_privacy.search import views

app_name = "search"
urlpatterns = [path("", views.results, name="results")]
