"""The form by which an administrator gives a key its value."""

import json
import re
import unicodedata
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from nerima_privacy.activity.history_admin import ReasonedForm
from nerima_privacy.law import catalogue
from nerima_privacy.law.models import LegalParameter

UNREADABLE = (
    "値として読めません。数は 1000、はい・いいえは true・false、並びは [3, 5]、"
    '区分は [{"code": "a", "label": "名称"}] のように、記号と引用符は半角で書いてください。'
)

HINTS = {
    "valid_from": "例　令和9年4月1日、R9.4.1、2027-04-01",
    "valid_to": "つぎの値が決まるまでは空のままにします。",
    "source": "例　個人情報の保護に関する法律施行規則第44条第2項",
}


class ValueField(forms.CharField):
    """A JSON value, typed by hand: full-width digits and a thousands comma are read too."""

    widget = forms.Textarea(attrs={"rows": 6, "cols": 90, "spellcheck": "false"})

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = unicodedata.normalize("NFKC", value.strip())
        if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})*|-?[0-9]{1,12}", text):
            return int(text.replace(",", ""))
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise ValidationError(UNREADABLE, code="invalid") from None

    def validate(self, value: Any) -> None:
        """Left to the key's own shape: `LegalParameter.clean`."""

    def run_validators(self, value: Any) -> None:
        """See `validate`."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return value
        rows = isinstance(value, list) and any(isinstance(item, dict) for item in value)
        return json.dumps(value, ensure_ascii=False, indent=2 if rows else None)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class LegalParameterForm(ReasonedForm):
    """A key of the catalogue, its value, its days, and where it comes from."""

    key = forms.ChoiceField(label="項目", choices=lambda: [("", "選んでください"), *_titles()])
    value = ValueField(label="値", required=False)

    class Meta:
        model = LegalParameter
        widgets: ClassVar = {"source": forms.TextInput(attrs={"size": 90})}
        fields = ("key", "value", "valid_from", "valid_to", "source", "established", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.instance.key or self.data.get("key") or self.initial.get("key", "")
        if self.instance.pk is None and not self.initial.get("value"):
            self.initial["value"] = ""
        if "value" in self.fields:
            self.fields["value"].help_text = explain(name)
        for field, hint in HINTS.items():
            if field in self.fields:
                self.fields[field].help_text = hint

    def add_error(self, field: str | None, error: Any) -> None:
        """A value that could not be read is not judged a second time by its shape."""
        if isinstance(error, ValidationError) and hasattr(error, "error_dict") and "value" in self.errors:
            error.error_dict.pop("value", None)
        super().add_error(field, error)


def explain(name: str) -> str:
    """What to type as the value of a key."""
    key = catalogue.KEYS.get(name)
    if key is None:
        return "項目によって書き方が違います。項目の一覧から「改正する」を選ぶと、書き方の例が出ます。"
    unit = f"（{key.unit}）" if key.unit else ""
    return f"{key.holds}{unit}　例　{key.shape.example}"


def _titles() -> list[tuple[str, str]]:
    return [(key.name, f"{key.title}（{key.article}）") for key in catalogue.KEYS.values()]
