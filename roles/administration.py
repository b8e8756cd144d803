"""The admin site: for those who manage units, people, appointments and legal parameters, and for nothing else."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.utils.functional import LazyObject


class AdministrationSite(admin.AdminSite):
    """Open to holders of the シート「システム管理者」 and to superusers who set the system up."""

    site_header = site_title = "個人情報保護管理　管理画面"
    index_title = "管理"
    site_url = "/"

    def has_permission(self, request):
        """システム管理者 by appointment valid now; a superuser, to appoint the first of them."""
        from roles.holdings import holdings_of
        from roles.seats import Seat

        user = request.user
        return user.is_active and (user.is_superuser or holdings_of(user).has(Seat.SYSTEM_ADMINISTRATOR))


class _Site(LazyObject):
    def _setup(self):
        from django.contrib.admin import sites

        self._wrapped = sites.site


class AdministrationConfig(AdminConfig):
    """django.contrib.admin with the site above as its default."""

    default_site = "roles.administration.AdministrationSite"


site = _Site()
