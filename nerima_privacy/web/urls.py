"""Addresses of this area."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from nerima_privacy.web import login, views

urlpatterns = [
    path("login/", login.LoginView.as_view(), name="login"),
    path("login/demo/", login.demo_login, name="demo-login"),
    path("logout/", login_not_required(LogoutView.as_view()), name="logout"),
    path("password/", login.PasswordView.as_view(), name="password"),
    path("password/done/", login.PasswordDoneView.as_view(), name="password-done"),
    path("keep-alive/", views.keep_alive, name="keep-alive"),
]
