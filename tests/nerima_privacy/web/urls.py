"""Addresses for tests of the shell: the site's own, and a few pages that do nothing but show a form or refuse."""

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from nerima_privacy.refusals import Invalid, MoveRefused
from nerima_privacy.urls import handler400, handler500
from nerima_privacy.web import fields, verbs
from nerima_privacy.web.forms import Form

__all__ = ["handler400", "handler500"]
WRITTEN: list[dict] = []


class TryForm(Form):
    articles = {"name": "第10条第1項"}
    examples = {"name": "住民基本台帳ファイル"}
    name = django_forms.CharField(label="名称", max_length=10_000, help_text="事務でふだん使う名前を書いてください。")
    memo = django_forms.CharField(label="メモ", widget=django_forms.Textarea, required=False)
    day = fields.JapaneseDateField(label="始める日", required=False)
    count = fields.JapaneseIntegerField(label="人数", required=False, min_value=0)
    kind = django_forms.ChoiceField(
        label="種別", choices=[("a", "電子"), ("b", "紙")], widget=django_forms.RadioSelect, required=False
    )
    paper = fields.UploadField(label="書面", required=False, suffixes=(".pdf",))


def form_page(request):
    form = TryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        WRITTEN.append(form.cleaned_data)
        return redirect("/try/form/")
    return render(request, "components_for_tests.html", {"form": form})


def refuse(request):
    raise MoveRefused("石神井 花子さんが先に確認しました。")


def invalid(request):
    raise Invalid({"name": "名称がありません。"})


def forbidden(request):
    raise PermissionDenied("税務課の保護責任者だけが届け出られます。")


def broken(request):
    raise RuntimeError("練馬 太郎")


def run(request):
    def verb():
        if request.POST["how"] == "refused":
            raise MoveRefused("もう届け出てあります。")

    verbs.run(request, verb, success="届け出ました。")
    return redirect("/try/form/")


def post_only(request):
    from django.http import HttpResponseNotAllowed

    return HttpResponse("ok") if request.method == "POST" else HttpResponseNotAllowed(["POST"])


urlpatterns = [
    path("try/form/", form_page),
    path("try/refuse/", refuse),
    path("try/invalid/", invalid),
    path("try/forbidden/", forbidden),
    path("try/broken/", broken),
    path("try/run/", run),
    path("try/post-only/", post_only),
    path("", include("nerima_privacy.urls")),
]
