"""Public addresses of the register; no login."""

from django.urls.resolvers import URLPattern

app_name = "register"
urlpatterns: list[URLPattern] = []
