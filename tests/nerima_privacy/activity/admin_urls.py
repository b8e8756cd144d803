"""An administration site of the tests alone, with one tracked model."""

from django.contrib import admin
from django.urls import include, path

from nerima_privacy.activity.history_admin import HistoryAdminMixin
from roles.administration import AdministrationSite
from roles.models import Unit


class UnitAdmin(HistoryAdminMixin, admin.ModelAdmin):
    fields = ("code", "name", "organ", "address", "valid_from", "is_section", "successors")


site = AdministrationSite(name="trial")
site.register(Unit, UnitAdmin)
urlpatterns = [path("trial/", site.urls), path("", include("nerima_privacy.urls"))]
