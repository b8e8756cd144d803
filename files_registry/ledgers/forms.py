"""What is typed on the pages of a ledger. What must be filled follows kind and class: the verbs say so at the field."""

from typing import Any

from django import forms

from files_registry.ledgers.models import EntryKind, LedgerEntry, Medium, Way
from files_registry.ledgers.outputs import FORMS
from files_registry.ledgers.rules import COLUMNS, LedgerRule, label_of
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.fields import JapaneseDateField, JapaneseIntegerField
from nerima_privacy.web.forms import Form

NO_NAMES = "住民の氏名など、個人が分かることは書かないでください。"
ANY = ("", "すべて")
YEARS_SHOWN = 12


def text(name: str, **extra: Any) -> forms.CharField:
    """A column of one line."""
    field = LedgerEntry._meta.get_field(name)
    return forms.CharField(
        label=str(getattr(field, "verbose_name", name)),
        required=False,
        max_length=getattr(field, "max_length", None),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": f"known-{name}"}),
        **extra,
    )


class ColumnsMixin(forms.Form):
    """The columns of a line, without its kind and day."""

    on = JapaneseDateField(label="行った日", error_messages={"required": "行った日を書いてください。"})
    purpose = text("purpose", help_text=NO_NAMES)
    scope = text("scope")
    persons = JapaneseIntegerField(label="件数（本人の数）", required=False, min_value=0)
    medium = forms.ChoiceField(label="媒体", required=False, choices=[("", "選んでください"), *Medium.choices])
    place = text("place")
    counterpart = text("counterpart", help_text="組織の名称を書いてください。個人の氏名は書かないでください。")
    method = text("method")
    done_by = forms.CharField(
        label="行った人", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off", "list": "known-done_by"})
    )
    witness = text("witness", help_text="職員の氏名を書いてください。")
    remarks = text("remarks", help_text=NO_NAMES)

    def columns(self) -> dict[str, Any]:
        """As the verbs take them."""
        return {name: self.cleaned_data.get(name) for name in COLUMNS}


