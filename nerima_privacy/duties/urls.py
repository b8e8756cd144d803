"""Addresses of this area."""

from django.urls import path

from nerima_privacy.duties import board_views, views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("board/", board_views.board, name="board"),
    path("board/findings/", board_views.findings, name="board-findings"),
    path("board/export/", board_views.export, name="board-export"),
]
