"""The questions as a form, publishing, and the filters of lists."""

from typing import Any

from django import forms

from files_registry.catalogue.models import FileVersion
from files_registry.register.models import Ground, ListingDecision
from files_registry.register.questions import NONE_APPLIES, OMISSIBLE, Facts, Rules
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.fields import JapaneseDateField
from nerima_privacy.web.forms import Form

YES_NO = [("yes", "はい"), ("no", "いいえ")]
HAMPER = [("no", "支障はない"), ("partial", "一部の欄に支障がある"), ("whole", "ファイル全体に支障がある")]
ANSWERS = ("exemptions", "persons", "subset", "manual_twin", "hamper", "omitted_items")


def _choose(label: str, choices: list[tuple[str, str]], hint: str = "", several: bool = False) -> forms.ChoiceField:
    kind, widget = (
        (forms.MultipleChoiceField, forms.CheckboxSelectMultiple) if several else (forms.ChoiceField, forms.RadioSelect)
    )
    return kind(label=label, choices=choices, widget=widget, required=False, help_text=hint)


class ListingForm(Form):
    """Asks only what the record does not answer; in the order of the articles."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="理由",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="載せないとき、記載を省くときは必ず書きます。個人の名前などは書かないでください。",
    )
    articles = {
        "exemptions": "法第75条第2項第1号",
        "persons": "法第74条第2項第9号",
        "subset": "法第75条第2項第2号",
        "manual_twin": "令第21条第7項",
        "hamper": "法第75条第3項",
        "omitted_cells": "法第75条第3項",
        "omitted_items": "法第75条第3項",
    }

    def __init__(self, *args: Any, facts: Facts, rules: Rules, **kwargs: Any) -> None:
        self._ask(facts, rules)
        super().__init__(*args, **kwargs)
        self.order_fields([*self.asked, "reason", "version", "seen"])

    def _ask(self, facts: Facts, rules: Rules) -> None:
        asked = {}
        if facts.under_act:
            items = [(e.code, f"{e.label}（{e.article}）" if e.article else e.label) for e in rules.exemptions]
            asked["exemptions"] = _choose(
                "法第74条第2項の各号に当たりますか",
                [(NONE_APPLIES, "どれにも当たらない"), *items],
                "当たる号をすべて選びます。マニュアル処理ファイルであるだけでは、除かれません。",
                several=True,
            )
            if facts.persons is None:
                sides = [("enough", f"{rules.min_persons:,}人以上"), ("few", f"{rules.min_persons:,}人未満")]
                hint = "記録がありません。所管の保護責任者に確かめて選びます。"
                asked["persons"] = _choose(f"本人の数は{rules.min_persons:,}人以上ですか", sides, hint)
            parent = f"親となるファイル　{facts.parent_name or 'なし'}"
            asked["subset"] = _choose("公表しているファイルの一部だけでできていますか", YES_NO, parent)
            if facts.manual:
                question = "利用目的と記録範囲が、公表している電算処理ファイルの範囲内ですか"
                asked["manual_twin"] = _choose(question, YES_NO, parent)
            asked["hamper"] = _choose("載せると、事務の適正な遂行に著しい支障がありますか", HAMPER)
            cells = [(str(no), f"{no}　{label}") for no, label in OMISSIBLE.items()]
            hint = "「一部の欄に支障がある」のときだけ選びます。"
            asked["omitted_cells"] = _choose("記載を省く欄", cells, hint, several=True)
            lines = [(str(no), item) for no, item in enumerate(facts.items, start=1)]
            hint = "「記録項目の一部」を省くときだけ選びます。"
            asked["omitted_items"] = _choose("省く記録項目", lines, hint, several=True)
        self.base_fields = {**asked, **self.base_fields}  # type: ignore[misc]  # each file has its own questions
        self.asked = list(asked)

    @staticmethod
    def initial_for(
        version: FileVersion, latest: ListingDecision | None, earlier: ListingDecision | None
    ) -> dict[str, Any]:
        """Starts from the judgement on this version, or on the one before it."""
        known = latest or earlier
        told = dict(known.answers) if known else {}
        told = {name: told[name] for name in (*ANSWERS, "omitted_cells") if name in told}
        reason = known.reason if known else ""
        return {**told, "reason": reason, "version": version.pk, "seen": latest.pk if latest else 0}

    def clean(self) -> None:
        """Keeps what was answered, for showing the conclusion even when something else is wrong."""
        self.told = {**self.answers(), "omitted_cells": self.omitted()}

    def answers(self) -> dict[str, Any]:
        """What was answered, as the questions take it."""
        given = self.cleaned_data
        told = {name: given[name] for name in ANSWERS if given.get(name)}
        if told.get("hamper") != "partial":
            told.pop("omitted_items", None)
        if "omitted_items" in told:
            told["omitted_items"] = [int(no) for no in told["omitted_items"]]
        return told

    def omitted(self) -> list[int]:
        """The cells to leave out, only where the answer before asks for it."""
        given = self.cleaned_data
        return [int(no) for no in given.get("omitted_cells") or []] if given.get("hamper") == "partial" else []


class PublishForm(Form):
    """The day the book is of, and what changed in a sentence; `mark` is what the preview showed."""

    as_of = JapaneseDateField(label="何日現在の内容ですか")
    note = forms.CharField(
        label="変更のあらまし",
        required=False,
        max_length=250,
        help_text="公表するページに、そのまま出ます。例　こども家庭部の2ファイルを加えました。",
    )
    mark = forms.CharField(widget=forms.HiddenInput)
    articles = {"as_of": "令第21条第5項"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("as_of", today())


class LeftOffForm(Form):
    """Filter of what is left off the book."""

    ground = forms.ChoiceField(label="根拠", required=False, choices=[("", "すべて"), *Ground.choices])
    q = forms.CharField(label="ファイルの名称", required=False, max_length=100)


class QueueForm(Form):
    """Filter of the queue of judgements."""

    q = forms.CharField(label="ファイルの名称", required=False, max_length=100)
