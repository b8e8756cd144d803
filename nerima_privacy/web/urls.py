"""Addresses of this area."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
