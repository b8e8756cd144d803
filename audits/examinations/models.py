"""An audit: which units, by which 監査責任者, on what, from when until when, and who allowed it (第24条)."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords


class AuditStatus(models.TextChoices):
    """Where an audit is in its life. Only UNDER_WAY opens anything, and only between its days."""

    DRAFT = "draft", "案"
    SUBMITTED = "submitted", "承認待ち"
    UNDER_WAY = "under_way", "実施中"
    REFUSED = "refused", "不承認"
    WITHDRAWN = "withdrawn", "取下げ"
    ENDED = "ended", "終了"


class Occasion(models.TextChoices):
    """第24条: 定期に、および必要に応じ随時に."""

    REGULAR = "regular", "定期"
    SPECIAL = "special", "随時"


OPEN_STATUSES = (AuditStatus.DRAFT, AuditStatus.SUBMITTED, AuditStatus.UNDER_WAY)
ALLOWED = (AuditStatus.UNDER_WAY, AuditStatus.ENDED)


class AuditQuerySet(models.QuerySet):
    """Audits."""

    def in_force(self, at: datetime) -> Self:
        """Those that opened something at a moment: allowed before, between their days, not ended early by then."""
        day = timezone.localtime(at).date()
        return self.filter(
            Q(ended_at=None) | Q(ended_at__gt=at),
            status__in=ALLOWED,
            begins_on__lte=day,
            ends_on__gte=day,
            decided_at__lte=at,
        )


class Audit(models.Model):
    """An audit of units by 監査責任者 within a period that 総括保護管理者 approved (第7条第3項・第24条).

    What was approved is never edited: a longer period is another audit (`continues`) with an approval of its own, so
    that any past day can be read back. A 部 among `units` stands for itself and the units under it. `ends_on` is the
    last day with the right; `ended_at` the moment it was over, `ended_by` who ended it before that day.
    """

    title = models.CharField("件名", max_length=120)
    occasion = models.CharField("定期・随時の別", max_length=12, choices=Occasion, default=Occasion.REGULAR)
    purpose = models.CharField("監査の目的", max_length=400)
    matters = models.TextField("監査する事項", max_length=4000)
    officers = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name="監査責任者", related_name="audits")
    units = models.ManyToManyField("roles.Unit", verbose_name="監査する組織", related_name="audits")
    begins_on = models.DateField("はじまり")
    ends_on = models.DateField("終わり（この日まで）")
    continues = models.ForeignKey(
        "self", models.PROTECT, verbose_name="引き継ぐ監査", related_name="continued_by", null=True, blank=True
    )
    status = models.CharField("状態", max_length=12, choices=AuditStatus, default=AuditStatus.DRAFT)
    status_since = models.DateTimeField("いまの状態になった日時")
    stamp = models.PositiveIntegerField(default=0, editable=False)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="案をつくった人", related_name="audits_planned"
    )
    planned_at = models.DateTimeField("案をつくった日時")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="承認を求めた人", related_name="+", null=True, blank=True
    )
    submitted_at = models.DateTimeField("承認を求めた日時", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="決めた人", related_name="+", null=True, blank=True
    )
    decided_post = models.CharField("決めた人の役割", max_length=120, blank=True)
    decided_at = models.DateTimeField("決めた日時", null=True, blank=True)
    decision_note = models.CharField("条件・理由", max_length=1000, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="終えた人", related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField("終わった日時", null=True, blank=True)
    end_reason = models.CharField("終わった理由", max_length=1000, blank=True)
    form_token = models.CharField(max_length=60, null=True, unique=True, editable=False)
    history = HistoricalRecords(m2m_fields=[officers, units], excluded_fields=["form_token"], verbose_name="監査の履歴")

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "監査"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="audit_status_until", fields=["status", "ends_on"]),
            models.Index(name="audit_planned_by", fields=["planned_by", "-id"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="audit_ends_after_it_begins", condition=Q(ends_on__gte=F("begins_on"))),
            models.CheckConstraint(
                name="audit_waits_with_who_asked_for_it",
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="audit_is_decided_by_somebody",
                condition=Q(status__in=["draft", "submitted", "withdrawn"])
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_post=""),
            ),
            models.CheckConstraint(
                name="audit_planner_never_decides",
                condition=Q(decided_by=None) | ~Q(decided_by=F("planned_by")) & ~Q(decided_by=F("submitted_by")),
            ),
            models.CheckConstraint(
                name="audit_refused_gives_its_reason", condition=~Q(status="refused") | ~Q(decision_note="")
            ),
            models.CheckConstraint(
                name="audit_ended_has_its_moment_and_reason",
                condition=Q(status="ended", ended_at__isnull=False) & ~Q(end_reason="")
                | ~Q(status="ended") & Q(ended_at=None, ended_by=None),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("audits:detail", args=[self.pk])

    @property
    def label(self) -> str:
        """As the record names it: 「監査3　窓口の監査」."""
        return f"監査{self.pk}　{self.title}"
