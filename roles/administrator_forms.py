"""What システム管理者 type when a seat changes hands, a person moves, or units merge."""

from django import forms

from nerima_privacy.calendars.periods import today
from nerima_privacy.web.fields import CleanTextField, JapaneseDateField
from nerima_privacy.web.forms import Form
from roles.picker_fields import PersonField, UnitField
from roles.seats import Basis


def reason_field() -> CleanTextField:
    """Why, on every one of these forms; kept in the history."""
    return CleanTextField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class SuccessorForm(Form):
    """後任: the holder's period ends the day before."""

    person = PersonField(label="後任")
    valid_from = JapaneseDateField(label="就任日", initial=today)
    valid_to = JapaneseDateField(label="終了日（この日まで）", required=False, help_text="決まっていないときは空")
    basis = forms.ChoiceField(
        label="根拠",
        choices=[(b.value, b.label) for b in Basis if b != Basis.ACTING],
        widget=forms.RadioSelect,
        initial=Basis.EX_OFFICIO.value,
    )
    security_post = CleanTextField(label="兼ねる情報セキュリティの職", required=False, max_length=60)
    order_document = CleanTextField(label="発令・指名の文書", required=False, max_length=120)
    reason = reason_field()
    examples = {
        "person": "zeimu-kacho",
        "security_post": "情報セキュリティ責任者",
        "order_document": "8練総職第123号",
        "reason": "令和8年12月1日付けの人事異動のため",
    }


class ActingForm(Form):
    """職務代理: from a day to a day, then the holder takes the seat up again."""

    person = PersonField(label="代理する人")
    valid_from = JapaneseDateField(label="代理のはじまり", initial=today)
    valid_to = JapaneseDateField(label="代理の終わり（この日まで）")
    order_document = CleanTextField(label="発令・指名の文書", required=False, max_length=120)
    reason = reason_field()
    examples = {"person": "fukushi-dairi", "order_document": "8練総職第123号", "reason": "長期の出張のため"}


class TransferForm(Form):
    """異動: the postings and the seats of the unit left end the day before."""

    unit = UnitField(label="異動先")
    title = CleanTextField(label="職名", required=False, max_length=60)
    valid_from = JapaneseDateField(label="発令日", initial=today)
    reason = reason_field()
    examples = {"unit": "1720", "title": "係長", "reason": "令和9年4月1日付けの定期異動"}


class MergerForm(Form):
    """統合: the unit ends on a day and another takes over its affairs."""

    into = UnitField(label="引き継ぐ組織")
    last_day = JapaneseDateField(label="最後の日（この日まで）")
    reason = reason_field()
    examples = {"into": "5007", "reason": "学校の適正配置による統合"}
