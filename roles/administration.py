"""The admin site: for those who manage units, people, appointments and legal parameters, and for nothing else."""

from functools import wraps

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.utils.decorators import method_decorator
from django.utils.functional import LazyObject

# Nothing that says what a file holds is ever among them.
ADMINISTERED_APPS = frozenset({"roles", "law"})


def opens_administration(user):
    """システム管理者 by appointment valid now; a superuser, to appoint the first of them."""
    from roles.holdings import holdings_of
    from roles.seats import Seat

    return user.is_active and (user.is_superuser or holdings_of(user).has(Seat.SYSTEM_ADMINISTRATOR))


class NamedApart(AutocompleteJsonView):
    """The search behind the fields of the administration."""

    def serialize_result(self, obj, to_field_name):
        from roles.models import Person, Unit
        from roles.presenters import told_apart

        found = super().serialize_result(obj, to_field_name)
        return {**found, "text": told_apart(obj)} if isinstance(obj, Person | Unit) else found


class AdministrationSite(admin.AdminSite):
    """Open to holders of the seat 「システム管理者」 and to superusers who set the system up; 403 to everybody else."""

    site_header = site_title = "個人情報保護管理　管理画面"
    enable_nav_sidebar = False  # the lists need its width, and the six of them stand on the first page
    index_title = "管理"
    site_url = "/"
    empty_value_display = "―"

    def has_permission(self, request):
        return opens_administration(request.user)

    def register(self, model_or_iterable, admin_class=None, **options):
        """Takes only what belongs to the administration; whatever else an installed app offers is left out."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        kept = [model for model in models if model._meta.app_label in ADMINISTERED_APPS]
        super().register(kept, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        """Somebody logged in without the right is refused; a visitor is led to the login page of the site."""
        guarded = super().admin_view(view, cacheable)

        @wraps(view)
        def inner(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return self.login(request)
            if not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return inner

    def autocomplete_view(self, request):
        """People and units are offered with number and code: names are not keys."""
        return NamedApart.as_view(admin_site=self)(request)

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """There is one login page, with its lockout; the admin has none of its own."""
        from django.contrib.auth.views import redirect_to_login

        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or request.get_full_path().removesuffix("login/"))


class _Site(LazyObject):
    def _setup(self):
        from django.contrib.admin import sites

        self._wrapped = sites.site


class AdministrationConfig(AdminConfig):
    """django.contrib.admin with the site above as its default."""

    default_site = "roles.administration.AdministrationSite"


site = _Site()
