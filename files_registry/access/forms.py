"""What is asked when rights are requested, proposed, decided, narrowed, confirmed, and when a file is opened."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from files_registry.access.models import Grant, GroupKind
from files_registry.access.reviewing import Answer, Answered
from files_registry.catalogue.pressing import ActionForm
from files_registry.catalogue.rights import Right
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.fields import CleanTextField, JapaneseDateField
from nerima_privacy.web.forms import Form
from roles.models import Person
from roles.staff_numbers import folded

WORDS = {
    Right.OPEN: "閲覧　中を見る",
    Right.ENTER: "入力・更新　書き加える、書き改める",
    Right.ERASE: "削除　データを消す",
    Right.OUTPUT: "出力　印刷する、取り出す",
}
MOST_PEOPLE = 200


def note(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    """A reason or a condition, of some lines."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=1000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WishForm(Form):
    """Which rights, what for, from when until when."""

    rights = forms.MultipleChoiceField(
        label="権限の内容",
        choices=[(right.value, words) for right, words in WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=[Right.OPEN.value],
        help_text="業務に要るものだけを選んでください。閲覧はほかの権限についてきます。",
        error_messages={"required": "どの権限が要るかを選んでください。"},
    )
    purpose = forms.CharField(label="利用の目的", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    begins_on = JapaneseDateField(label="はじまり", required=False, help_text="きょうからのときは空のままで結構です。")
    ends_on = JapaneseDateField(label="終わり（この日まで）")
    articles = {"rights": "第11条第1項", "purpose": "第11条第3項"}
    examples = {"purpose": "特別区民税の還付通知を発送する住所の確認"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = fiscal.end(fiscal.fiscal_year(today()))


class RequestForm(WishForm):
    """A request for oneself; `token` is this page's: it makes one request."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)


class ProposeForm(WishForm):
    """Rights for several people at once; what they hold already stays as it is."""

    people = forms.MultipleChoiceField(
        label="所管の職員等",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="すでに持っている権限は、ここで選ばなくてもそのまま残ります。",
    )
    others = forms.CharField(
        label="ほかの組織の人（職員番号）",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="1行に1人ずつ書いてください。",
    )
    group_kind = forms.ChoiceField(
        label="所管の職のまとまり",
        required=False,
        choices=[("", "指定しない"), *GroupKind.choices],
        help_text="人を選ばず、その職にある人すべてに出すときに選びます。異動で入った人にも、その日から権限が及びます。",
    )
    field_order = ["people", "others", "group_kind", "rights", "purpose", "begins_on", "ends_on"]

    def __init__(self, people: Iterable[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(person.pk), f"{person.name}（{person.staff_number}）") for person in people]
        field: Any = self.fields["people"]
        field.choices = choices
        if not choices:
            del self.fields["people"]

    def clean_others(self) -> list[int]:
        """The people of the numbers; an unknown one is named."""
        numbers = self.cleaned_data["others"].split()
        if len(numbers) > MOST_PEOPLE:
            raise ValidationError(f"一度に{MOST_PEOPLE}人までにしてください。いま{len(numbers)}人です。")
        people = Person.objects.numbered(*numbers).filter(is_active=True)
        found = {folded(number): pk for number, pk in people.values_list("staff_number", "pk")}
        unknown = [number for number in numbers if folded(number) not in found]
        if unknown:
            raise ValidationError(f"在籍していない職員番号があります：{'、'.join(unknown[:5])}")
        return list(found.values())

    def chosen(self) -> list[int]:
        """Everybody chosen, once."""
        own = [int(pk) for pk in self.cleaned_data.get("people", [])]
        return list(dict.fromkeys([*own, *self.cleaned_data["others"]]))


class PartForm(ActionForm):
    """Rights and an end within those of a grant: first all of them."""

    rights = forms.MultipleChoiceField(label="残す権限", widget=forms.CheckboxSelectMultiple)
    ends_on = JapaneseDateField(label="終わり（この日まで）")

    def __init__(self, data: Any = None, *, subject: Grant, **kwargs: Any) -> None:
        super().__init__(data, subject=subject, **kwargs)
        field: Any = self.fields["rights"]
        field.choices = [(right.value, WORDS[right]) for right in subject.rights]
        field.initial = [right.value for right in subject.rights]
        self.fields["ends_on"].initial = subject.last_day


class GrantForm(PartForm):
    """Allowing, all or a part of it: a condition where there is one, and why where it is a part."""

    note = note(
        "条件・理由",
        required=False,
        help_text="申請のとおりに許可し、条件もなければ、空のままで結構です。例　窓口の端末に限る",
    )

    def __init__(self, data: Any = None, *, subject: Grant, **kwargs: Any) -> None:
        super().__init__(data, subject=subject, **kwargs)
        self.fields["rights"].label = "許可する権限"
        self.fields["rights"].help_text = "申請より少なく許可するときは、印を外すか、終わりを早めてください。"


class ReasonForm(ActionForm):
    """Refusing, taking away, giving back: why."""

    note = note("理由")


class NarrowForm(PartForm):
    """Fewer rights, or a nearer end, and why."""

    note = note("縮小する理由")


class ReviewForm(Form):
    """An answer for each right, what is left of one that is narrowed, and why; those left open wait on.

    One reason serves for all of them; a right may have its own.
    """

    note = note(
        "縮小し、または終えるものの理由",
        required=False,
        help_text="縮小または終えるものがあるときに書きます。縮小する人や終える人に伝わります。例　担当を外れたため",
    )

    def __init__(self, grants: Iterable[Grant], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for grant in grants:
            choices = [("", "あとで"), *Answer.choices]
            self.fields[f"answer-{grant.pk}"] = forms.ChoiceField(label=grant.holder, required=False, choices=choices)
            self.fields[f"rights-{grant.pk}"] = forms.MultipleChoiceField(
                label="残す権限",
                required=False,
                choices=[(right.value, right.label) for right in grant.rights],
                initial=[right.value for right in grant.rights],
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"ends_on-{grant.pk}"] = JapaneseDateField(
                label="終わり（この日まで）", required=False, initial=grant.last_day
            )
            own = CleanTextField(label=f"{grant.holder}だけの理由（ほかと違うとき）", required=False)
            self.fields[f"note-{grant.pk}"] = own

    def answers(self) -> dict[int, Answered]:
        """Grant → what was answered."""
        said = self.cleaned_data
        given = {name.removeprefix("answer-"): said[name] for name in said if name.startswith("answer-") and said[name]}
        return {
            int(pk): Answered(Answer(answer), said[f"rights-{pk}"], said[f"ends_on-{pk}"], said[f"note-{pk}"])
            for pk, answer in given.items()
        }


class OpenForm(Form):
    """What for a file is opened."""

    purpose = forms.CharField(
        label="開く目的",
        max_length=400,
        help_text="業務のどのような目的で開くかを書いてください。住民の氏名などは書かないでください。",
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
    )
    articles = {"purpose": "第11条第3項"}
    examples = {"purpose": "還付通知を発送する住所の確認"}
