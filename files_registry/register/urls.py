"""Addresses of 情報公開課's side of the book."""

from django.urls import path

from files_registry.register import views

app_name = "editions"
urlpatterns = [
    path("", views.editions, name="list"),
    path("next/", views.preview, name="preview"),
    path("undecided/", views.undecided, name="undecided"),
    path("left-off/", views.left_off, name="left-off"),
    path("left-off/excel/", views.left_off_excel, name="left-off-excel"),
    path("files/<int:pk>/", views.decide, name="decide"),
    path("<int:number>/", views.edition, name="detail"),
]
