"""Administration of organs, units, people, postings and appointments, for システム管理者.

Nothing is deleted: what ends gets its last day, who leaves is no longer 在籍. A change gives its reason.
"""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminUserCreationForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import Value

from nerima_privacy.activity.history_admin import HistoryAdminMixin, ReasonedForm
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.web.fields import JapaneseDateField
from roles import staff_numbers
from roles.affiliation import affiliation_of, policy_of
from roles.appointment_rules import problems
from roles.models import Appointment, Engagement, Organ, Person, Posting, Unit
from roles.presenters import ending_days, kind_of, seat_line, told_apart
from roles.seating import lock_seat, tell_holder
from roles.seats import Seat

OVERTAKEN = (
    "入力している間に、ほかの人がこの役割の任命を変えました。何も保存していません。"
    "最新の内容を確かめてから、もう一度保存してください。"
)
DATE_HINT = "例　令和8年4月1日、R8.4.1、2026-04-01"


class StandingFilter(admin.SimpleListFilter):
    """Rows by where they stand today."""

    title = "いま"
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("now", "現在"), ("coming", "これから"), ("past", "終わったもの")]

    def queryset(self, request, queryset):
        day = today()
        chosen = {
            "now": valid_on(day),
            "coming": models.Q(valid_from__gt=day),
            "past": models.Q(valid_to__lt=day),
        }.get(self.value())
        return queryset.filter(chosen) if chosen is not None else queryset


class WardAdmin(HistoryAdminMixin, admin.ModelAdmin):  # type: ignore[misc]  # as in law.admin: stubs know LogEntry only
    """Dates typed by era or by Western year, shown by era; nothing deleted."""

    formfield_overrides = {models.DateField: {"form_class": JapaneseDateField, "widget": forms.TextInput}}
    list_per_page = 50
    show_full_result_count = False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, JapaneseDateField) and not field.help_text:
            field.help_text = DATE_HINT
        if isinstance(field, forms.ModelChoiceField) and field.queryset.model in (Person, Unit):
            field.label_from_instance = told_apart
        return field

    @admin.display(description="いつから", ordering="valid_from")
    def begins(self, obj):
        return wareki(obj.valid_from)

    @admin.display(description="いつまで", ordering="valid_to")
    def ends(self, obj):
        return wareki(obj.valid_to) if obj.valid_to else None


@admin.register(Organ)
class OrganAdmin(WardAdmin):
    list_display = ["code", "name", "act"]
    search_fields = ["code", "name"]

    @admin.display(description="個人情報保護法第5章", ordering="under_act")
    def act(self, obj):
        return "適用あり" if obj.under_act else "対象外（指針による）"


@admin.register(Unit)
class UnitAdmin(WardAdmin):
    list_display = ["code", "name", "kind", "parent", "organ", "begins", "ends"]
    list_display_links = ["code", "name"]
    list_filter = [StandingFilter, "is_department", "is_section", "is_school", "organ"]
    list_select_related = ["parent", "organ"]
    search_fields = ["code", "name", "parent__name"]
    autocomplete_fields = ["parent", "successors"]
    fieldsets = [
        (None, {"fields": ["code", "name", "organ", "parent", "address"]}),
        ("区分（指針第2条第2項）", {"fields": ["is_department", "is_section", "is_school"]}),
        ("期間と後継", {"fields": ["valid_from", "valid_to", "successors"]}),
    ]

    def get_queryset(self, request):
        """With the 部 above, which stands in the name wherever a unit is chosen."""
        return super().get_queryset(request).select_related("parent")

    @admin.display(description="区分")
    def kind(self, obj):
        return kind_of(obj) or None


