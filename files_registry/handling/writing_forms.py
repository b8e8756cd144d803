"""Forms by which something is begun: a request, a standing permission, a correction, a unit's rules."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.official_form import lines
from files_registry.handling.acts import SAYS, Act, Channel, Encryption, Level
from files_registry.handling.forms import NO_NAMES
from files_registry.handling.models import HandlingRequest
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.fields import JapaneseDateField, JapaneseIntegerField
from nerima_privacy.web.form_parts import any_field, text
from nerima_privacy.web.forms import Form
from roles.models import Person

ARTICLE = "第12条"
PLACES = {Act.COPY: "写しを置く場所", Act.TAKE_OUT: "持出し先", Act.OTHER: "行う場所"}
PLACE_EXAMPLES = {
    Act.COPY: "税務課の共有フォルダー、鍵のかかる書庫",
    Act.TAKE_OUT: "石神井庁舎の会議室、申請者の居宅（在宅勤務）",
    Act.OTHER: "本庁舎5階の作業室",
}
DUES = {
    Act.COPY: "消去・廃棄の期限",
    Act.SEND_OUT: "返却を受ける期限",
    Act.TAKE_OUT: "持ち帰り・返却の期限",
    Act.OTHER: "返却・消去の期限",
}


class Lines(forms.MultipleChoiceField):
    """Several of the file's items, kept one a line."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return lines(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        return "\n".join(super().clean(value))


def items_field(file: PersonalInformationFile, kept: str = "", **kwargs: Any) -> forms.Field:
    """The items of the file to choose from; a text where the file names none."""
    known = lines(file.current.items) if file.current else []
    known += [item for item in lines(kept) if item not in known]
    hint = "この行為で取り扱うものだけを選んでください。"
    if not known:
        return text("取り扱う記録項目", help_text=f"1行に一つずつ書いてください。{NO_NAMES}", **kwargs)
    return Lines(label="取り扱う記録項目", choices=[(item, item) for item in known], help_text=hint, **kwargs)


class BeginForm(Form):
    """Which act, and for whom. `token` is this page's: it begins one draft."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    act = forms.ChoiceField(
        label="何をしますか",
        widget=forms.RadioSelect,
        error_messages={"required": "行為を一つ選んでください。"},
    )
    applicant = forms.TypedChoiceField(
        label="だれの申請ですか",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="保護担当者は、所属の職員に代わって申請を作れます。決める人にはなれません。",
    )
    articles = {"act": ARTICLE}

    def __init__(self, data: Any, levels: dict[Act, Level], people: QuerySet[Person] | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        any_field(self.fields["act"]).choices = [
            (act, f"{act.label}　{SAYS[act].what}（{levels[act].label}）") for act in Act
        ]
        if people is None:
            del self.fields["applicant"]
        else:
            any_field(self.fields["applicant"]).choices = [("", "自分の申請"), *((p.pk, p.name) for p in people)]


class RequestForm(Form):
    """The fields the act needs, no more. A draft may be incomplete: what is missing is said when it is submitted."""

    stamp = forms.IntegerField(widget=forms.HiddenInput, required=False)
    act_text = forms.CharField(
        label="行為の内容", max_length=200, help_text=f"どのような行為かを書いてください。{NO_NAMES}"
    )
    channel = forms.ChoiceField(label="送る方法", widget=forms.RadioSelect)
    items = forms.Field()
    persons = JapaneseIntegerField(
        label="本人の数",
        min_value=1,
        max_value=2_000_000_000,
        help_text="取り扱う人数です。およその数でもかまいません。",
    )
    medium = forms.ChoiceField(label="媒体")
    encryption = forms.ChoiceField(label="暗号化", choices=Encryption.choices, widget=forms.RadioSelect)
    encryption_note = forms.CharField(label="暗号化の方法、または暗号化しない理由", max_length=200)
    recipient = forms.CharField(
        label="送り先",
        max_length=200,
        help_text="本人に送るときは「対象者本人」のように書き、区民などの氏名や住所は書かないでください。",
    )
    place = forms.CharField(label="場所", max_length=200)
    begins_on = JapaneseDateField(label="期間の初日", help_text="この日から行えます。")
    ends_on = JapaneseDateField(label="期間の末日", help_text="この日の終わりに、開いた権限が自動で閉じます。")
    return_due_on = JapaneseDateField(label="返却・消去の期限")
    reason = text(
        "必要な理由", help_text=f"なぜこの行為が要るか、ほかの方法では足りないわけを書いてください。{NO_NAMES}"
    )
    standing = forms.ModelChoiceField(HandlingRequest.objects.none(), label="包括許可", empty_label="使わない")

    articles = {
        "items": ARTICLE,
        "channel": "第14条",
        "return_due_on": ARTICLE,
        "standing": ARTICLE,
    }
    examples = {
        "act_text": "処理を委託先の端末で立ち会って行う",
        "encryption_note": "ZIP（AES256）、パスワードは電話で伝える",
        "recipient": "東京都主税局の担当課（区の宛先名簿の番号12）",
        "reason": "申告書の現地調査で、対象の土地を確かめながら記録を見るため",
    }

    def __init__(
        self, request: HandlingRequest, media: list[tuple[str, str]], permissions: QuerySet[Any], data: Any = None
    ) -> None:
        act, says = Act(request.act), SAYS[Act(request.act)]
        initial = {name: getattr(request, name) for name in (*says.fields, "stamp")}
        super().__init__(data, initial=initial)
        for name in [name for name in self.fields if name not in says.fields and name != "stamp"]:
            del self.fields[name]
        if "items" in self.fields:
            self.fields["items"] = items_field(request.file, request.items)
            any_field(self.fields["items"]).article = ARTICLE
        self._words(act, says.channels)
        self._choices(media, says.channels, permissions)
        for name, field in self.fields.items():
            field.required = False
            if name in says.must:
                any_field(field).needed, any_field(field).needed_for = True, "申請に必要"

    def restamp(self, request: HandlingRequest) -> None:
        """What was typed, for the state that stands now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["stamp"] = str(request.stamp)
        self.data = data

    def _words(self, act: Act, channels: tuple[Channel, ...]) -> None:
        if "place" in self.fields:
            self.fields["place"].label = PLACES[act]
            self.fields["place"].help_text = f"例　{PLACE_EXAMPLES[act]}"
        if "return_due_on" in self.fields:
            self.fields["return_due_on"].label = DUES[act]
            must = act in {Act.COPY, Act.TAKE_OUT}
            words = "" if must else "返してもらう、または消去してもらうものがあるときに書いてください。"
            self.fields["return_due_on"].help_text = f"{words}過ぎると、申請者と保護責任者に知らせます。"
        if Channel.WEB in channels:
            self.fields["recipient"].label = "送り先、または掲載する場所"

    def _choices(self, media: list[tuple[str, str]], channels: tuple[Channel, ...], permissions: QuerySet[Any]) -> None:
        if "channel" in self.fields:
            any_field(self.fields["channel"]).choices = [(channel, channel.label) for channel in channels]
        if "medium" in self.fields:
            any_field(self.fields["medium"]).choices = [("", "選んでください"), *media]
        if "standing" not in self.fields:
            return
        there = list(permissions)
        if not there:
            del self.fields["standing"]
            return
        field = any_field(self.fields["standing"])
        field.queryset = permissions
        field.choices = [
            ("", "使わない"),
            *((p.pk, f"包括許可 {p.pk}（{p.acts_label}、1回{p.max_persons:,}人まで）") for p in there),
        ]
        named = "行為の内容は、包括許可にあるとおりに書いてください。" if "act_text" in self.fields else ""
        field.help_text = f"範囲の中であれば、申請するとすぐに許可され、使った記録が残ります。{named}"


