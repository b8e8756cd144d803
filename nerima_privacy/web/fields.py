"""Form fields that read what people in a Japanese office type."""

import re
import unicodedata
from datetime import date, datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from nerima_privacy.calendars import eras
from nerima_privacy.web.text import clean_text


class CleanTextField(forms.CharField):
    """Text as typed, without control characters (see `clean_text`); one line unless the widget is a Textarea."""

    def to_python(self, value):
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        text = super().to_python(clean_text(value))
        if "\n" in text and not isinstance(self.widget, forms.Textarea):
            raise ValidationError("改行は入れられません。1行で書いてください。", code="newline")
        return text


class JapaneseDateField(forms.DateField):
    """A date typed as 令和8年11月23日, R8.11.23, 2026-11-23 or in full-width digits; shown back in the era."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("data-width", "date")
        self.widget.attrs.setdefault("autocomplete", "off")
        self.example = getattr(self, "example", "") or "令和8年11月23日、R8.11.23、2026-11-23"

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        try:
            return eras.parse_date(clean_text(str(value)))
        except ValueError as wrong:
            raise ValidationError(str(wrong), code="invalid") from wrong

    def prepare_value(self, value):
        return eras.wareki(value) if isinstance(value, date) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def read_back(self, value):
        """「令和8年11月23日（月）」 for a date typed in whatever way; nothing while it cannot be read."""
        try:
            day = self.to_python(value)
        except ValidationError:
            return ""
        return eras.wareki(day, weekday=True) if day else ""


class JapaneseIntegerField(forms.IntegerField):
    """A whole number typed with full-width digits, commas or a counter such as 人."""

    widget = forms.TextInput
    default_error_messages = {"invalid": "数字で書いてください。例　1000、1,000、１０００"}

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric")
        self.widget.attrs.setdefault("data-width", "short")
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value):
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).strip()
            value = re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", value)
            value = re.sub(r"(?<=\d)\s*[人名件枚日回年点]$", "", value)
        return super().to_python(value)


class UploadField(forms.FileField):
    """One file of at most UPLOAD_MAX_BYTES, with one of `suffixes` (lower case, with the dot) where given."""

    default_error_messages = {
        "empty": "選んだファイルは空です。中身のあるファイルを選んでください。",
        "missing": "ファイルが届きませんでした。もう一度選んでください。",
        "invalid": "ファイルが届きませんでした。もう一度選んでください。",
        "max_length": "ファイルの名前が長すぎます。%(max)d文字までにしてください（いま%(length)d文字）。",
        "suffix": "この種類のファイルは受け取れません。受け取れるのは %(suffixes)s です。",
        "size": "ファイルが大きすぎます（%(size)s）。%(limit)sまでのファイルを選んでください。",
    }

    def __init__(self, *, suffixes=(), **kwargs):
        super().__init__(**{"max_length": 200, **kwargs})
        self.suffixes = tuple(suffixes)
        if self.suffixes:
            self.widget.attrs.setdefault("accept", ",".join(self.suffixes))

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is None:
            return None
        if upload.size > settings.UPLOAD_MAX_BYTES:
            sizes = {"size": filesizeformat(upload.size), "limit": filesizeformat(settings.UPLOAD_MAX_BYTES)}
            raise ValidationError(self.error_messages["size"], code="size", params=sizes)
        if self.suffixes and not upload.name.lower().endswith(self.suffixes):
            params = {"suffixes": "、".join(self.suffixes)}
            raise ValidationError(self.error_messages["suffix"], code="suffix", params=params)
        return upload
