"""The filter that lists of things of units share: words, the unit, and whatever an area adds."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from nerima_privacy.web.form_parts import any_field
from roles.models import Unit
from roles.picker_fields import UnitFilterField


class UnitFilter(forms.Form):
    """A wrong value filters nothing and is not an error of the reader's. `units` are those the reader may name."""

    q = forms.CharField(label="ことば", required=False, max_length=100)
    unit = UnitFilterField()

    def __init__(self, data: Any, units: QuerySet[Unit]) -> None:
        super().__init__(data)
        any_field(self.fields["unit"]).offer(units)

    def wanted(self) -> dict[str, Any]:
        """What was asked for, wrong values left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
