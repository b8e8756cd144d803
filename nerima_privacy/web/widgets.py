"""Widgets of the site beside Django's own."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

CHOSEN = mark_safe(" selected")  # a constant


class LongSelect(forms.Select):
    """A select of many lines, written in one go: Django draws a template for each line. No groups of lines."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Never the browser's word; Django would read all lines to tell."""
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element as Django would write it."""
        chosen = set(self.format_value(value))
        lines = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, CHOSEN if str(key) in chosen else "", label) for key, label in self.choices),
        )
        own = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", own, lines)
