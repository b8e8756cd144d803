"""What is typed about a system, its administrator, its files and what is agreed (第5条第4項)."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from files_registry.systems.fields import AdministratorField, SystemField
from nerima_privacy.web.fields import JapaneseDateField
from nerima_privacy.web.forms import Form
from nerima_privacy.web.widgets import LongSelect
from roles.models import Unit
from roles.unit_filter import UnitFilter

NO_SECRETS = "パスワード、IPアドレス、個人の氏名などは書かないでください。"


def any_field(field: forms.Field) -> Any:
    """The field with what its own class adds, which the type of `fields` does not know."""
    return field


def reason(label: str = "理由") -> forms.CharField:
    """Why, in some lines."""
    return forms.CharField(
        label=label,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": f"{label}を書いてください。"},
    )


class Filter(UnitFilter):
    """The filter of the register."""


class EditForm(Form):
    """Name, purpose and first day of a system."""

    name = forms.CharField(label="名称", max_length=120)
    purpose = forms.CharField(
        label="なにに使うか", max_length=400, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_SECRETS
    )
    valid_from = JapaneseDateField(label="使いはじめた日")
    stamp = forms.IntegerField(required=False, widget=forms.HiddenInput)
    articles = {"name": "第5条第4項"}
    examples = {"name": "住民税システム", "purpose": "特別区民税の賦課および収納の管理"}


class NewForm(EditForm):
    """A system put into the register; `token` is this page's: it registers one."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="所管", widget=LongSelect, help_text="情報システムを運用している課・学校です。"
    )
    token = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    field_order = ["name", "unit", "purpose", "valid_from"]

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(units)
        unit = any_field(self.fields["unit"])
        unit.queryset = units
        first = [] if len(rows) == 1 else [("", "選んでください")]
        unit.choices = [*first, *((row.pk, row.full_name) for row in rows)]
        del self.fields["stamp"]


class RetireForm(Form):
    """The last day of a system, and why."""

    last_day = JapaneseDateField(label="使い終える日（この日まで）")
    reason = reason()
    stamp = forms.IntegerField(required=False, widget=forms.HiddenInput)
    articles = {"last_day": "第5条第4項"}


class AdministratorForm(Form):
    """Who administers a system, from when; where the last naming may still be a mistake, why it was one."""

    person = AdministratorField(label="管理者")
    valid_from = JapaneseDateField(label="はじまり")
    mistaken = reason("前の登録が誤りのとき、その理由")
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    articles = {"person": "第5条第4項"}

    def __init__(self, *args: Any, mistaken: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not mistaken:
            del self.fields["mistaken"]
            return
        self.fields["mistaken"].required = False
        self.fields["mistaken"].help_text = (
            "人や日をまちがえて登録したときだけ書いてください。前の登録を取り消して、これに替えます。"
            "後任に替わるときは、空にします。"
        )


class EndAdministratorForm(Form):
    """The last day of an administrator without a successor."""

    last_day = JapaneseDateField(label="終わり（この日まで）")
    reason = reason()
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    articles = {"last_day": "第5条第4項"}


class WithdrawAdministratorForm(Form):
    """Why a naming was a mistake."""

    reason = reason("取り消す理由")
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    articles = {"reason": "第5条第4項"}


class LinkForm(Form):
    """In which system a file is kept, from when."""

    system = SystemField(label="情報システム")
    valid_from = JapaneseDateField(label="はじまり")
    articles = {"system": "第5条第4項"}


class UnlinkForm(Form):
    """The last day of a file in a system."""

    last_day = JapaneseDateField(label="終わり（この日まで）")
    reason = reason()
    articles = {"last_day": "第5条第4項"}


class ProposalForm(Form):
    """What to agree on, from when, to be looked at again by when."""

    words = forms.CharField(
        label="合意する内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}), help_text=NO_SECRETS
    )
    valid_from = JapaneseDateField(label="効力のはじまる日")
    review_on = JapaneseDateField(label="見直しの期限")
    token = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    articles = {"words": "第5条第4項"}


class AgreeForm(Form):
    """Agreeing needs no words: what was proposed is what is agreed."""

    stamp = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReasonForm(AgreeForm):
    """Not agreeing, or taking a proposal back: why."""

    reason = reason()
