"""Public addresses of the register; no login. `<key>` is the number a file keeps in every edition."""

from django.urls import path, re_path

from files_registry.register import public_views as views

app_name = "register"
ENTRY = "entries/<slug:key>/"
EDITION = "editions/<int:number>/"
urlpatterns = [
    path("", views.register, name="list"),
    path(ENTRY, views.entry, name="entry"),
    path(ENTRY + "form.pdf", views.entry_pdf, name="pdf"),
    path(ENTRY + "form.xlsx", views.entry_excel, name="excel"),
    path("register.csv", views.whole_csv, name="csv"),
    path("register.json", views.whole_json, name="json"),
    path("about-data/", views.about_data, name="about-data"),
    path("editions/", views.editions, name="editions"),
    path(EDITION, views.register, name="edition"),
    path(EDITION + "changes/", views.changes, name="changes"),
    path(EDITION + ENTRY, views.entry, name="edition-entry"),
    path(EDITION + ENTRY + "form.pdf", views.entry_pdf, name="edition-pdf"),
    path(EDITION + ENTRY + "form.xlsx", views.entry_excel, name="edition-excel"),
    path(EDITION + "register.csv", views.whole_csv, name="edition-csv"),
    path(EDITION + "register.json", views.whole_json, name="edition-json"),
    re_path(r"^(?P<rest>.+)/$", views.missing, name="missing"),
]
