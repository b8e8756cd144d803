"""What a reader may ask of the list of notifications, and what each decision needs to be told."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.pressing import ActionForm
from files_registry.filings.lateness import is_late, late_sentence
from files_registry.filings.models import Filing, FilingKind, FilingStatus, Result
from nerima_privacy.calendars.fiscal import fiscal_year, label
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.fields import JapaneseDateField
from nerima_privacy.web.form_parts import any_field, text
from nerima_privacy.web.forms import Form
from roles.models import Unit
from roles.unit_filter import UnitFilter

ANY = ("", "すべて")
FIRST_YEAR = 2023


class FilingsFilter(UnitFilter):
    """The filter of the list."""

    kind = forms.ChoiceField(label="届出の種類", required=False, choices=[ANY, *FilingKind.choices])
    status = forms.ChoiceField(label="状態", required=False, choices=[ANY, *FilingStatus.choices])
    year = forms.TypedChoiceField(label="届け出た年度", required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, units: QuerySet[Unit]) -> None:
        super().__init__(data, units)
        years = range(fiscal_year(today()), FIRST_YEAR - 1, -1)
        any_field(self.fields["year"]).choices = [ANY, *((year, label(year)) for year in years)]


class NewFilingForm(Form):
    """For which unit, and whose file the first text is copied from. `token` is this page's: it begins one draft."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="所管",
        help_text="ファイルを保有する課または学校です。",
        empty_label=None,
        error_messages={"invalid_choice": "あなたが保護責任者または保護担当者である課・学校を選んでください。"},
    )
    copy_from = forms.ModelChoiceField(
        PersonalInformationFile.objects.none(),
        label="様式を写すファイル",
        required=False,
        empty_label="写さずに、はじめから書く",
        help_text="似たファイルの記入を写してから直せます。本人の数などの内部の項目は写りません。",
        error_messages={"invalid_choice": "そのファイルは写せません。一覧から選んでください。"},
    )

    def __init__(self, data: Any, units: QuerySet[Unit], files: QuerySet[PersonalInformationFile], **kwargs: Any):
        super().__init__(data, **kwargs)
        any_field(self.fields["unit"]).queryset = units
        any_field(self.fields["unit"]).label_from_instance = lambda unit: unit.full_name
        any_field(self.fields["copy_from"]).queryset = files


class CeaseForm(Form):
    """The day a file stopped being held, and what is told to 情報公開課長."""

    stamp = forms.IntegerField(widget=forms.HiddenInput, required=False)
    planned_on = JapaneseDateField(
        label="保有をやめた日",
        help_text="実際に保有をやめた日です。",
        error_messages={"required": "保有をやめた日を書いてください。例　令和8年11月20日"},
    )
    late_reason = text("おくれた理由", help_text="やめてから日がたっているときは、その理由を書いてください。")
    note = text("申し送り", help_text="保護責任者や情報公開課に伝えたいことを書いてください。")


class NoteForm(ActionForm):
    """A note that may be left out."""

    note = text("申し送り", help_text="伝えたいことがあれば書いてください。")


class ConfirmForm(ActionForm):
    """確認して届け出る: a note, and the reason where the notification comes late."""

    note = text("申し送り", help_text="差し戻すときは、直してほしい所を書いてください。")
    late_reason = text("おくれた理由")

    def __init__(self, data: Any = None, *, subject: Filing | None = None, auto_id: str = "id_%s") -> None:
        super().__init__(data, subject=subject, auto_id=auto_id)
        if subject is not None and (subject.late or is_late(subject, today())):
            self.fields["late_reason"].help_text = late_sentence(subject, today())
            self.fields["late_reason"].initial = subject.late_reason
        else:
            del self.fields["late_reason"]


class SendBackForm(ConfirmForm):
    """差し戻す: what to mend; it shares the form of ConfirmForm."""

    def __init__(self, data: Any = None, *, subject: Filing | None = None, auto_id: str = "id_%s") -> None:
        super().__init__(data, subject=subject, auto_id=auto_id)
        self.fields["note"].error_messages["required"] = "差し戻すときは、直してほしい所を書いてください。"
        self.fields["note"].required = data is not None


class CorrectionForm(ActionForm):
    """補正を求める: which cell, and how."""

    reason = text(
        "補正してほしい所",
        "補正してほしい所を、欄の番号とともに書いてください。",
        limit=4000,
        help_text="欄の番号とともに書いてください。例　5欄の記録項目に扶養関係を加えてください。",
    )


class WithdrawForm(ActionForm):
    """取り下げる: why."""

    reason = text("取り下げる理由", "取り下げる理由を書いてください。", rows=2, limit=4000)


def result_field(**kwargs: Any) -> forms.ChoiceField:
    """The result that is notified to 保護責任者."""
    return forms.ChoiceField(
        label="結果",
        choices=Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "結果を選んでください。"},
        **kwargs,
    )


RESULT_HELP = "条件・意見を付すとき、再検討を求めるときに書いてください。通知書に印刷されます。"


class ConsiderForm(ActionForm):
    """検討の結果: 運営委員会へ発議する or not, why, and the result where it is not proposed."""

    propose = forms.TypedChoiceField(
        label="練馬区個人情報保護運営委員会への発議",
        choices=[("yes", "発議する"), ("no", "発議しない")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "発議するか、しないかを選んでください。"},
    )
    reason = text(
        "発議する・しない理由",
        "発議する・しない理由を書いてください。",
        limit=4000,
        help_text="あとから確かめられるように、判断の理由を書いてください。",
    )
    result = result_field(
        required=False, help_text="発議しないときに選んでください。発議するときは、意見を聞いてから決めます。"
    )
    result_text = text("結果の内容・条件", limit=4000, help_text=RESULT_HELP)


class NotifyForm(ActionForm):
    """結果を通知する: the number of the document, where there is one."""

    document_number = forms.CharField(
        label="文書番号",
        required=False,
        max_length=60,
        help_text="検討結果通知書に印刷されます。番号をつけないときは、空けておいてください。例　8練総情第1450号",
    )


class OutcomeForm(ActionForm):
    """運営委員会の意見, and the result."""

    council_on = JapaneseDateField(
        label="運営委員会の開催日",
        help_text="実際に開かれた日です。",
        error_messages={"required": "運営委員会の開催日を書いてください。例　令和8年11月15日"},
    )
    outcome = text("運営委員会の意見", "運営委員会の意見を書いてください。", limit=4000)
    result = result_field()
    result_text = text("結果の内容・条件", limit=4000, help_text=RESULT_HELP)


class EffectForm(ActionForm):
    """The day something really began: the words are the page's."""

    on = JapaneseDateField(
        label="実際の日",
        help_text="きょうまでの日付です。",
        error_messages={"required": "実際の日を書いてください。例　令和8年11月20日"},
    )

    def __init__(self, data: Any = None, *, subject: Filing | None = None, auto_id: str = "id_%s") -> None:
        super().__init__(data, subject=subject, auto_id=auto_id)
        self.fields["on"].initial = today()
        if subject is not None:
            self.fields["on"].label = "保有開始日" if subject.kind == FilingKind.NEW else "変更した日"
