"""Addresses of this area."""

from django.urls import path

from roles import administrator_views, views

app_name = "units"
urlpatterns = [
    path("", views.unit_list, name="list"),
    path("me/", views.my_seats, name="me"),
    path("audit-officers/", views.audit_officers, name="audit-officers"),
    path("audit-officers/appoint/", views.appoint_audit_officer, name="appoint-audit-officer"),
    path("audit-officers/<int:pk>/end/", views.end_audit_officer, name="end-audit-officer"),
    path("appointments/<int:pk>/succeed/", administrator_views.succeed, name="succeed"),
    path("appointments/<int:pk>/acting/", administrator_views.appoint_acting, name="appoint-acting"),
    path("appointments/<int:pk>/end/", administrator_views.end_appointment, name="end-appointment"),
    path("people/<int:pk>/transfer/", administrator_views.transfer, name="transfer"),
    path("<str:code>/merge/", administrator_views.merge, name="merge"),
    path("<str:code>/", views.unit_detail, name="detail"),
    path("<str:code>/history/", views.unit_history, name="history"),
]