class PasswordState(ReadOnlyPasswordHashWidget):
    """Whether there is a password, and the way to set one; nothing of its hash."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        usable = bool(value) and is_password_usable(value)
        context["summary"] = [{"label": "設定済み" if usable else "設定していません（ログインできません）"}]
        return context


class NumberedForm(forms.ModelForm):
    """The staff number, kept in half-width; one that somebody has in another spelling is refused at its field."""

    def clean_staff_number(self):
        number = staff_numbers.written(self.cleaned_data["staff_number"])
        staff_numbers.SHAPE(number)
        if Person.objects.numbered(number).exclude(pk=self.instance.pk).exists():
            raise ValidationError(staff_numbers.TAKEN)
        return number


class PersonForm(NumberedForm, ReasonedForm, UserChangeForm):
    """A person; the password has a form of its own."""

    password = ReadOnlyPasswordHashField(label="パスワード", widget=PasswordState)

    class Meta:
        model = Person
        fields = ["staff_number", "name", "kana", "email", "engagement", "is_active"]


class NewPersonForm(NumberedForm, ReasonedForm, AdminUserCreationForm):
    """A new person, with a first password or none."""

    class Meta:
        model = Person
        fields = ["staff_number", "name", "kana", "email", "engagement"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["usable_password"].help_text = "ログインさせない人は「無効」にします。あとから設定できます。"


@admin.register(Person)
class PersonAdmin(WardAdmin, UserAdmin):  # type: ignore[misc]  # see WardAdmin
    """Who leaves is set to 在籍しない: the person cannot log in from then on and holds no seat."""

    form, add_form = PersonForm, NewPersonForm
    list_display = ["staff_number", "name", "kana", "engagement", "present"]
    list_display_links = ["staff_number", "name"]
    list_filter = ["is_active", "engagement"]
    search_fields = ["staff_number", "name", "kana"]
    ordering = ["staff_number"]
    filter_horizontal = []
    readonly_fields = ["belonging", "seats_now"]
    fieldsets = [
        (None, {"fields": ["staff_number", "name", "kana", "email", "password"]}),
        ("区分", {"fields": ["engagement", "is_active", "belonging", "seats_now"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": [
                    "staff_number",
                    "name",
                    "kana",
                    "email",
                    "engagement",
                    "usable_password",
                    "password1",
                    "password2",
                ],
            },
        )
    ]

    def has_change_permission(self, request, obj=None):
        """The system's own person is nobody's to change."""
        system = obj is not None and obj.engagement == Engagement.SYSTEM
        return not system and super().has_change_permission(request, obj)

    @admin.display(description="職員・教職員の別と従うポリシー（きょう）")
    def belonging(self, obj):
        return f"{affiliation_of(obj).label}　{policy_of(obj).label}" if obj.pk else "―"

    @admin.display(description="きょうの所属と役割")
    def seats_now(self, obj):
        if not obj.pk:
            return None
        rows = [str(posting) for posting in obj.postings.on().select_related("unit")]
        rows += [a.label for a in obj.appointments.on().select_related("unit")]
        return "、".join(rows) or "なし"

    @admin.display(description="在籍", ordering="is_active")
    def present(self, obj):
        return "在籍" if obj.is_active else "在籍しない"


@admin.register(Posting)
class PostingAdmin(WardAdmin):
    list_display = ["person", "unit", "title", "main", "begins", "ends"]
    list_filter = [StandingFilter, "is_main"]
    list_select_related = ["person", "unit"]
    search_fields = ["person__staff_number", "person__name", "unit__code", "unit__name", "title"]
    autocomplete_fields = ["person", "unit"]
    date_hierarchy = "valid_from"

    @admin.display(description="本務・兼務", ordering="is_main")
    def main(self, obj):
        return "本務" if obj.is_main else "兼務"


class OvertakenForm(forms.ModelForm):
    """The form of an appointment the database refused: never valid, so that it is shown and nothing is written."""

    def clean(self):
        self.add_error(None, OVERTAKEN)
        return super().clean()


@admin.register(Appointment)
class AppointmentAdmin(WardAdmin):
    """One holder of a seat at a time: the form says who holds it, the database refuses what slips through.

    監査責任者 are shown and not written here: 総括保護管理者 appoints them on a page of the site (第7条第2項).
    """

    list_display = ["seat", "unit", "person", "basis", "begins", "ends", "standing"]
    list_filter = [StandingFilter, "seat", "basis"]
    list_select_related = ["person", "unit"]
    search_fields = ["person__staff_number", "person__name", "unit__code", "unit__name", "order_document"]
    autocomplete_fields = ["unit", "person"]
    date_hierarchy = "valid_from"
    fieldsets = [
        (None, {"fields": ["seat", "unit", "person"]}),
        ("期間", {"fields": ["valid_from", "valid_to"]}),
        ("根拠", {"fields": ["basis", "security_post", "order_document", "reason"]}),
    ]

    def get_queryset(self, request):
        """Each row carries the days before its end at which it is shown as ending: one query for the list."""
        return super().get_queryset(request).annotate(ending=Value(ending_days()))

    @admin.display(description="いま")
    def standing(self, obj):
        return seat_line(obj, ending=obj.ending).state

    def has_change_permission(self, request, obj=None):
        """Those of 監査責任者 are 総括保護管理者's."""
        audits = obj is not None and obj.seat == Seat.AUDIT_OFFICER
        return not audits and super().has_change_permission(request, obj)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "seat":
            kwargs["choices"] = [("", "---------"), *(c for c in Seat.choices if c[0] != Seat.AUDIT_OFFICER)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (OvertakenForm, form), {}) if getattr(request, "overtaken", False) else form

    def save_model(self, request, obj, form, change):
        lock_seat(obj.unit_id)
        if problems(obj):
            raise IntegrityError("somebody else was appointed meanwhile")
        super().save_model(request, obj, form, change)
        verb = "変わりました" if change else "登録されました"
        tell_holder(obj, "appointment.made", f"{obj.label}の任命が{verb}（{seat_line(obj).period}）")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Whom the database refuses, somebody else having been first, sees the form again with all that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            request.overtaken = True  # everything is rolled back; the form is read once more and refuses by itself
            return super().changeform_view(request, object_id, form_url, extra_context)
