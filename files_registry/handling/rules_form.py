"""The form by which a unit asks more of acts than the ward does (第12条)."""

from typing import Any

from django import forms

from files_registry.handling.acts import STRICTNESS
from files_registry.handling.requirements import Row
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.fields import JapaneseDateField
from nerima_privacy.web.form_parts import text
from nerima_privacy.web.forms import Form


class RulesForm(Form):
    """What each act needs in the unit: a select for each class and act, from the ward's floor up."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    valid_from = JapaneseDateField(label="適用開始日", error_messages={"required": "適用開始日を書いてください。"})
    reason = text(
        "理由",
        "理由を書いてください。",
        rows=2,
        help_text="なぜ区の最低限より厳しくする（元に戻す）かを書いてください。",
    )

    def __init__(self, data: Any, rows: list[Row], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.rows = rows
        self.fields["valid_from"].initial = today()
        for row in rows:
            for act, floor, now in row.cells:
                stricter = STRICTNESS[STRICTNESS.index(floor) :]
                self.fields[f"{row.code}-{act}"] = forms.ChoiceField(
                    label=f"{row.label}　{act.label}",
                    choices=[(level, level.label) for level in stricter],
                    initial=now,
                    error_messages={"invalid_choice": f"区の最低限（{floor.label}）より、ゆるめることはできません。"},
                )

    def levels(self) -> dict[str, dict[str, str]]:
        """Class → act → level, as the verb takes it."""
        return {row.code: {act: self.cleaned_data[f"{row.code}-{act}"] for act, _, _ in row.cells} for row in self.rows}

    def table(self) -> list[dict[str, Any]]:
        """The selects in rows, for the page."""
        return [
            {
                "label": row.label,
                "cells": [
                    {"field": self[f"{row.code}-{act}"], "act": act.label, "floor": floor.label}
                    for act, floor, _ in row.cells
                ],
            }
            for row in self.rows
        ]
