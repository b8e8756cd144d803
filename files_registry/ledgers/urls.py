"""Addresses of this area."""

from django.urls import path
from django.urls.resolvers import URLPattern

from files_registry.ledgers import many_media_views, media_views, output_views, verification_views, views

app_name = "ledgers"
urlpatterns: list[URLPattern] = [
    path("", views.ledger_list, name="list"),
    path("media/due/", media_views.due, name="due"),
    path("media/mine/", many_media_views.mine, name="mine"),
    path("units/<str:code>/media/", many_media_views.hand_over, name="hand-over"),
    path("units/<str:code>/media/dispose/", many_media_views.dispose, name="dispose-many"),
    path("units/<str:code>/media/disposals/<int:pk>.pdf", many_media_views.certificate, name="joint-certificate"),
    path("units/<str:code>/output/", output_views.unit, name="output-unit"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/new/", views.write, name="write"),
    path("<int:pk>/bulk/", views.write_many, name="bulk"),
    path("<int:pk>/export.xlsx", output_views.ledger, {"form": "xlsx"}, name="export.xlsx"),
    path("<int:pk>/export.csv", output_views.ledger, {"form": "csv"}, name="export.csv"),
    path("<int:pk>/ledger.pdf", output_views.ledger, {"form": "pdf"}, name="ledger.pdf"),
    path("<int:pk>/entries/<int:number>/", views.entry, name="entry"),
    path("<int:pk>/entries/<int:number>/correct/", views.correct, name="correct"),
    path("<int:pk>/verifications/", verification_views.verifications, name="verifications"),
    path("<int:pk>/verifications/new/", verification_views.verify, name="verify"),
    path("<int:pk>/verifications/<int:number>/", verification_views.verification, name="verification"),
    path("<int:pk>/verifications/<int:number>/correct/", verification_views.correct, name="correct-verification"),
    path("<int:pk>/media/", media_views.media, name="media"),
    path("<int:pk>/media/new/", media_views.register, name="register-medium"),
    path("<int:pk>/media/<int:number>/", media_views.medium, name="medium"),
    path("<int:pk>/media/<int:number>/move/", media_views.move, name="move-medium"),
    path("<int:pk>/media/<int:number>/complete/", media_views.complete, name="complete-medium"),
    path("<int:pk>/media/<int:number>/dispose/", media_views.dispose, name="dispose-medium"),
    path("<int:pk>/media/<int:number>/certificate.pdf", media_views.certificate, name="certificate"),
]
