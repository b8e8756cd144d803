"""The form by which a sending without a request is checked first (第14条)."""

from typing import Any

from django import forms

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.handling.acts import Channel, Encryption, Level
from files_registry.handling.forms import NO_NAMES, FirstLook
from files_registry.handling.models import StandingPermission
from files_registry.handling.writing_forms import items_field
from nerima_privacy.web.fields import JapaneseIntegerField
from nerima_privacy.web.form_parts import any_field
from nerima_privacy.web.forms import Form


class SendingForm(Form, FirstLook):
    """What is sent to whom by one channel, on which ground, and its checklist. `token` is this page's."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    what = forms.CharField(
        label="送るもの",
        max_length=200,
        help_text=f"何を、何のために送るかを書いてください。{NO_NAMES}",
        error_messages={"required": "送るものを書いてください。"},
    )
    items = forms.Field()
    persons = JapaneseIntegerField(
        label="本人の数",
        min_value=1,
        max_value=2_000_000_000,
        error_messages={"required": "本人の数を書いてください。"},
    )
    recipient = forms.CharField(
        label="送り先",
        max_length=200,
        help_text="本人に送るときは「対象者本人」のように書き、区民などの氏名や住所は書かないでください。",
        error_messages={"required": "送り先を書いてください。"},
    )
    encryption = forms.ChoiceField(
        label="暗号化",
        choices=Encryption.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "暗号化するかどうかを選んでください。"},
    )
    standing = forms.ModelChoiceField(
        StandingPermission.objects.none(),
        label="包括許可",
        empty_label="選んでください",
        help_text="この送付がその範囲の中にある包括許可を選んでください。",
        error_messages={"required": "使う包括許可を選んでください。", "invalid_choice": "この包括許可は使えません。"},
    )
    articles = {"standing": "第12条", "ticked": "第14条"}
    examples = {"what": "納税通知書の再発行（毎日の窓口分）", "recipient": "対象者本人"}

    def __init__(
        self,
        data: Any,
        *,
        file: PersonalInformationFile,
        channel: Channel,
        level: Level,
        permissions: list[StandingPermission],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["items"] = items_field(file, error_messages={"required": "取り扱う記録項目を選んでください。"})
        self.fields["items"].required = True
        if level == Level.STANDING:
            standing = any_field(self.fields["standing"])
            standing.queryset = StandingPermission.objects.filter(pk__in=[p.pk for p in permissions])
            labels = [(p.pk, f"包括許可 {p.pk}（{p.acts_label}、1回{p.max_persons:,}人まで）") for p in permissions]
            standing.choices = [("", "選んでください"), *labels]
            if len(labels) == 1:
                standing.initial = labels[0][0]
        else:
            del self.fields["standing"]
        if channel == Channel.WEB:
            self.fields["recipient"].label = "掲載する場所"
        order = ["token", "what", "items", "persons", "recipient", "encryption", "standing", "ticked", "asked_of"]
        self.order_fields(order)
