"""Which acts need what in a unit, where it is stricter than the ward."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from files_registry.handling.models.moving import person


class UnitRules(models.Model):
    """What 保護責任者 of a unit asks beyond the ward's floor, from a day to a day (第12条).

    `levels` is class → act → level. The ward's own table is law parameter `handling.requirements`; the stricter of the
    two counts, so that a floor raised later is not undercut.
    """

    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="組織", related_name="handling_rules")
    levels = models.JSONField("区分と行為ごとに要るもの")
    valid_from = models.DateField("適用開始日")
    valid_to = models.DateField("適用終了日（この日まで）", null=True, blank=True)
    reason = models.TextField("理由", max_length=2000)
    set_by = person("定めた人")
    set_post = models.CharField("定めた人の役割", max_length=120, blank=True)
    set_at = models.DateTimeField("定めた日時")
    stamp = models.PositiveIntegerField(default=0, editable=False)
    history = HistoricalRecords(excluded_fields=["stamp"], verbose_name="課・学校の決まりの履歴")

    class Meta:
        verbose_name = verbose_name_plural = "課・学校の取扱いの決まり"
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="unit_rules_begin_once", fields=["unit", "valid_from"]),
            models.UniqueConstraint(name="unit_rules_one_open_a_unit", fields=["unit"], condition=Q(valid_to=None)),
            models.CheckConstraint(
                name="unit_rules_end_after_they_begin", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self):
        return f"{self.unit.name}の取扱いの決まり"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("handling:unit-rules", args=[self.unit_id])

    def holds(self, on: date) -> bool:
        """Whether they are in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
