"""Addresses of this area."""

from django.urls import path

from roles import views

app_name = "units"
urlpatterns = [
    path("", views.unit_list, name="list"),
    path("me/", views.my_seats, name="me"),
    path("audit-officers/", views.audit_officers, name="audit-officers"),
    path("audit-officers/appoint/", views.appoint_audit_officer, name="appoint-audit-officer"),
    path("audit-officers/<int:pk>/end/", views.end_audit_officer, name="end-audit-officer"),
    path("<str:code>/", views.unit_detail, name="detail"),
    path("<str:code>/history/", views.unit_history, name="history"),
]
