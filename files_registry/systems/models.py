"""Information systems, who administers each and when, and the files each holds (第5条第4項)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from roles.models import PeriodQuerySet

FILE = "files_registry.PersonalInformationFile"


class InformationSystem(models.Model):
    """A system in which files are kept, of the unit that runs it. It is retired by its last day, never deleted."""

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


class SystemAdministrator(models.Model):
    """Who administers a system, from when until when. One at a time; whose period is over stays on record."""

    system = models.ForeignKey(
        InformationSystem, models.PROTECT, verbose_name="情報システム", related_name="administrators"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="管理者", related_name="systems_administered"
    )
    valid_from = models.DateField("はじまり")
    valid_to = models.DateField("終わり（この日まで）", null=True, blank=True)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登録した人", related_name="+")
    named_at = models.DateTimeField("登録した日時", auto_now_add=True)
    history = HistoricalRecords(verbose_name="情報システムの管理者の履歴")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "情報システムの管理者"
        ordering: ClassVar = ["-valid_from", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="system_has_one_administrator", fields=["system"], condition=Q(valid_to=None)),
            models.CheckConstraint(
                name="administrator_ends_after_beginning", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self):
        return f"{self.system.name}　{self.person.name}"


class SystemFile(models.Model):
    """A file kept in a system, from when until when. A file may be in several systems, a system holds many files."""

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
