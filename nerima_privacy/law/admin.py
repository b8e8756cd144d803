"""Administration of legal values, for システム管理者: searchable, dated, never deleted."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nerima_privacy.activity.history_admin import REASON, HistoryAdminMixin
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.law import catalogue, presenters, succession
from nerima_privacy.law.admin_forms import LegalParameterForm
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.web.fields import JapaneseDateField


class InForce(admin.SimpleListFilter):
    """Values by where they stand today; those in force unless asked otherwise."""

    title = "いま"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "適用中"), ("coming", "これから"), ("past", "終わったもの")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[LegalParameter]) -> Any:
        day = today()
        chosen = {
            "now": valid_on(day),
            "coming": models.Q(valid_from__gt=day),
            "past": models.Q(valid_to__lt=day),
        }.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(chosen)


@admin.register(LegalParameter)
class LegalParameterAdmin(HistoryAdminMixin, admin.ModelAdmin):  # type: ignore[misc]  # the stubs know LogEntry only; the record replaces it
    """A value that changes gets a new row from a day on; the row before ends by itself the day before."""

    form = LegalParameterForm
    formfield_overrides = {models.DateField: {"form_class": JapaneseDateField, "widget": forms.TextInput}}
    list_display = ("title", "words", "days", "confirmed", "source", "successor")
    list_display_links = ("title",)
    list_filter = (InForce, "established")
    search_fields = ("key", "source", "note")
    list_per_page = 100
    fieldsets = (
        (
            None,
            {
                "fields": ("key", "value"),
                "description": "法令や区の定めが変わったときは、この値を書き換えずに、新しい値を追加してください。"
                "それまでの値は前の日で終わり、過去の判断の根拠として残ります。",
            },
        ),
        ("適用期間", {"fields": ("valid_from", "valid_to")}),
        ("根拠", {"fields": ("source", "established", "note")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(self.admin_site.has_permission(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.admin_site.has_permission(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(self.admin_site.has_permission(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.admin_site.has_permission(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The key of a value never changes."""
        return ("key_shown",) if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        sections = super().get_fieldsets(request, obj)
        if obj is None:
            return sections
        head, options = sections[0]
        fields = ["key_shown" if name == "key" else name for name in options["fields"]]
        return [(head, {**options, "fields": fields}), *sections[1:]]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Finds by the Japanese name of a key too."""
        found, distinct = super().get_search_results(request, queryset, search_term)
        term = search_term.strip()
        named = [key.name for key in catalogue.KEYS.values() if term and term in key.title + key.holds + key.article]
        return found | queryset.filter(key__in=named), distinct

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not request.user.is_anonymous:
            succession.make_room(obj, actor=request.user, reason=form.cleaned_data.get(REASON, ""))
        super().save_model(request, obj, form, change)

    @admin.display(description="項目", ordering="key")
    def title(self, obj: LegalParameter) -> str:
        return presenters.title(obj.key)

    @admin.display(description="項目")
    def key_shown(self, obj: LegalParameter) -> str:
        return f"{presenters.title(obj.key)}（{obj.key}）"

    @admin.display(description="値")
    def words(self, obj: LegalParameter) -> str:
        return presenters.value(obj)

    @admin.display(description="確認", ordering="established")
    def confirmed(self, obj: LegalParameter) -> str:
        return "確認済み" if obj.established else "まだ"

    @admin.display(description="適用期間", ordering="valid_from")
    def days(self, obj: LegalParameter) -> str:
        return presenters.period(obj)

    @admin.display(description="つぎの値")
    def successor(self, obj: LegalParameter) -> SafeString | None:
        if obj.valid_to:
            return None
        address = reverse(f"{self.admin_site.name}:law_legalparameter_add")
        return format_html('<a href="{}?key={}">改正する</a>', address, obj.key)
