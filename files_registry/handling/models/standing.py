"""A permission that stands for acts of a kind (包括許可)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from files_registry.handling.acts import Act
from files_registry.handling.models.moving import FILE, Moving, nobody_yet, person


class StandingStatus(models.TextChoices):
    """Where it is in its life. Expired is no state: it is `valid_to` compared with the day."""

    ASKED = "asked", "許可待ち"
    IN_FORCE = "in_force", "有効"
    REFUSED = "refused", "不許可"
    WITHDRAWN = "withdrawn", "取下げ"
    ENDED = "ended", "取消し・終了"


class StandingPermission(Moving):
    """Staff of a unit may do acts of these kinds, to these recipients, with these items, until a day (第12条).

    Lists hold one a line; `other_acts` names each act meant by その他の行為. Each use is a request of its own, allowed
    at once where it lies within all of this.
    """

    status = models.CharField("状態", max_length=12, choices=StandingStatus, default=StandingStatus.ASKED)
    file = models.ForeignKey(FILE, models.PROTECT, verbose_name="個人情報ファイル", related_name="standing_permissions")
    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="所管", related_name="+")
    users_unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="使える所属", related_name="+")
    applicant = person("申請者")
    acts = models.JSONField("行為の種類")
    other_acts = models.TextField("その他の行為の内容", max_length=1000, blank=True)
    recipients = models.TextField("送り先", max_length=2000, blank=True)
    places = models.TextField("場所", max_length=2000, blank=True)
    items = models.TextField("取り扱う記録項目", max_length=4000)
    max_persons = models.PositiveIntegerField("1回の本人の数の上限")
    encrypted = models.BooleanField("暗号化を条件とする", default=True)
    reason = models.TextField("必要な理由", max_length=2000)
    valid_from = models.DateField("初日")
    valid_to = models.DateField("末日")
    conditions = models.TextField("条件・指示", max_length=2000, blank=True)
    decided_by = nobody_yet("決めた人")
    decided_post = models.CharField("決めた人の役割", max_length=120, blank=True)
    decided_at = models.DateTimeField("決めた日時", null=True, blank=True)
    ended_on = models.DateField("取り消した日", null=True, blank=True)
    end_reason = models.CharField("取り消した理由", max_length=1000, blank=True)
    form_token = models.CharField(max_length=60, null=True, unique=True, editable=False)
    history = HistoricalRecords(excluded_fields=["stamp", "form_token"], verbose_name="包括許可の履歴")

    class Meta:
        verbose_name = verbose_name_plural = "包括許可"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="standing_file_status", fields=["file", "status", "-id"]),
            models.Index(name="standing_unit_status", fields=["unit", "status", "-id"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="standing_applicant_never_decides",
                condition=Q(decided_by=None) | ~Q(decided_by=F("applicant")),
            ),
            models.CheckConstraint(
                name="standing_in_force_is_decided",
                condition=~Q(status__in=["in_force", "refused", "ended"]) | Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(name="standing_ends_after_it_begins", condition=Q(valid_to__gte=F("valid_from"))),
        ]

    def __str__(self):
        return f"包括許可　{self.file.name}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("handling:standing", args=[self.pk])

    @property
    def acts_label(self) -> str:
        """「複製、その他の行為（委託先の端末での処理）」; one from before an act had to be named says so."""
        others = "、".join(self.other_acts.splitlines()) or "内容の定めなし"
        labels = {act: str(Act(act).label) for act in self.acts}
        return "、".join(f"{label}（{others}）" if act == Act.OTHER else label for act, label in labels.items())

    def stands(self, on: date) -> bool:
        """Whether it may be used on a day."""
        return self.status == StandingStatus.IN_FORCE and self.valid_from <= on <= self.valid_to

    def stood(self, on: date) -> bool:
        """Whether it could be used on a day that has passed, though it may have ended since."""
        return self.valid_from <= on <= self.valid_to and (self.ended_on is None or on <= self.ended_on)

    def expired(self, on: date) -> bool:
        """Whether its last day has passed."""
        return self.status == StandingStatus.IN_FORCE and self.valid_to < on
