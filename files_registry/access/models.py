"""A grant, the guardian rows that are its right, who is meant by a group of posts, and openings (第11条)."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from simple_history.models import HistoricalRecords

from files_registry.catalogue.rights import Right
from nerima_privacy.activity.append_only import AppendOnlyModel

FILE = "files_registry.PersonalInformationFile"


class GroupKind(models.TextChoices):
    """Whom of a unit a group means. It has no list of members: who works there now belongs to it."""

    STAFF = "staff", "職員・教職員"
    OFFICERS = "officers", "保護担当者"
    DISPATCHED = "dispatched", "派遣・委託先の人"


class PostGroup(models.Model):
    """The people of a unit, as one to whom a right is given; django's group behind it is what guardian knows."""

    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="組織", related_name="post_groups")
    kind = models.CharField("だれ", max_length=12, choices=GroupKind)
    group = models.OneToOneField(Group, models.PROTECT, related_name="post_group")

    class Meta:
        verbose_name = verbose_name_plural = "職のまとまり"
        constraints: ClassVar = [models.UniqueConstraint(name="post_group_once_a_unit", fields=["unit", "kind"])]

    def __str__(self):
        return f"{self.unit.name}の{self.get_kind_display()}"


class GrantStatus(models.TextChoices):
    """Where a grant is in its life. Only GRANTED is a right, and only between its two moments."""

    REQUESTED = "requested", "申請中"
    GRANTED = "granted", "許可"
    REFUSED = "refused", "不許可"
    WITHDRAWN = "withdrawn", "取下げ"
    NARROWED = "narrowed", "縮小（新しい許可に引継ぎ）"
    SUSPENDED = "suspended", "停止"
    REVOKED = "revoked", "取消し"
    ENDED = "ended", "終了"


class Origin(models.TextChoices):
    """How a grant came to be."""

    REQUEST = "request", "本人の申請"
    PROPOSAL = "proposal", "所管からの提案"
    HANDLING = "handling", "取扱いの許可に伴うもの"


OPEN_STATUSES = (GrantStatus.REQUESTED, GrantStatus.GRANTED, GrantStatus.SUSPENDED)


