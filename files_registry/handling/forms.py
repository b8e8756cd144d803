"""What the buttons of a request, a standing permission, a correction and a check need to be told; and the filters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField

from files_registry.catalogue.pressing import ActionForm
from files_registry.handling.acts import Act
from files_registry.handling.checking import UNTICKED
from files_registry.handling.models import HandlingStatus, ReturnKind
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.fields import JapaneseDateField
from nerima_privacy.web.form_parts import any_field, text
from roles.unit_filter import UnitFilter

ANY = ("", "すべて")
NO_NAMES = "区民などの氏名や番号は書かないでください。"


class Filter(UnitFilter):
    """The filter of the list of requests."""

    act = forms.ChoiceField(label="行為", required=False, choices=[ANY, *Act.choices])
    status = forms.ChoiceField(label="状態", required=False, choices=[ANY, *HandlingStatus.choices])
    file = forms.IntegerField(required=False, max_value=BigIntegerField.MAX_BIGINT, widget=forms.HiddenInput)


class Find(forms.Form):
    """The words a list is narrowed by, within its tab and, where it was asked for, one file."""

    q = forms.CharField(label="ことば", required=False, max_length=100)
    tab = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    file = forms.IntegerField(required=False, max_value=BigIntegerField.MAX_BIGINT, widget=forms.HiddenInput)

    @property
    def words(self) -> str:
        """What was typed; a wrong value narrows nothing."""
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))

    @property
    def of_file(self) -> int | None:
        """The one file asked for."""
        self.is_valid()
        return self.cleaned_data.get("file")


class DecisionForm(ActionForm):
    """許可する, 許可しない, 確認を求める: one text for all three buttons."""

    note = text(
        "指示・条件、または理由",
        help_text=f"許可に条件があれば書いてください。許可しないとき、確認を求めるときは必ず書いてください。{NO_NAMES}",
    )


class ReasonForm(ActionForm):
    """A reason that must be given."""

    reason = text("理由", "理由を書いてください。", rows=2, limit=1000, help_text=NO_NAMES)


class OptionalReasonForm(ActionForm):
    """A reason that may be given."""

    reason = text("理由", rows=2, limit=1000, help_text=f"あれば書いてください。{NO_NAMES}")


class DoneForm(ActionForm):
    """実施を記録する: on which day."""

    done_on = JapaneseDateField(
        label="実施した日",
        help_text="実際に行った日です。",
        error_messages={"required": "実施した日を書いてください。例　令和8年11月20日"},
    )
    note = text("伝えること", rows=2, limit=1000, help_text=f"あれば書いてください。{NO_NAMES}")

    def __init__(self, data: Any = None, *, subject: Any = None, auto_id: str = "id_%s") -> None:
        super().__init__(data, subject=subject, auto_id=auto_id)
        self.fields["done_on"].initial = today()


class ExtensionForm(ActionForm):
    """期限の延長を求める: until when, and why."""

    due_on = JapaneseDateField(
        label="いつまで延ばしますか",
        error_messages={"required": "いつまで延ばすかを書いてください。例　令和8年12月20日"},
    )
    reason = text(
        "延長が要る理由",
        "延長が要る理由を書いてください。",
        rows=2,
        limit=1000,
        help_text=f"いまの期限までに返せない・消せないわけを書いてください。{NO_NAMES}",
    )

    def __init__(self, data: Any = None, *, subject: Any = None, auto_id: str = "id_%s") -> None:
        super().__init__(data, subject=subject, auto_id=auto_id)
        if subject is not None and subject.return_due_on:
            self.fields["due_on"].help_text = f"いまの期限は{wareki(subject.return_due_on)}です。"


class AnswerForm(ActionForm):
    """A later return, or a standing permission: 許可する or 許可しない, with one text for both buttons."""

    note = text(
        "条件、または理由",
        rows=2,
        limit=1000,
        help_text=f"許可に条件があれば書いてください。許可しないときは必ず書いてください。{NO_NAMES}",
    )


class ReturnForm(ActionForm):
    """返却・消去を記録する: which, when, and what shows it."""

    return_kind = forms.ChoiceField(
        label="どうしたか",
        choices=ReturnKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "返却したか、消去・廃棄したかを選んでください。"},
    )
    returned_on = JapaneseDateField(
        label="返却・消去した日",
        help_text="実際に行った日です。",
        error_messages={"required": "返却・消去した日を書いてください。例　令和8年11月20日"},
    )
    return_evidence = text(
        "確かめ方",
        "だれと、どのように確かめたかを書いてください。",
        help_text=f"例　係長と二人で、USBメモリーの中身が空であることを見た。{NO_NAMES}",
    )

    def __init__(self, data: Any = None, *, subject: Any = None, auto_id: str = "id_%s") -> None:
        super().__init__(data, subject=subject, auto_id=auto_id)
        self.fields["returned_on"].initial = today()


class CloseForm(ActionForm):
    """手続を終える: why, where no return is recorded."""

    reason = text(
        "理由", rows=2, limit=1000, help_text=f"返却・消去の記録のないまま終えるときは、必ず書いてください。{NO_NAMES}"
    )


class InstructForm(ActionForm):
    """訂正を指示する, or 訂正不要とする."""

    instruction = text(
        "指示、または訂正不要の理由",
        "訂正のしかた、または訂正不要とする理由を書いてください。",
        help_text=f"どの資料と照らして、どの範囲を、どう直すかを書いてください。{NO_NAMES}",
    )
    due_on = JapaneseDateField(
        label="訂正の期限",
        required=False,
        help_text="訂正を指示するときに書いてください。",
    )


class CorrectForm(ActionForm):
    """訂正を記録する."""

    done_on = JapaneseDateField(
        label="訂正した日",
        help_text="実際に訂正した日です。",
        error_messages={"required": "訂正した日を書いてください。例　令和8年11月20日"},
    )
    done_note = text(
        "訂正のしかた、根拠とした資料",
        "訂正のしかたと、根拠とした資料を書いてください。",
        help_text=f"例　申請書の原本と照らして、12件の電話番号を入れ直した。{NO_NAMES}",
    )

    def __init__(self, data: Any = None, *, subject: Any = None, auto_id: str = "id_%s") -> None:
        super().__init__(data, subject=subject, auto_id=auto_id)
        self.fields["done_on"].initial = today()


class CheckedForm(ActionForm):
    """訂正を確かめる, or やり直しを求める."""

    note = text(
        "伝えること", rows=2, limit=1000, help_text=f"やり直しを求めるときは、直す所を書いてください。{NO_NAMES}"
    )


def ticks(points: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Code and sentence of each point."""
    return [(p["code"], f"{p['label']}（{p['note']}）" if p.get("note") else p["label"]) for p in points]


