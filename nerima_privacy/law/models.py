"""Legal parameters, effective-dated."""

from datetime import timedelta
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from nerima_privacy.calendars.eras import wareki
from nerima_privacy.law import catalogue


class LegalParameter(models.Model):
    """One value of one parameter, from a day to a day. What the keys mean and hold: law/catalogue.py."""

    key = models.CharField("項目", max_length=60)
    value = models.JSONField("値", blank=True)  # an empty list is a value
    valid_from = models.DateField("適用開始日")
    valid_to = models.DateField("適用終了日（この日まで）", null=True, blank=True)
    source = models.CharField("根拠", max_length=250)
    established = models.BooleanField(
        "確認済み",
        default=False,
        help_text="区の例規などで確かめた値のとき。仮の値は画面にそう表示します。",
    )
    note = models.TextField("備考", blank=True)
    history = HistoricalRecords(verbose_name="法令等の値の履歴")

    class Meta:
        verbose_name = verbose_name_plural = "法令等の値"
        ordering: ClassVar = ["key", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="parameter_begins_once", fields=["key", "valid_from"]),
            models.CheckConstraint(
                name="parameter_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        key = catalogue.KEYS.get(self.key)
        return f"{key.title if key else self.key}（{wareki(self.valid_from)}から）"

    def clean(self) -> None:
        """Refuses a value the key cannot hold, and a period that another value of the key already covers.

        An open-ended value that began earlier is no obstacle: it ends the day before (`workflow.enact`).
        """
        errors = {}
        if wrong := catalogue.problem(self.key, self.value):
            errors["value" if self.key in catalogue.KEYS else "key"] = wrong
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            errors["valid_to"] = "適用終了日は適用開始日以後の日付にしてください。"
        elif self.valid_from and (other := self._overlapping()):
            errors["valid_from"] = self._how_to_part(other)
        if errors:
            raise ValidationError(errors)

    def _how_to_part(self, other: "LegalParameter") -> str:
        until = f"{wareki(other.valid_to)}まで" if other.valid_to else "終了日なし"
        start = f"{wareki(other.valid_from)}から（{until}）の値と期間が重なります。"
        if other.valid_from > self.valid_from:
            return f"{start}この値の適用終了日を{wareki(other.valid_from - timedelta(days=1))}以前にしてください。"
        return f"{start}先にその値の適用終了日を{wareki(self.valid_from - timedelta(days=1))}以前にしてください。"

    def _overlapping(self) -> "LegalParameter | None":
        others = LegalParameter.objects.filter(key=self.key).exclude(pk=self.pk)
        others = others.filter(Q(valid_to=None) | Q(valid_to__gte=self.valid_from))
        if self.valid_to:
            others = others.filter(valid_from__lte=self.valid_to)
        if self.pk is None:
            others = others.exclude(valid_to=None, valid_from__lt=self.valid_from)
        return others.order_by("valid_from").first()
