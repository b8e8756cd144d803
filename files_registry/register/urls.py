"""Addresses of this area."""

from django.urls.resolvers import URLPattern

app_name = "editions"
urlpatterns: list[URLPattern] = []
