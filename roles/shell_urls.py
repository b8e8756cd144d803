"""Addresses that every page of the shell links to."""

from django.urls import path

from roles import posts

urlpatterns = [
    path("post/", posts.choose_post, name="choose-post"),
    path("accident/", posts.report_accident, name="report-accident"),
]
