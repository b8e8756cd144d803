"""Addresses that every page of the shell links to."""

from django.urls import path

from roles import picker_views, posts

urlpatterns = [
    path("post/", posts.choose_post, name="choose-post"),
    path("accident/", posts.report_accident, name="report-accident"),
    path("pick/units/", picker_views.units, name="pick-unit"),
    path("pick/people/", picker_views.people, name="pick-person"),
]
