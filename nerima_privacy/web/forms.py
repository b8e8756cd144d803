"""Forms in the site's look: hints above, errors under the field, a summary on top, what was typed kept."""

from typing import TYPE_CHECKING

from django import forms
from django.forms.renderers import TemplatesSetting

from nerima_privacy.refusals import Invalid
from nerima_privacy.web.fields import CleanTextField

TOO_LONG = "%(limit_value)d文字までにしてください。いま%(show_value)d文字あります。"
CHOICE = (forms.ChoiceField, forms.ModelChoiceField)


class JapaneseRenderer(TemplatesSetting):
    """Renders {{ form }} and {{ field.as_field_group }} with templates/components."""

    form_template_name = "components/form.html"
    formset_template_name = "components/formset.html"
    field_template_name = "components/field.html"


if TYPE_CHECKING:
    _Base = forms.BaseForm
else:
    _Base = object


class JapaneseMixin(_Base):
    """What every form of the site shares. Class attributes:

    `articles` {field: "第10条第1項"}, shown beside the label; `examples` {field: "住民基本台帳"}, shown under the hint.
    """

    # The server says in Japanese what is missing; the browser's own bubble would come first, in its language.
    use_required_attribute = False
    articles: dict[str, str] = {}
    examples: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _furnish(field, self.articles.get(name), self.examples.get(name))

    def take(self, invalid: Invalid) -> None:
        """Put the sentences of a verb at the fields they speak of; the others on top of the form."""
        for name, sentence in invalid.errors.items():
            self.add_error(name if name in self.fields else None, sentence)


def _furnish(field, article, example):
    """Give a field its words; plain text fields become clean ones."""
    if type(field) is forms.CharField:
        field.__class__ = CleanTextField
    if article:
        field.article = article
    example = example or getattr(field, "example", "")
    if not example and "。例　" in field.help_text:
        field.help_text, example = field.help_text.split("例　", 1)
    if example and not field.help_text:
        field.help_text, example = f"例　{example}", ""
    field.example = example
    if field.required and not field.widget.use_fieldset:
        field.widget.attrs.setdefault("aria-required", "true")
    label = field.label or "この項目"
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        verb = "選んで" if isinstance(field, (*CHOICE, forms.FileField, forms.BooleanField)) else "書いて"
        field.error_messages["required"] = f"{label}を{verb}ください。"
    if isinstance(field, forms.CharField):
        field.error_messages.setdefault("max_length", TOO_LONG)
        # The browser would cut pasted text off without a word; the server says how much is too much instead.
        field.widget.attrs.pop("maxlength", None)


class Form(JapaneseMixin, forms.Form):
    """A form of the site."""


class ModelForm(JapaneseMixin, forms.ModelForm):
    """A form of the site for a record."""