class Grant(models.Model):
    """Who may do what with a file, for what, from when until when, and who allowed it (第11条第1項).

    What was decided is never edited: narrowing ends a grant and writes another, so that any past day can be read back.
    `unit` is where the person works; the right lasts no longer than the person does there. `ends_at` is the first
    moment without the right; `ended_at` the moment it was taken away or found to have ended, if earlier. `used_at` is
    when the person last opened the file while having it: told by the openings too, but here an index finds what lies
    idle. Nothing is written there for a group.
    """

    file = models.ForeignKey(FILE, models.PROTECT, verbose_name="個人情報ファイル", related_name="grants")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="職員等", related_name="grants", null=True, blank=True
    )
    group = models.ForeignKey(
        PostGroup, models.PROTECT, verbose_name="職のまとまり", related_name="grants", null=True, blank=True
    )
    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="所属", related_name="+")
    may_open = models.BooleanField(Right.OPEN.label, default=True)
    may_enter = models.BooleanField(Right.ENTER.label, default=False)
    may_erase = models.BooleanField(Right.ERASE.label, default=False)
    may_output = models.BooleanField(Right.OUTPUT.label, default=False)
    purpose = models.CharField("利用の目的", max_length=400)
    begins_at = models.DateTimeField("はじまり")
    ends_at = models.DateTimeField("終わり（この時刻まで）")
    status = models.CharField("状態", max_length=12, choices=GrantStatus, default=GrantStatus.REQUESTED)
    status_since = models.DateTimeField("いまの状態になった日時")
    origin = models.CharField("きっかけ", max_length=12, choices=Origin, default=Origin.REQUEST)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="申し出た人", related_name="grants_asked"
    )
    asked_at = models.DateTimeField("申し出た日時")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="決めた人", related_name="+", null=True, blank=True
    )
    decided_post = models.CharField("決めた人の役割", max_length=120, blank=True)
    decided_at = models.DateTimeField("決めた日時", null=True, blank=True)
    decision_note = models.CharField("条件・理由", max_length=1000, blank=True)
    ended_at = models.DateTimeField("終わった日時", null=True, blank=True)
    end_reason = models.CharField("終わった理由", max_length=1000, blank=True)
    narrows = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="縮小前の許可",
        related_name="narrowed_to",
        null=True,
        blank=True,
    )
    kept_at = models.DateTimeField("棚卸しで継続とした日時", null=True, blank=True)
    used_at = models.DateTimeField("最後に使った日時", null=True, blank=True, editable=False)
    form_token = models.CharField(max_length=60, null=True, unique=True, editable=False)
    history = HistoricalRecords(excluded_fields=["used_at", "form_token"], verbose_name="アクセス権の履歴")

    class Meta:
        verbose_name = verbose_name_plural = "アクセス権"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="grant_file_status", fields=["file", "status", "-id"]),
            models.Index(name="grant_person_status", fields=["person", "status", "-id"]),
            models.Index(name="grant_asked_by", fields=["asked_by", "-id"]),
            models.Index(
                name="grant_moving", fields=["status_since"], condition=Q(status__in=["requested", "suspended"])
            ),
            models.Index(
                name="grant_ended",
                fields=["-id"],
                condition=Q(status__in=["refused", "withdrawn", "narrowed", "revoked", "ended"]),
            ),
            models.Index(name="grant_ending", fields=["ends_at"], condition=Q(status="granted")),
            models.Index(
                Coalesce("used_at", "decided_at"),
                name="grant_idle",
                condition=Q(status="granted", person__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="grant_is_for_a_person_or_a_group",
                condition=Q(person__isnull=False, group=None) | Q(person=None, group__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_gives_some_right",
                condition=Q(may_open=True) | Q(may_enter=True) | Q(may_erase=True) | Q(may_output=True),
            ),
            models.CheckConstraint(name="grant_ends_after_it_begins", condition=Q(ends_at__gt=F("begins_at"))),
            models.CheckConstraint(
                name="grant_is_decided_by_somebody",
                condition=Q(status__in=["requested", "withdrawn"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_applicant_never_decides",
                condition=Q(decided_by=None) | Q(person=None) | ~Q(decided_by=F("person")),
            ),
            models.CheckConstraint(
                name="grant_ended_has_its_moment_and_reason",
                condition=~Q(status__in=["revoked", "ended", "narrowed", "suspended"])
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="grant_in_force_has_not_ended", condition=~Q(status="granted") | Q(ended_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.file.name}　{self.holder}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("access:grant", args=[self.pk])

    @property
    def holder(self):
        """The person, or the group, in words."""
        return str(self.person or self.group)

    @property
    def last_day(self) -> date:
        """The last day with the right, as people say it."""
        return last_day(self.ends_at)

    @property
    def rights(self) -> list[Right]:
        """The rights given, in the order of their names."""
        return [right for right, field in FIELDS.items() if getattr(self, field)]


def last_day(ends_at: datetime) -> date:
    """The last day before a moment at which something has ended, as people say it."""
    return timezone.localtime(ends_at - timedelta(microseconds=1)).date()


FIELDS = {Right.OPEN: "may_open", Right.ENTER: "may_enter", Right.ERASE: "may_erase", Right.OUTPUT: "may_output"}


class Period(models.Model):
    """Between which moments a row of guardian's is a right; the file and the person are asked besides."""

    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    unit = models.ForeignKey("roles.Unit", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class FileUserRight(UserObjectPermissionBase, Period):
    """guardian's row for a person. Written and deleted with its grant, in one transaction, and nowhere else."""

    content_object = models.ForeignKey(FILE, models.CASCADE, related_name="user_rights")  # guardian finds it by that
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="user_rights")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        unique_together: ClassVar = [["grant", "permission"]]
        indexes: ClassVar = [
            models.Index(name="file_user_right_whose", fields=["user", "permission", "ends_at", "content_object"]),
            models.Index(name="file_user_right_of", fields=["content_object", "user"]),
        ]


class FileGroupRight(GroupObjectPermissionBase, Period):
    """guardian's row for a group of posts."""

    content_object = models.ForeignKey(FILE, models.CASCADE, related_name="group_rights")
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="group_rights")

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
        unique_together: ClassVar = [["grant", "permission"]]
        indexes: ClassVar = [
            models.Index(name="file_group_right_whose", fields=["group", "permission", "ends_at", "content_object"]),
            models.Index(name="file_group_right_of", fields=["content_object", "group"]),
        ]


class Opening(AppendOnlyModel):
    """Somebody opened what a file holds, or was refused: who, in which post, when, what for (第11条第3項)."""

    file = models.ForeignKey(FILE, models.PROTECT, verbose_name="個人情報ファイル", related_name="openings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="職員等", related_name="openings")
    at = models.DateTimeField("日時", auto_now_add=True)
    ground = models.CharField("根拠", max_length=140, blank=True, help_text="役割、または許可の番号")
    purpose = models.CharField("利用の目的", max_length=400, blank=True)
    refused = models.BooleanField("拒まれた", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "ファイルを開いた記録"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="opening_of_file", fields=["file", "-id"]),
            models.Index(name="opening_by_person", fields=["person", "file", "-id"]),
        ]

    def __str__(self):
        return f"{self.file.name}　{self.person}"
