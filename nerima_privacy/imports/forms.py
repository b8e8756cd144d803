"""The form that takes a table in."""

from typing import Any

from django import forms

from nerima_privacy.imports.kinds import ImportKind
from nerima_privacy.web.fields import UploadField
from nerima_privacy.web.forms import Form


class UploadForm(Form):
    """Which file, and why: the reason stands beside every change the import makes."""

    table = UploadField(
        label="取り込むファイル",
        suffixes=(".xlsx", ".xlsm", ".csv", ".txt"),
        help_text="Excel（.xlsx）または CSV（UTF-8、Shift_JIS）。確かめるだけで、まだ取り込みません。",
    )
    reason = forms.CharField(
        label="理由",
        max_length=250,
        help_text="なぜ取り込むかを書いてください。変わった記録の履歴に残ります。",
    )

    def __init__(self, *args: Any, kind: ImportKind, **kwargs: Any) -> None:
        self.examples = {"reason": kind.reason}
        super().__init__(*args, **kwargs)