class Ticked(forms.Form):
    """Each point of a checklist as a line to tick (第14条)."""

    ticked = forms.MultipleChoiceField(
        label="確かめたこと",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="一つずつ、実物や画面を見て確かめてください。",
        error_messages={"invalid_choice": "チェックリストが変わりました。画面を開き直してください。"},
    )

    def clean_ticked(self) -> list[str]:
        """Every point, as the verb asks: said beside whatever else is wrong."""
        ticked: list[str] = self.cleaned_data["ticked"]
        if len(ticked) < len(any_field(self.fields["ticked"]).choices):
            raise ValidationError(UNTICKED)
        return ticked


class TicksForm(ActionForm, Ticked):
    """The second check of a sending: the points as the first ticked them."""

    def __init__(self, data: Any = None, *, subject: Any = None, auto_id: str = "id_%s") -> None:
        super().__init__(data, subject=subject, auto_id=auto_id)
        any_field(self.fields["ticked"]).choices = ticks(subject.points if subject else [])
        any_field(self.fields["ticked"]).needed, any_field(self.fields["ticked"]).needed_for = True, "すべて必須"


class SentForm(ActionForm):
    """送ったことを記録する: when, how, and what remained."""

    sent_on = JapaneseDateField(
        label="送った日",
        help_text="実際に送った日です。",
        error_messages={"required": "送った日を書いてください。例　令和8年11月20日"},
    )
    sent_how = forms.CharField(
        label="送った方法、受付番号など",
        max_length=200,
        help_text="例　簡易書留で3通を出し、受付の控えを受け取った。区民などの氏名や住所は書かないでください。",
        error_messages={"required": "送った方法、受付番号などを書いてください。"},
    )
    remains = forms.CharField(
        label="手もとに残ったもの",
        max_length=200,
        help_text="控え、送信済みのメール、作りすぎた写しなどと、その置き場所、または消した方法です。"
        "ないときは「なし」と書いてください。",
        error_messages={"required": "手もとに残ったものを書いてください。ないときは「なし」と書きます。"},
    )

    def __init__(self, data: Any = None, *, subject: Any = None, auto_id: str = "id_%s") -> None:
        super().__init__(data, subject=subject, auto_id=auto_id)
        self.fields["sent_on"].initial = today()


class FirstLook(Ticked):
    """The points, and whom to ask for the second look."""

    asked_of = forms.TypedChoiceField(
        label="二人目の確認を頼む人",
        coerce=int,
        help_text="あなたのほかの職員です。同じ人が両方を行うことはできません。",
        error_messages={
            "required": "二人目の確認を頼む人を選んでください。",
            "invalid_choice": "その人には頼めません。一覧から選んでください。",
        },
    )

    def offer(self, points: list[dict[str, str]], people: Any) -> None:
        """What can be ticked, and who can be asked."""
        any_field(self.fields["ticked"]).choices = ticks(points)
        any_field(self.fields["ticked"]).needed, any_field(self.fields["ticked"]).needed_for = True, "すべて必須"
        any_field(self.fields["asked_of"]).choices = [("", "選んでください"), *((p.pk, p.name) for p in people)]


class FillForm(ActionForm, FirstLook):
    """The first check of a sending that was asked for."""

    def __init__(self, data: Any, *, subject: Any, points: list[dict[str, str]], people: Any) -> None:
        super().__init__(data, subject=subject)
        self.offer(points, people)
