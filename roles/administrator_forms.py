"""What システム管理者 type when a seat changes hands, a person moves, or units merge."""

from django import forms
from django.core.exceptions import ValidationError

from nerima_privacy.calendars.periods import today
from nerima_privacy.web.fields import CleanTextField, JapaneseDateField
from nerima_privacy.web.forms import Form
from roles.models import Person, Unit
from roles.seats import Basis


class PersonNumberField(CleanTextField):
    """A person, by the number on the staff card: with 15,000 people there is no list to pick from."""

    def clean(self, value):
        number = super().clean(value)
        person = Person.objects.filter(staff_number=number, is_active=True).first()
        if number and person is None:
            raise ValidationError("その職員番号の人は在籍していません。番号を確かめてください。", code="unknown")
        return person

    def read_back(self, value):
        """The name, said back under the field."""
        person = Person.objects.filter(staff_number=(value or "").strip(), is_active=True).first() if value else None
        return person.name if person else ""


class UnitCodeField(CleanTextField):
    """A unit by its code: two sections may share a name."""

    def clean(self, value):
        code = super().clean(value)
        unit = Unit.objects.filter(code=code).select_related("parent").first()
        if code and unit is None:
            raise ValidationError(
                "その組織コードの組織はありません。「組織と役割」で確かめてください。", code="unknown"
            )
        return unit

    def read_back(self, value):
        """The name of the unit, said back under the field."""
        unit = Unit.objects.filter(code=(value or "").strip()).select_related("parent").first() if value else None
        return unit.full_name if unit else ""


def reason_field():
    """Why, on every one of these forms; kept in the history."""
    return CleanTextField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class SuccessorForm(Form):
    """後任: the holder's period ends the day before."""

    person = PersonNumberField(label="後任の職員番号", max_length=20)
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

    person = PersonNumberField(label="代理する人の職員番号", max_length=20)
    valid_from = JapaneseDateField(label="代理のはじまり", initial=today)
    valid_to = JapaneseDateField(label="代理の終わり（この日まで）")
    order_document = CleanTextField(label="発令・指名の文書", required=False, max_length=120)
    reason = reason_field()
    examples = {"person": "fukushi-dairi", "order_document": "8練総職第123号", "reason": "長期の出張のため"}


class TransferForm(Form):
    """異動: the postings and the seats of the unit left end the day before."""

    unit = UnitCodeField(label="異動先の組織コード", max_length=20)
    title = CleanTextField(label="職名", required=False, max_length=60)
    valid_from = JapaneseDateField(label="発令日", initial=today)
    reason = reason_field()
    examples = {"unit": "1720", "title": "係長", "reason": "令和9年4月1日付けの定期異動"}


class MergerForm(Form):
    """統合: the unit ends on a day and another takes over its affairs."""

    into = UnitCodeField(label="引き継ぐ組織のコード", max_length=20)
    last_day = JapaneseDateField(label="最後の日（この日まで）")
    reason = reason_field()
    examples = {"into": "5007", "reason": "学校の適正配置による統合"}