class EntryForm(Form, ColumnsMixin):
    """One line. The kinds that the file's class asks for come first."""

    kind = forms.ChoiceField(label="取扱い", choices=EntryKind.choices, widget=forms.RadioSelect)
    token = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    articles = {"kind": "第15条"}
    examples = {
        "purpose": "当初課税の準備",
        "scope": "令和8年度課税分のうち豊玉地区",
        "place": "本庁舎4階 税務課 書庫B",
        "counterpart": "東京都主税局",
        "method": "暗号化し、手渡しで受領書を得た",
    }
    field_order = ["kind", "on", *COLUMNS[:-1], "done_by", "remarks", "token"]

    def __init__(self, *args: Any, rule: LedgerRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(EntryKind.choices, key=lambda choice: not rule.must_write(choice[0]))
        choices: Any = self.fields["kind"]
        choices.choices = kinds
        kind = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        self.fields["place"].label = label_of("place", str(kind or ""))


class CorrectionMixin(forms.Form):
    """What every correction says: why, or that the earlier line should never have been written."""

    reason = forms.CharField(label="訂正の理由", max_length=200, help_text="例　件数の写しまちがい")
    voids = forms.BooleanField(
        label="前の記録を取り消すだけにする",
        required=False,
        help_text="書くべきでなかった記録のときに選びます。ほかの欄は、前の記録のまま残ります。",
    )

    def clean(self) -> dict[str, Any]:
        """Nothing else is asked of a line that only says the earlier one was wrong."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("voids"):
            for name in [name for name in self.errors if name not in {"reason", "voids"}]:
                del self.errors[name]
        return cleaned


class CorrectEntryForm(CorrectionMixin, EntryForm):
    """A line that takes the place of an earlier one."""

    field_order = ["reason", "voids", *EntryForm.field_order]


class RowForm(Form, ColumnsMixin):
    """A row of bulk entry; one that nobody touched is left out."""

    kind = forms.ChoiceField(label="取扱い", required=False, choices=[("", "選んでください"), *EntryKind.choices])
    field_order = ["kind", "on", *COLUMNS[:-1], "done_by", "remarks"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text, field.required = "", False
            setattr(field, "example", "")  # noqa: B010  # told apart from the field's own by the type

    def touched(self) -> bool:
        """Whether something was typed beside the day and who did it, which are filled in beforehand."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in ("kind", *COLUMNS))

    def row(self) -> dict[str, Any]:
        """As `write_entries` takes it."""
        own = {name: self.cleaned_data.get(name) for name in ("kind", "on", "done_by")}
        return own | self.columns()


def year_choices() -> list[tuple[str, str]]:
    """The fiscal years one may ask for, the present one first."""
    this = fiscal.fiscal_year(today())
    return [("", "すべて"), *((str(year), fiscal.label(year)) for year in range(this, this - YEARS_SHOWN, -1))]


class LedgerFilter(forms.Form):
    """The filter of a ledger. A wrong value filters nothing and is not an error of the reader's."""

    kind = forms.ChoiceField(label="取扱い", required=False, choices=[ANY, *EntryKind.choices])
    year = forms.ChoiceField(label="年度", required=False, choices=year_choices)
    q = forms.CharField(label="ことば", required=False, max_length=100)

    def wanted(self) -> dict[str, Any]:
        """What was asked for, wrong values left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class OutputForm(Form):
    """Which ledgers of a unit are taken out, and in what form; the verb says when the purpose is missing."""

    year = forms.ChoiceField(label="年度", required=False, choices=year_choices)
    kind = forms.ChoiceField(label="取扱い", required=False, choices=[ANY, *EntryKind.choices])
    form = forms.ChoiceField(label="形式", choices=list(FORMS.items()), initial="xlsx", widget=forms.RadioSelect)
    purpose = forms.CharField(label="利用の目的", required=False, help_text="例　年度の点検のため、記録を読み合わせる")
    articles = {"purpose": "第11条第3項"}

    def wanted(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {name: self.cleaned_data[name] for name in ("year", "kind") if self.cleaned_data[name]}


class ListFilter(forms.Form):
    """The filter of the list of ledgers."""

    q = forms.CharField(label="ファイルの名称など", required=False, max_length=100)

    def words(self) -> str:
        """What was typed."""
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""


def _asked(way: str, rule: LedgerRule) -> str:
    """Whether the class asks for this way of verifying (第17条: 重要度に応じて); nothing where there is no class."""
    if not rule.code:
        return ""
    return f"（必須　{rule.verify_days:,}日に1回以上）" if way in rule.ways else "（任意）"


class VerificationForm(Form):
    """That input was verified (第17条)."""

    way = forms.ChoiceField(label="照合の方法", choices=Way.choices, widget=forms.RadioSelect)
    on = JapaneseDateField(label="照合した日")
    process = forms.CharField(label="処理", max_length=120, help_text="例　当初賦課の入力、10月分の異動の一括更新")
    total = JapaneseIntegerField(label="処理した件数", min_value=0)
    examined = JapaneseIntegerField(label="照合した件数", min_value=0)
    sampling = forms.CharField(
        label="抽出の方法", required=False, max_length=200, help_text="一部を照合したときに書きます。例　20件ごとに1件"
    )
    errors_found = JapaneseIntegerField(label="誤りの件数", min_value=0, initial=0)
    remedy = forms.CharField(
        label="誤りへの対応", required=False, max_length=400, help_text=f"誤りがあったときに書きます。{NO_NAMES}"
    )
    done_by = forms.CharField(label="照合した人", max_length=60)
    remarks = forms.CharField(label="備考", required=False, max_length=400, help_text=NO_NAMES)
    token = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    articles = {"way": "第17条"}

    def __init__(self, *args: Any, rule: LedgerRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["way"]
        choices.choices = [(way, f"{label}{_asked(way, rule)}") for way, label in Way.choices]

    def facts(self) -> dict[str, Any]:
        """As the verb takes them; `errors` is a word of Django's own on a form."""
        left_out = {"errors_found", "token", "reason", "voids"}
        facts = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return facts | {"errors": self.cleaned_data.get("errors_found")}


class CorrectVerificationForm(CorrectionMixin, VerificationForm):
    """A verification that takes the place of an earlier one."""

    field_order = ["reason", "voids"]
