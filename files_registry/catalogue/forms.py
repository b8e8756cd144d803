"""What a reader may ask of the list of files, and what is written when data are held or disposed of."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from files_registry.catalogue.models import Disposal, FileStatus, ProcessingKind
from nerima_privacy.web.fields import JapaneseDateField
from nerima_privacy.web.forms import Form
from roles.models import Unit
from roles.unit_filter import UnitFilter

ANY = ("", "すべて")
YES_NO = [ANY, ("yes", "含む"), ("no", "含まない")]
KINDS = [
    (ProcessingKind.COMPUTERISED, "電算処理"),
    (ProcessingKind.MANUAL, "マニュアル処理"),
]


class FilesFilter(UnitFilter):
    """The filter of the list.

    Whether a file holds 特定個人情報 is asked only by those with a seat: the answer is an internal field.
    """

    status = forms.ChoiceField(label="状態", required=False, choices=[ANY, *FileStatus.choices])
    processing = forms.ChoiceField(label="種別", required=False, choices=[ANY, *KINDS])
    my_number = forms.ChoiceField(
        label="特定個人情報", required=False, choices=[ANY, ("yes", "該当"), ("no", "非該当")]
    )
    sensitive = forms.ChoiceField(label="要配慮個人情報", required=False, choices=YES_NO)

    def __init__(self, data: Any, units: QuerySet[Unit], *, internal: bool = True) -> None:
        super().__init__(data, units)
        if not internal:
            del self.fields["my_number"]


class DisposalForm(Form):
    """What happened to the data of a file that is no longer held."""

    kind = forms.ChoiceField(
        label="データをどうしたか",
        choices=Disposal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "データをどうしたかを選んでください。"},
    )
    on = JapaneseDateField(
        label="消去・移管等の日",
        help_text="実際に行った日です。",
        error_messages={"required": "消去・移管等の日を書いてください。例　令和8年11月20日"},
    )
    note = forms.CharField(
        label="確認方法",
        help_text="だれが、どのように確かめたかを書いてください。例　情報システム課の消去証明書（令和8年11月20日付）",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "どのように確かめたかを書いてください。"},
    )
