"""Logging in and out, and changing one's password, with Django's own views in the site's words."""

from itertools import groupby

from django.conf import settings
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import get_user_model, login
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST

from nerima_privacy.web import idle, keeping
from nerima_privacy.web.forms import JapaneseMixin


class LoginForm(JapaneseMixin, auth_forms.AuthenticationForm):
    """Staff number and password. The answer never tells which of the two was wrong."""

    error_messages = {
        "invalid_login": "職員番号かパスワードが違います。パスワードの大文字と小文字、全角と半角を確かめてください。",
        "inactive": "職員番号かパスワードが違います。パスワードの大文字と小文字、全角と半角を確かめてください。",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "職員番号"
        self.fields["username"].error_messages["required"] = "職員番号を書いてください。"
        self.fields["password"].error_messages["required"] = "パスワードを書いてください。"


class PasswordForm(JapaneseMixin, auth_forms.PasswordChangeForm):
    """The old password, and the new one twice."""


def _back(request) -> str:
    """Where to go after logging in: what was kept, then `next` on this site, then the desk."""
    target = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    asked = target if safe else ""
    return keeping.page_to_return_to(request, asked) or asked or resolve_url(settings.LOGIN_REDIRECT_URL)


class LoginView(auth_views.LoginView):
    """The login page. Locked for one person at one address after AXES_FAILURE_LIMIT failures."""

    template_name = "web/login.html"
    form_class = LoginForm
    redirect_authenticated_user = True

    def get_success_url(self):
        return _back(self.request)

    def get_context_data(self, **kwargs):
        lost = "lost" if self.request.GET.get(idle.ENDED) == "lost" else ""
        ended = self.request.session.get(idle.ENDED) or lost
        return super().get_context_data(ended=ended, minutes=settings.IDLE_MINUTES, people=demo_people(), **kwargs)


def demo_accounts() -> dict:
    """The accounts of the demonstration by user name; none outside it."""
    if not settings.DEMO:
        return {}
    return {account.username: account for account in import_string(settings.DEMO_ACCOUNTS)}


def demo_people() -> list[dict]:
    """Those one can be with one click, grouped by unit in the order of the list."""
    known = demo_accounts().values()
    groups = groupby(known, key=lambda account: account.unit)
    return [{"unit": unit or "区全体", "people": list(people)} for unit, people in groups]


@login_not_required
@require_POST
def demo_login(request):
    """In the demonstration, and only there: be the person chosen."""
    if request.POST.get("username") not in demo_accounts():
        raise Http404
    users = get_user_model().objects.filter(is_active=True)
    person = get_object_or_404(users, staff_number=request.POST["username"])
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect(_back(request))


class PasswordView(auth_views.PasswordChangeView):
    """Change one's own password; other sessions of the person end."""

    template_name = "web/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("password-done")


class PasswordDoneView(auth_views.PasswordChangeDoneView):
    template_name = "web/password_done.html"


def locked_client(username, ip_address, user_agent, path_info, request):
    """What axes writes in the log of whom: nothing (AXES_CLIENT_STR_CALLABLE)."""
    return "a client"
