"""Asking for a later day of return or erasure (第12条)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from files_registry.handling.models.moving import nobody_yet, person


class ExtensionStatus(models.TextChoices):
    """Where it is: asked for, decided, or over before anybody decided."""

    ASKED = "asked", "延長の判断待ち"
    GRANTED = "granted", "延長を許可"
    REFUSED = "refused", "延長を不許可"
    WITHDRAWN = "withdrawn", "取下げ"
    SETTLED = "settled", "決める前に終わったもの"


class Extension(models.Model):
    """A later day by which what a request let out must be back or erased, asked for with a reason (第12条).

    It moves with its request: the request is locked, stamped and has the entries. `due_before` is the day as it was
    when this was asked, and stays readable when the request has a later one.
    """

    request = models.ForeignKey("HandlingRequest", models.PROTECT, verbose_name="申請", related_name="extensions")
    status = models.CharField("状態", max_length=12, choices=ExtensionStatus, default=ExtensionStatus.ASKED)
    due_before = models.DateField("延長の前の期限")
    due_on = models.DateField("延長したあとの期限")
    reason = models.TextField("延長の理由", max_length=1000)
    asked_by = person("延長を求めた人")
    asked_at = models.DateTimeField("延長を求めた日時")
    decided_by = nobody_yet("延長を決めた人")
    decided_post = models.CharField("延長を決めた人の役割", max_length=120, blank=True)
    decided_at = models.DateTimeField("延長を決めた日時", null=True, blank=True)
    answer = models.TextField("延長の条件、または理由", max_length=1000, blank=True)
    ended_at = models.DateTimeField("判断待ちでなくなった日時", null=True, blank=True)
    history = HistoricalRecords(verbose_name="期限の延長の履歴")

    class Meta:
        verbose_name = verbose_name_plural = "返却・消去の期限の延長"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="extension_one_open_a_request", fields=["request"], condition=Q(status="asked")
            ),
            models.CheckConstraint(name="extension_ends_later_than_before", condition=Q(due_on__gt=F("due_before"))),
            models.CheckConstraint(
                name="extension_asker_never_decides",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                violation_error_message="延長を求めた人は、その延長を決められません。",
            ),
            models.CheckConstraint(
                name="extension_decided_names_who_and_when",
                condition=~Q(status__in=["granted", "refused"]) | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(name="extension_refused_says_why", condition=~Q(status="refused") | ~Q(answer="")),
            models.CheckConstraint(
                name="extension_is_open_until_it_ended",
                condition=Q(status="asked", ended_at=None) | (~Q(status="asked") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"期限の延長　{self.request}"

    def get_absolute_url(self):
        return self.request.get_absolute_url()

    @property
    def late(self) -> bool:
        """Whether it was asked for when the day had passed."""
        return timezone.localtime(self.asked_at).date() > self.due_before
