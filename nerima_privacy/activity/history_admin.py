"""What every administration page of a tracked model shares: a reason, one entry in the record, history in Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from nerima_privacy.activity.field_history import history
from nerima_privacy.activity.history import attribute, attributed
from nerima_privacy.activity.recording import record

if TYPE_CHECKING:
    from typing import Any as Behind  # a ModelAdmin, whose stubs know LogEntry only; here the record replaces it

    from roles.models import Person
else:
    Behind = object

REASON = "change_reason"
REASON_SECTION = ("記録", {"fields": [REASON]})


class ReasonedForm(forms.ModelForm):
    """The form of an administration page. An admin with a form of its own derives it from this one."""

    change_reason = forms.CharField(
        label="変更の理由",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text="だれが、いつ、なぜ変えたかが履歴に残ります。例　令和8年4月1日付け組織改正による",
        error_messages={"required": "変更の理由を書いてください。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if REASON in self.fields:
            self.fields[REASON].required = self.instance.pk is not None


class HistoryAdminMixin(Behind):
    """Before `ModelAdmin`. Nothing is deleted; a change gives its reason; each action leaves one entry.

    `list_editable` is not for these models: a list has no place for the reason.
    """

    form = ReasonedForm
    list_editable = ()

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody: what ended gets its last day."""
        return False

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        sections = super().get_fieldsets(request, obj)
        kept = [
            (title, {**options, "fields": [name for name in options["fields"] if name != REASON]})
            for title, options in sections
        ]
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [*kept, REASON_SECTION] if may_write else kept

    def construct_change_message(
        self, request: HttpRequest, form: forms.ModelForm, formsets: list[Any], add: bool = False
    ) -> list[str]:
        """The names of the fields that changed; the record never holds their values."""
        changed = [name for name in form.changed_data if name != REASON]
        for formset in formsets or []:
            prefix = formset.model._meta.model_name
            changed += [f"{prefix}.{name}" for row in formset.forms for name in row.changed_data]
        return list(dict.fromkeys(changed))

    def save_model(self, request: HttpRequest, obj: models.Model, form: forms.ModelForm, change: bool) -> None:
        attribute(obj, actor=_person(request), reason=form.cleaned_data.get(REASON, ""))
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list[Any], change: bool) -> None:
        with attributed(actor=_person(request), reason=form.cleaned_data.get(REASON, "")):
            super().save_related(request, form, formsets, change)

    def log_addition(self, request: HttpRequest, obj: models.Model, message: list[str]) -> None:
        self._record("admin.added", request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: list[str]) -> None:
        self._record("admin.changed", request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        raise PermissionDenied("記録は削除できません。")

    def _record(self, verb: str, request: HttpRequest, obj: models.Model, changed: list[str]) -> None:
        record(
            verb,
            actor=_person(request),
            subject=obj,
            post=getattr(request, "acting", None),
            reason=getattr(obj, "_change_reason", None) or "",
            changed=changed,
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """The field history, for whoever may open the record here."""
        request.current_app = self.admin_site.name
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        asked = request.GET.get("history", "1")
        page = max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        context = {
            **self.admin_site.each_context(request),
            "title": f"変更の履歴：{obj}",
            "object": obj,
            "opts": self.opts,
            "history": history(obj, page=page),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/field_history.html", context)


def _person(request: HttpRequest) -> Person:
    if request.user.is_anonymous:
        raise PermissionDenied
    return request.user
