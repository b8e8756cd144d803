"""Every address of the site."""

from django.urls import include, path

from roles.administration import site

handler400 = "nerima_privacy.web.errors.bad_request"
handler500 = "nerima_privacy.web.errors.server_error"

urlpatterns = [
    path("", include("nerima_privacy.web.urls")),
    path("", include("nerima_privacy.duties.urls")),
    path("inbox/", include("nerima_privacy.notices.urls")),
    path("search/", include("nerima_privacy.search.urls")),
    path("", include("roles.shell_urls")),
    path("units/", include("roles.urls")),
    path("imports/", include("nerima_privacy.imports.urls")),
    path("files/", include("files_registry.catalogue.urls")),
    path("filings/", include("files_registry.filings.urls")),
    path("ledgers/", include("files_registry.ledgers.urls")),
    path("access/", include("files_registry.access.urls")),
    path("accounts/", include("files_registry.accounts.urls")),
    path("handling/", include("files_registry.handling.urls")),
    path("systems/", include("files_registry.systems.urls")),
    path("register/", include("files_registry.register.public_urls")),
    path("editions/", include("files_registry.register.urls")),
    path("audits/", include("audits.examinations.urls")),
    path("admin/", site.urls),
]
