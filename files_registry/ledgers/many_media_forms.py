"""What is chosen and typed when many media are handed over or disposed of at once (第15条)."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet

from files_registry.ledgers.many_media import MOST_MEDIA
from files_registry.ledgers.media_forms import DisposeForm, chosen
from files_registry.ledgers.media_queries import LEFT
from files_registry.ledgers.models import Lock, StoredMedium
from nerima_privacy.web.fields import JapaneseDateField, JapaneseIntegerField
from nerima_privacy.web.forms import Form
from nerima_privacy.web.widgets import LongSelect
from roles.models import Person

MARKED, ALL = "marked", "all"
AS_IT_IS = ("", "変えない")


Tallied = tuple[int, str, int]  # key, name, how many media


class MediaFilter(forms.Form):
    """The filter of media. A wrong value filters nothing and is not an error of the reader's."""

    responsible = forms.ChoiceField(label="いまの責任者", required=False, widget=LongSelect)
    file = forms.TypedChoiceField(label="ファイル", required=False, coerce=int, widget=LongSelect)
    place = forms.CharField(label="保管場所のことば", required=False, max_length=100)
    past = forms.BooleanField(label="保存期間を過ぎたものだけ", required=False)

    def __init__(self, data: Any, people: Iterable[Tallied], files: Iterable[Tallied], left: int) -> None:
        super().__init__(data)
        field: Any = self.fields["responsible"]
        field.choices = [("", "すべて"), (LEFT, f"異動・退職した人（{left:,}件）"), *_tallied(people)]
        field = self.fields["file"]
        field.choices = [("", "すべて"), *_tallied(files)]

    def wanted(self) -> dict[str, Any]:
        """What was asked for, wrong values left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ChoosingForm(Form):
    """Which media: those marked on the page, or all the filter finds, as they were when the page was opened.

    Each is sent as `key:stamp`, those of the filter in one field, so that what was seen is what is written of.
    """

    which = forms.ChoiceField(label="対象の媒体", initial=MARKED, widget=forms.RadioSelect)
    every = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["which"]

    def __init__(self, *args: Any, found: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        which: Any = self.fields["which"]
        every = [(ALL, f"条件にあう{len(found):,}件すべて（ほかのページを含む）")] if len(found) <= MOST_MEDIA else []
        which.choices = [(MARKED, "表で印を付けたもの"), *every]
        self.fields["every"].initial = ",".join(f"{pk}:{stamp}" for pk, stamp in found.items())

    def clean(self) -> dict[str, Any]:
        """At least one has to be chosen."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("which") and not self.seen():
            self.add_error("which", "表で媒体に印を付けるか、「条件にあう…すべて」を選んでください。")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """As the verb takes them."""
        raise NotImplementedError

    def marked(self) -> set[int]:
        """Those whose box was ticked."""
        return set(_seen(self.data.getlist("medium"))) if hasattr(self.data, "getlist") else set()

    def seen(self) -> dict[int, int]:
        """Medium → the stamp it had on the page."""
        if self.cleaned_data.get("which") == ALL:
            return _seen(self.cleaned_data.get("every", "").split(","))
        return _seen(self.data.getlist("medium")) if hasattr(self.data, "getlist") else {}

    def look_again(self, found: Mapping[int, int]) -> None:
        """What was typed, for another look at the media as they stand now."""
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed["every"] = ",".join(f"{pk}:{stamp}" for pk, stamp in found.items())


class HandOverForm(ChoosingForm):
    """To whom, where, under what lock, from which day, why; what is left empty stays as it is at each."""

    on = JapaneseDateField(label="引き継いだ日")
    responsible = forms.ModelChoiceField(
        Person.objects.none(), label="新しい責任者", required=False, widget=LongSelect, empty_label="変えない"
    )
    place = forms.CharField(
        label="新しい保管場所", required=False, max_length=120, help_text="変わらないときは空のままにします。"
    )
    lock = forms.ChoiceField(
        label="施錠等", required=False, choices=[AS_IT_IS, *((v, lb) for v, lb in Lock.choices if v != Lock.NONE)]
    )
    reason = forms.CharField(label="理由", max_length=200, help_text="例　人事異動、書庫の整理")
    articles = {"which": "第15条"}

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["responsible"]
        field.queryset, field.choices = people, partial(_people, people)

    def facts(self) -> dict[str, Any]:
        """As the verb takes them."""
        said = self.cleaned_data
        data = {name: said[name] for name in ("place", "lock", "responsible")}
        return {"media": self.seen(), "data": data, "on": said["on"], "reason": said["reason"]}


class DisposeManyForm(ChoosingForm, DisposeForm):
    """How they ended, the proof of all, and how many were counted."""

    counted = JapaneseIntegerField(
        label="処分した媒体の件数",
        min_value=1,
        help_text="現物を数えた件数（台帳の行数）です。選んだ件数と違うときは記録しません。",
    )
    field_order = ["which", "counted", "on", "way", "disposed_by", "witness", "certificate", "early_reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["stamp"]
        self.fields[
            "early_reason"
        ].help_text = "保存期間の満了前のものがあるときに書きます。満了前のものだけに残ります。"

    def facts(self) -> dict[str, Any]:
        """As the verb takes them."""
        said = self.cleaned_data
        data = {name: said[name] for name in ("disposed_by", "witness", "certificate", "early_reason")}
        own = {name: said[name] for name in ("on", "way", "counted")}
        return {"media": self.seen(), "data": data, **own}


def stamps(media: QuerySet[StoredMedium]) -> dict[int, int]:
    """Medium → its stamp, of as many as one verb takes, and one more that tells there are too many."""
    return dict(media.values_list("pk", "stamp")[: MOST_MEDIA + 1])


def _tallied(rows: Iterable[Tallied]) -> list[tuple[str, str]]:
    return [(str(pk), f"{name}（{many:,}件）") for pk, name, many in rows]


def _people(people: QuerySet[Person]) -> list[tuple[Any, str]]:
    return [AS_IT_IS, *chosen(people)[1:]]


def _seen(values: Iterable[str]) -> dict[int, int]:
    """`12:3` → {12: 3}; what is nothing of the kind is left out."""
    pairs = [value.partition(":") for value in values]
    return {int(pk[:15]): int(stamp[:9]) for pk, _, stamp in pairs if pk.isdecimal() and stamp.isdecimal()}
