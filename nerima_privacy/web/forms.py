"""Forms in the site's look."""

from django.forms.renderers import TemplatesSetting


class JapaneseRenderer(TemplatesSetting):
    """Renders fields with templates/components/field.html."""
