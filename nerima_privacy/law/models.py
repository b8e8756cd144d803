"""Legal parameters, effective-dated."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords


class LegalParameter(models.Model):
    """One value of one parameter, from a day to a day. What the keys mean and hold: law/catalogue.py."""

    key = models.CharField("項目", max_length=60)
    value = models.JSONField("値")
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

    def __str__(self):
        return f"{self.key}（{self.valid_from}から）"
