"""Information systems, who administers each and when, the files each holds, and what was agreed (第5条第4項)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from roles.models import PeriodQuerySet

FILE = "files_registry.PersonalInformationFile"


class InformationSystem(models.Model):
    """A system in which files are kept, of the unit that runs it (第5条第4項). Ended by a last day, not deleted."""

    name = models.CharField("名称", max_length=120, unique=True)
    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="所管", related_name="information_systems")
    purpose = models.CharField("なにに使うか", max_length=400)
    valid_from = models.DateField("使いはじめた日")
    valid_to = models.DateField("使い終えた日（この日まで）", null=True, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登録した人", related_name="+"
    )
    registered_at = models.DateTimeField("登録した日時", auto_now_add=True)
    stamp = models.PositiveIntegerField(default=0, editable=False)
    form_token = models.CharField(max_length=60, null=True, unique=True, editable=False)
    history = HistoricalRecords(excluded_fields=["stamp", "form_token"], verbose_name="情報システムの履歴")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "情報システム"
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [models.Index(name="system_of_unit", fields=["unit", "name"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="system_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("systems:detail", args=[self.pk])


class AdministratorQuerySet(PeriodQuerySet):
    """Who was named to administer a system."""

    def standing(self) -> Self:
        """Those not withdrawn; they alone count."""
        return self.filter(withdrawn_at=None)


class SystemAdministrator(models.Model):
    """Who administers a system, from when until when (第5条第4項). One at a time; who did so before stays on record.

    `unit` is where the person worked when named. Whoever has left it administers no longer, without anybody writing
    that down; where it is empty, leaving the ward is what counts (`queries.in_office`).

    A naming that was a mistake is withdrawn: it stays on record and counts for no day. `replaced` is whom it had ended,
    `replaced_until` until when that one was to go on: both come back when it is withdrawn.
    """

    system = models.ForeignKey(
        InformationSystem, models.PROTECT, verbose_name="情報システム", related_name="administrators"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="管理者", related_name="systems_administered"
    )
    unit = models.ForeignKey(
        "roles.Unit", models.PROTECT, verbose_name="管理者の所属", related_name="+", null=True, blank=True
    )
    valid_from = models.DateField("はじまり")
    valid_to = models.DateField("終わり（この日まで）", null=True, blank=True)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登録した人", related_name="+")
    named_at = models.DateTimeField("登録した日時", auto_now_add=True)
    replaced = models.ForeignKey(
        "self", models.PROTECT, verbose_name="前の管理者の登録", related_name="+", null=True, blank=True
    )
    replaced_until = models.DateField("前の管理者の終わり（変える前）", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="取り消した人", related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    withdrawn_reason = models.CharField("取り消した理由", max_length=1000, blank=True)
    history = HistoricalRecords(verbose_name="情報システムの管理者の履歴")

    objects = AdministratorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "情報システムの管理者"
        ordering: ClassVar = ["-valid_from", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="system_has_one_administrator", fields=["system"], condition=Q(valid_to=None, withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="administrator_ends_after_beginning", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="administrator_withdrawn_by_somebody_why",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.system.name}　{self.person.name}"


class SystemFile(models.Model):
    """A file kept in a system, from when until when (第5条第4項). A file may be in several systems."""

    system = models.ForeignKey(
        InformationSystem, models.PROTECT, verbose_name="情報システム", related_name="system_files"
    )
    file = models.ForeignKey(FILE, models.PROTECT, verbose_name="個人情報ファイル", related_name="system_files")
    valid_from = models.DateField("はじまり")
    valid_to = models.DateField("終わり（この日まで）", null=True, blank=True)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登録した人", related_name="+")
    linked_at = models.DateTimeField("登録した日時", auto_now_add=True)
    history = HistoricalRecords(verbose_name="情報システムにあるファイルの履歴")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "情報システムにあるファイル"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(name="system_file_of_file", fields=["file", "valid_to"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="file_once_in_a_system", fields=["system", "file"], condition=Q(valid_to=None)
            ),
            models.CheckConstraint(
                name="system_file_ends_after_beginning",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self):
        return f"{self.system.name}　{self.file.name}"


class Side(models.TextChoices):
    """Who speaks in an agreement: 保護責任者 for the files, the administrator for the system."""

    MANAGER = "manager", "保護責任者"
    ADMINISTRATOR = "administrator", "情報システムの管理者"

    @property
    def other(self) -> "Side":
        """The side that answers."""
        return Side.ADMINISTRATOR if self is Side.MANAGER else Side.MANAGER


class AgreementStatus(models.TextChoices):
    """Where an agreement is in its life. Past its review day is no state: it is `review_on` compared with the day."""

    PROPOSED = "proposed", "回答待ち"
    AGREED = "agreed", "合意"
    REFUSED = "refused", "不同意"
    WITHDRAWN = "withdrawn", "取下げ"
    SUPERSEDED = "superseded", "新しい合意に替わった"


class SystemAgreement(models.Model):
    """What 保護責任者 of the unit of files and the system's administrator agreed on one topic (第5条第4項).

    It is for all files of `unit` in the system. Proposed by one side, answered by the other, never by one person.
    In force from `valid_from` until the day before a newer one on the same topic begins; `review_on` is the day until
    which the two look at it again. `topic` is a code of the parameter `system.agreement_topics`, `topic_label` what it
    was called then.
    """

    system = models.ForeignKey(
        InformationSystem, models.PROTECT, verbose_name="情報システム", related_name="agreements"
    )
    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="ファイルの所管", related_name="+")
    topic = models.CharField("事項の符号", max_length=20)
    topic_label = models.CharField("事項", max_length=120)
    words = models.TextField("合意する内容", max_length=2000)
    valid_from = models.DateField("効力のはじまる日")
    valid_to = models.DateField("効力の終わる日（この日まで）", null=True, blank=True)
    review_on = models.DateField("見直しの期限")
    status = models.CharField("状態", max_length=12, choices=AgreementStatus, default=AgreementStatus.PROPOSED)
    status_since = models.DateTimeField("この状態になった日時")
    side = models.CharField("提案した側", max_length=14, choices=Side)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="提案した人", related_name="+"
    )
    proposed_post = models.CharField("提案した人の役割", max_length=160)
    proposed_at = models.DateTimeField("提案した日時")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="回答した人", related_name="+", null=True, blank=True
    )
    decided_post = models.CharField("回答した人の役割", max_length=160, blank=True)
    decided_at = models.DateTimeField("回答した日時", null=True, blank=True)
    reason = models.CharField("不同意・取下げの理由", max_length=1000, blank=True)
    stamp = models.PositiveIntegerField(default=0, editable=False)
    form_token = models.CharField(max_length=60, null=True, unique=True, editable=False)
    history = HistoricalRecords(excluded_fields=["stamp", "form_token"], verbose_name="情報システムの合意の履歴")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "情報システムの合意"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="agreement_of_pair", fields=["system", "unit", "topic", "status"]),
            models.Index(name="agreement_unit_status", fields=["unit", "status"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="agreement_once_proposed_a_topic",
                fields=["system", "unit", "topic"],
                condition=Q(status=AgreementStatus.PROPOSED),
            ),
            models.UniqueConstraint(
                name="agreement_once_in_force_a_topic",
                fields=["system", "unit", "topic"],
                condition=Q(status=AgreementStatus.AGREED),
            ),
            models.CheckConstraint(
                name="agreement_never_by_one_person",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="agreement_answered_iff_decided",
                condition=Q(status__in=["proposed", "withdrawn"], decided_by=None, decided_at=None)
                | Q(status__in=["agreed", "refused", "superseded"], decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_reviewed_after_it_begins", condition=Q(review_on__gt=F("valid_from"))
            ),
        ]

    def __str__(self):
        return f"{self.system.name}　{self.topic_label}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("systems:agreement", args=[self.pk])
