"""Addresses of this area."""

from django.urls import path
from django.urls.resolvers import URLPattern

from files_registry.systems import administrator_views, agreement_views, views

app_name = "systems"


urlpatterns: list[URLPattern] = [
    path("", views.system_list, name="list"),
    path("export.xlsx", views.export, name="export.xlsx"),
    path("new/", views.new, name="new"),
    path("pick/", views.pick, name="pick"),
    path("pick-person/", administrator_views.pick_person, name="pick-person"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/retire/", views.retire, name="retire"),
    path("<int:pk>/administrator/", administrator_views.name_administrator, name="name-administrator"),
    path("<int:pk>/administrator/end/", administrator_views.end_administrator, name="end-administrator"),
    path("<int:pk>/administrator/withdraw/", administrator_views.withdraw_administrator, name="withdraw-administrator"),
    path("<int:pk>/units/<int:unit_pk>/", agreement_views.pair, name="pair"),
    path("<int:pk>/units/<int:unit_pk>/<str:topic>/", agreement_views.propose, name="propose"),
    path("files/<int:file_pk>/link/", agreement_views.link, name="link"),
    path("links/<int:pk>/end/", agreement_views.unlink, name="unlink"),
    path("agreements/<int:pk>/", agreement_views.agreement, name="agreement"),
    *(
        path(f"agreements/<int:pk>/{move}/", agreement_views.answer, {"move": move}, name=move)
        for move in agreement_views.DONE
    ),
]
