"""The day a board is asked for."""

from datetime import date

from django import forms

from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.seeds import IN_FORCE
from nerima_privacy.web.fields import JapaneseDateField
from nerima_privacy.web.forms import Form


class DayForm(Form):
    """基準日: today or a day that has passed since the guideline came into force, typed either way."""

    on = JapaneseDateField(label="基準日", required=False, help_text="過ぎた日を書くと、その日の状況を表示します。")

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"] or today()
        if day < IN_FORCE:
            raise forms.ValidationError(f"指針が始まった{wareki(IN_FORCE)}からの日付にしてください。")
        if day > today():
            raise forms.ValidationError("基準日は、きょうまでの日付にしてください。")
        return day
