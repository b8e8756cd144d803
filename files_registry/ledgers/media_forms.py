"""What is typed about a medium: where it lies, how long it is kept, how it ended (第15条)."""

from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet

from files_registry.ledgers.forms import NO_NAMES
from files_registry.ledgers.models import DisposalWay, Lock, Medium
from nerima_privacy.law import choices
from nerima_privacy.web.fields import JapaneseDateField, JapaneseIntegerField
from nerima_privacy.web.forms import Form
from nerima_privacy.web.widgets import LongSelect
from roles.models import Person

CHOOSE = ("", "選んでください")


def chosen(people: QuerySet[Person]) -> list[tuple[Any, str]]:
    """Key and name of each who may answer for a medium."""
    return [CHOOSE, *people.values_list("pk", "name")]


class PlaceForm(Form):
    """Where it lies, under what lock, and who answers for it."""

    place = forms.CharField(label="保管場所", max_length=120, help_text="例　本庁舎4階 税務課 書庫B 上段")
    lock = forms.ChoiceField(label="施錠等", choices=[CHOOSE, *Lock.choices])
    responsible = forms.ModelChoiceField(
        Person.objects.none(),
        label="保管の責任をもつ人",
        widget=LongSelect,
        help_text="所管の課・学校の職員から選びます。",
    )
    remarks = forms.CharField(label="備考", required=False, max_length=400, help_text=NO_NAMES)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        responsible: Any = self.fields["responsible"]
        responsible.queryset, responsible.choices = people, partial(chosen, people)


class MediumForm(PlaceForm):
    """A medium put into the inventory."""

    label = forms.CharField(label="媒体の名称", max_length=120, help_text="例　令和8年度 申告書綴り（1–12）")
    medium = forms.ChoiceField(label="媒体の種類", choices=[CHOOSE, *Medium.choices])
    count = JapaneseIntegerField(label="数量", min_value=1, initial=1)
    stored_on = JapaneseDateField(label="保管をはじめた日")
    retention = forms.ChoiceField(label="保存年限")
    completed_on = JapaneseDateField(
        label="完結した日",
        required=False,
        help_text="事務が完結しているときに書きます。保存期間は、その翌年度の4月1日から数えます。",
    )
    token = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    articles = {"label": "第15条"}
    field_order = ["label", "medium", "count", "place", "lock", "responsible", "stored_on", "retention", "completed_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        retention: Any = self.fields["retention"]
        retention.choices = [CHOOSE, *choices.retention()]


class MoveForm(PlaceForm):
    """A medium moved, or answered for by somebody else."""

    on = JapaneseDateField(label="移した日")
    stamp = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ["on", "place", "lock", "responsible", "remarks"]


class CompleteForm(Form):
    """From when the retention is counted."""

    completed_on = JapaneseDateField(label="完結した日", help_text="保存期間は、その翌年度の4月1日から数えます。")
    retention = forms.ChoiceField(label="保存年限")
    stamp = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        retention: Any = self.fields["retention"]
        retention.choices = [CHOOSE, *choices.retention()]


class DisposeForm(Form):
    """How a medium ended, and the proof."""

    on = JapaneseDateField(label="処分した日")
    way = forms.ChoiceField(label="処分の方法", choices=DisposalWay.choices, widget=forms.RadioSelect)
    disposed_by = forms.CharField(label="処分した人", max_length=60, help_text="職員の氏名、または業者の名称です。")
    witness = forms.CharField(
        label="立ち会った人",
        required=False,
        max_length=60,
        help_text="処分した人とは別の職員の氏名です。証明書があるときは書かなくてもかまいません。",
    )
    certificate = forms.CharField(
        label="証明書の番号", required=False, max_length=80, help_text="業者の処分（消去）証明書の番号と日付です。"
    )
    early_reason = forms.CharField(
        label="満了前に処分する理由", required=False, max_length=200, help_text="保存期間の満了前のときだけ書きます。"
    )
    stamp = forms.IntegerField(required=False, widget=forms.HiddenInput)
    articles = {"way": "第15条"}
