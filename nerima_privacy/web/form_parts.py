"""Small parts that forms of every area are made of."""

from typing import Any

from django import forms


def any_field(field: forms.Field) -> Any:
    """The field with what its own class adds, which the type of `fields` does not know."""
    return field


def text(label: str, missing: str = "", *, rows: int = 3, limit: int = 2000, **kwargs: Any) -> forms.CharField:
    """A text of several lines; with `missing` it must be written, and that sentence says what."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
        **kwargs,
    )
