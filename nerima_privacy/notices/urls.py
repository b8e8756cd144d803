"""Addresses of this area."""

from django.urls import path

from nerima_privacy.notices import views

app_name = "inbox"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:pk>/open/", views.open_notice, name="open"),
    path("read-all/", views.read_all, name="read-all"),
]
