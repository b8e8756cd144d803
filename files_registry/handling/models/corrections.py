"""Correcting what a file holds, by the order of 保護責任者 (第13条)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from files_registry.handling.models.moving import FILE, Moving, nobody_yet, person


class CorrectionStatus(models.TextChoices):
    """Whose turn it is."""

    FOUND = "found", "指示待ち"
    INSTRUCTED = "instructed", "訂正の指示済み"
    DONE = "done", "訂正済み（確認待ち）"
    CHECKED = "checked", "確認済み"
    NOT_NEEDED = "not_needed", "訂正不要"


OPEN_CORRECTIONS = [CorrectionStatus.FOUND, CorrectionStatus.INSTRUCTED, CorrectionStatus.DONE]


class Correction(Moving):
    """An error found in what a file holds, what was ordered, done and checked (第13条).

    Found by the ward itself; a person's own request for correction (法第90条) is another procedure and none of this.
    Says which items are wrong and how many persons', never whose or what stood there.
    """

    status = models.CharField("状態", max_length=12, choices=CorrectionStatus, default=CorrectionStatus.FOUND)
    file = models.ForeignKey(FILE, models.PROTECT, verbose_name="個人情報ファイル", related_name="corrections")
    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="所管", related_name="+")
    found_by = person("見つけた人")
    found_on = models.DateField("見つけた日")
    reported_at = models.DateTimeField("知らせた日時", auto_now_add=True)
    items = models.TextField("誤りのある記録項目", max_length=4000)
    persons = models.PositiveIntegerField("誤りのある本人の数", null=True, blank=True)
    description = models.TextField("どのような誤りか", max_length=2000)
    instruction = models.TextField("指示", max_length=2000, blank=True)
    due_on = models.DateField("訂正の期限", null=True, blank=True)
    instructed_by = nobody_yet("指示した人")
    instructed_post = models.CharField("指示した人の役割", max_length=120, blank=True)
    instructed_at = models.DateTimeField("指示した日時", null=True, blank=True)
    done_on = models.DateField("訂正した日", null=True, blank=True)
    done_note = models.TextField("訂正のしかた、根拠とした資料", max_length=2000, blank=True)
    done_by = nobody_yet("訂正した人")
    checked_by = nobody_yet("確かめた人")
    checked_at = models.DateTimeField("確かめた日時", null=True, blank=True)
    form_token = models.CharField(max_length=60, null=True, unique=True, editable=False)
    history = HistoricalRecords(excluded_fields=["stamp", "form_token"], verbose_name="誤りの訂正の履歴")

    class Meta:
        verbose_name = verbose_name_plural = "誤りの訂正"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="correction_unit_status", fields=["unit", "status", "-id"]),
            models.Index(name="correction_status_since", fields=["status", "status_since"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="correction_checked_by_another_than_done",
                condition=Q(checked_by=None) | ~Q(checked_by=F("done_by")),
                violation_error_message="訂正した人は、その確認ができません。",
            ),
            models.CheckConstraint(
                name="correction_is_done_by_order",
                condition=~Q(status__in=["instructed", "done", "checked", "not_needed"])
                | (Q(instructed_by__isnull=False) & ~Q(instruction="")),
            ),
        ]

    def __str__(self):
        return f"誤りの訂正　{self.file.name}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("handling:correction", args=[self.pk])

    def late(self, on: date) -> bool:
        """Whether what was ordered should have been done by now."""
        return self.status == CorrectionStatus.INSTRUCTED and self.due_on is not None and self.due_on < on