class StandingForm(Form):
    """The scope of a standing permission."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    acts = forms.MultipleChoiceField(
        label="行為の種類",
        choices=Act.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "行為の種類を選んでください。"},
    )
    other_acts = text(
        "その他の行為の内容",
        help_text="その他の行為を選んだときに、どのような行為かを、1行に一つずつ、申請に書くとおりに書いてください。"
        + NO_NAMES,
    )
    recipients = text(
        "送り先", help_text="1行に一つずつ、申請に書くとおりに書いてください。送らないときは空けておきます。" + NO_NAMES
    )
    places = text(
        "場所", help_text="写しを置く場所や持出し先を、1行に一つずつ書いてください。ないときは空けておきます。"
    )
    items = forms.Field()
    max_persons = JapaneseIntegerField(
        label="1回の本人の数の上限",
        min_value=1,
        max_value=2_000_000_000,
        help_text="これをこえる申請は、その都度決めます。",
        error_messages={"required": "1回の本人の数の上限を書いてください。"},
    )
    encrypted = forms.BooleanField(label="暗号化を条件とする", required=False, initial=True)
    valid_from = JapaneseDateField(label="初日", error_messages={"required": "初日を書いてください。"})
    valid_to = JapaneseDateField(label="末日", error_messages={"required": "末日を書いてください。"})
    reason = text(
        "必要な理由",
        "必要な理由を書いてください。",
        help_text=f"その都度の許可では足りないわけを書いてください。{NO_NAMES}",
    )
    articles = {"acts": ARTICLE, "valid_to": ARTICLE}
    examples = {
        "other_acts": "処理を委託先の端末で立ち会って行う",
        "recipients": "東京都主税局の担当課",
        "places": "石神井庁舎の会議室",
        "reason": "毎週、決まった様式で同じ相手に送るため",
    }

    def __init__(self, data: Any, file: PersonalInformationFile, longest: int, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["items"] = items_field(file, error_messages={"required": "取り扱う記録項目を選んでください。"})
        self.fields["items"].required = True
        self.fields["valid_from"].initial = today()
        self.fields["valid_to"].help_text = f"初日から{longest}日までにしてください。"
        self.order_fields(["token", "acts", "other_acts", "items", "recipients", "places", "max_persons"])


class FindForm(Form):
    """An error that was found."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    found_on = JapaneseDateField(label="見つけた日", error_messages={"required": "見つけた日を書いてください。"})
    items = forms.Field()
    persons = JapaneseIntegerField(
        label="誤りのある本人の数",
        required=False,
        min_value=1,
        max_value=2_000_000_000,
        help_text="分からないときは、空けておいてください。",
    )
    description = text(
        "どのような誤りか",
        "どのような誤りかを書いてください。",
        help_text=f"だれの記録かではなく、どの範囲が、どのように違うかを書いてください。{NO_NAMES}",
    )
    articles = {"description": "第13条"}
    examples = {"description": "4月に入れた電話番号が、1行ずつずれて入っている"}

    def __init__(self, data: Any, file: PersonalInformationFile, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = items_field(file, error_messages={"required": "誤りのある記録項目を選んでください。"})
        field.label, field.help_text, field.required = (
            "誤りのある記録項目",
            "誤りのあるものだけを選んでください。",
            True,
        )
        self.fields["items"] = field
        self.fields["found_on"].initial = today()
        self.order_fields(["token", "found_on", "items"])
