"""The long form: every cell of the official form, then the internal fields, then the dates of the notification."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from files_registry.catalogue.cells import CHOICES
from files_registry.catalogue.models import FileVersion, PersonalInformationFile, ProcessingKind
from files_registry.catalogue.official_form import BY_FIELD, FORM_FIELDS, lines
from files_registry.filings.models import Filing
from files_registry.filings.presenters import numbered_label
from nerima_privacy.law.parameters import rows
from nerima_privacy.law.presenters import note_of
from nerima_privacy.web.fields import JapaneseDateField, JapaneseIntegerField
from nerima_privacy.web.form_parts import any_field
from nerima_privacy.web.forms import ModelForm
from roles.models import Unit

SECTIONS: list[tuple[str, str, list[str]]] = [
    ("ファイルと組織", "1〜3欄", ["name", "organ", "unit"]),
    ("目的と記録の内容", "4〜7欄", ["purpose", "items", "scope", "collection"]),
    (
        "要配慮個人情報、提供先、請求の窓口",
        "8〜12欄",
        [
            "sensitive",
            "ordinance_sensitive",
            "recipients",
            "desk_name",
            "desk_address",
            "special_procedure",
        ],
    ),
    (
        "種別、匿名加工情報、備考",
        "13〜20欄",
        [
            "processing",
            "manual_twin",
            "open_to_proposals",
            "proposal_desk",
            "anonymised_summary",
            "anonymised_desk",
            "anonymised_period",
            "remarks",
        ],
    ),
    (
        "区の内部で管理する項目と届出の日付",
        "公表されません",
        [
            "persons",
            "persons_as_of",
            "my_number",
            "assessment_number",
            "confidentiality",
            "retention",
            "media",
            "system_name",
            "outsourced",
            "abroad",
            "parent_file",
            "planned_on",
            "already_done",
            "late_reason",
            "note",
        ],
    ),
]
CLASS_KEYS = {"confidentiality": "confidentiality.classes", "retention": "retention.classes"}
ROWS = {"purpose": 3, "items": 8, "scope": 2, "collection": 2, "recipients": 3, "special_procedure": 2, "remarks": 2}
CONDITIONS = {
    "ordinance_sensitive": "区の条例で条例要配慮個人情報を定めたときだけ答えます。",
    "manual_twin": "13欄で第1号（電算処理ファイル）を選んだときに答えます。第2号のときは選ばないでください。",
    "proposal_desk": "15欄で「該当」を選んだときに書きます。「非該当」のときは空けておくと「―」と印刷されます。",
    "anonymised_summary": "匿名加工情報を作成したあとに書きます。ないときは空けておくと「―」と印刷されます。",
    "anonymised_desk": "匿名加工情報を作成したあとに書きます。ないときは空けておくと「―」と印刷されます。",
    "anonymised_period": "匿名加工情報を作成したあとに書きます。ないときは空けておくと「―」と印刷されます。",
    "assessment_number": "特定個人情報ファイルで「はい」を選んだときに書きます。",
    "system_name": "13欄で第1号（電算処理ファイル）を選んだときに書きます。",
}


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not answered yet, in the words of the cell."""

    widget = forms.RadioSelect

    def __init__(self, words: tuple[str, str], **kwargs: Any) -> None:
        choices = [("True", words[0]), ("False", words[1])]
        super().__init__(choices=choices, coerce=lambda v: v == "True", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else str(value)


def class_choices(classes: list[dict[str, str]]) -> list[tuple[str, str]]:
    """The ward's classes as choices; a hint stands in the label where one is given."""
    return [("", "選んでください"), *((c["code"], _class_label(c)) for c in classes)]


def _class_label(entry: Mapping[str, str]) -> str:
    note = entry.get("note", "")
    return f"{entry['label']}（{note}）" if note else entry["label"]


def yes_no(name: str) -> YesNoField:
    """The question of a cell, in the words the form prints."""
    return YesNoField(CHOICES[name], label=numbered_label(name), required=False)


def _hint(name: str) -> str:
    cell = BY_FIELD[name]
    hint = cell.hint if name == cell.field else "請求を受け付ける窓口の所在地です。"
    return f"{hint}{CONDITIONS.get(name, '')}" if hint != CONDITIONS.get(name) else hint


def _example(name: str) -> str:
    if name == "desk_address":
        return "練馬区豊玉北6-12-1"
    example = BY_FIELD[name].example
    return "／".join(lines(example)) if "\n" in example else example


class CellsForm(ModelForm):
    """A draft may be incomplete, so nothing is required here; what is missing is said when it is submitted."""

    articles: dict[str, str] = {name: BY_FIELD[name].article for name in FORM_FIELDS} | {
        "planned_on": "第10条第1項",
        "late_reason": "第10条第1項",
    }
    examples: dict[str, str] = {name: _example(name) for name in FORM_FIELDS if name not in CHOICES}

    stamp = forms.IntegerField(widget=forms.HiddenInput)
    sensitive = yes_no("sensitive")
    ordinance_sensitive = yes_no("ordinance_sensitive")
    manual_twin = yes_no("manual_twin")
    open_to_proposals = yes_no("open_to_proposals")
    my_number = yes_no("my_number")
    outsourced = yes_no("outsourced")
    abroad = yes_no("abroad")
    processing = forms.ChoiceField(choices=ProcessingKind.choices, widget=forms.RadioSelect, required=False)
    persons = JapaneseIntegerField(min_value=0, max_value=2_000_000_000, required=False)
    persons_as_of = JapaneseDateField(required=False)
    confidentiality = forms.ChoiceField(required=False)
    retention = forms.ChoiceField(required=False)
    planned_on = JapaneseDateField(
        label="保有開始・変更の予定日",
        required=False,
        help_text="届け出て、結果の通知を受けてからはじめる日です。すでに保有・変更しているときは、その日を書いてください。",
    )
    already_done = forms.BooleanField(
        label="すでに保有・変更している（おくれた届出になります）",
        required=False,
    )
    late_reason = forms.CharField(
        label="おくれた理由",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="すでに保有・変更しているときだけ、あらかじめ届け出られなかった理由を書いてください。",
    )
    note = forms.CharField(
        label="申し送り",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="確認する人、検討する人に伝えたいことを書いてください。",
    )

    class Meta:
        model = FileVersion
        fields = FORM_FIELDS

    def __init__(
        self,
        filing: Filing,
        units: QuerySet[Unit],
        parents: QuerySet[PersonalInformationFile],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.filing = filing
        initial = {name: getattr(filing, name) for name in FILING_FIELDS}
        super().__init__(data, instance=filing.version, initial={**initial, "stamp": filing.stamp})
        classes = rows(CLASS_KEYS.values())
        for name, key in CLASS_KEYS.items():
            any_field(self.fields[name]).choices = class_choices(classes[key].value)
        any_field(self.fields["unit"]).queryset = units
        any_field(self.fields["unit"]).label_from_instance = lambda unit: unit.full_name
        any_field(self.fields["parent_file"]).queryset = parents
        any_field(self.fields["parent_file"]).empty_label = "ない"
        for name, field in self.fields.items():
            self._word(name, field)
        for name, key in CLASS_KEYS.items():
            self.fields[name].help_text = f"{self.fields[name].help_text} {note_of(classes[key])}".strip()

    def _word(self, name: str, field: forms.Field) -> None:
        """The words of the official form, and that a draft may leave everything open."""
        field.required = name == "stamp"
        if name in BY_FIELD:
            field.label, field.help_text = numbered_label(name), _hint(name)
            any_field(field).needed = BY_FIELD[name].required and BY_FIELD[name].when is None
        if name in ROWS:
            field.widget.attrs["rows"] = ROWS[name]

    def sections(self) -> list[dict[str, Any]]:
        """The five sections in the order of the form, each with its fields."""
        return [
            {"number": number, "title": title, "note": note, "rows": [self._row(name) for name in names]}
            for number, (title, note, names) in enumerate(SECTIONS, start=1)
        ]

    def _row(self, name: str) -> dict[str, Any]:
        bound = self[name]
        numbered = name in BY_FIELD and BY_FIELD[name].is_list
        return {
            "field": bound,
            "numbered": numbered,
            "plain": name != "items",
            "preview": self._preview(name) if numbered else "",
            "other": self.others.get(name, ""),
        }

    def _preview(self, name: str) -> str:
        """How the list will be printed."""
        items = lines(str(self[name].value() or ""))
        if name != "items":
            return "、".join(items)
        return "、".join(f"{number}{item}" for number, item in enumerate(items, start=1))

    @property
    def others(self) -> dict[str, str]:
        """What somebody else saved meanwhile, by field; filled by `show_others`."""
        return self.__dict__.setdefault("_others", {})

    def show_others(self, filing: Filing) -> None:
        """Put beside each field what stands in the saved draft where it differs from what was typed here.

        The next save then builds on what the other person saved: the stamp of the form becomes the saved one.
        """
        units, parents = (any_field(self.fields[name]).queryset for name in ("unit", "parent_file"))
        saved = CellsForm(filing, units, parents)
        for name in [*FORM_FIELDS, *FILING_FIELDS]:
            mine, theirs = _shown(self[name]), _shown(saved[name])
            if mine != theirs:
                self.others[name] = theirs or "（空欄）"
        self.restamp(filing)

    def restamp(self, filing: Filing) -> None:
        """Let the next save of what was typed build on what is saved now."""
        data: Any = self.data.copy() if hasattr(self.data, "copy") else dict(self.data)
        data["stamp"] = str(filing.stamp)
        self.data = data


FILING_FIELDS = ("planned_on", "already_done", "late_reason", "note")


def _shown(bound: BoundField) -> str:
    """What a reader sees in the field."""
    value = bound.field.prepare_value(bound.value())
    choices = getattr(bound.field, "choices", None)
    if choices is not None and value not in (None, ""):
        return next((str(label) for key, label in choices if str(key) == str(value)), str(value))
    if isinstance(bound.field, forms.BooleanField):
        return "はい" if value else "いいえ"
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
