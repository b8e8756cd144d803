"""One upload: its dry run, and its commit."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class RunStatus(models.TextChoices):
    """Where an import is."""

    WAITING = "waiting", "確認を待っています"
    CHECKING = "checking", "確認しています"
    CHECKED = "checked", "確認ずみ（まだ取り込んでいません）"
    WRONG = "wrong", "誤りがあります"
    COMMITTING = "committing", "取り込んでいます"
    DONE = "done", "取り込みました"
    DISCARDED = "discarded", "取りやめました"
    FAILED = "failed", "途中で止まりました（なにも取り込まれていません）"


class ImportRun(models.Model):
    """A table somebody uploaded. The file itself is kept until it is taken in or given up, and not after."""

    kind = models.CharField("種類", max_length=40)
    status = models.CharField("状態", max_length=12, choices=RunStatus, default=RunStatus.WAITING)
    file_name = models.CharField("ファイル名", max_length=200)
    payload = models.BinaryField(null=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="取込みをした人", related_name="+"
    )
    uploaded_at = models.DateTimeField("日時", auto_now_add=True)
    reason = models.CharField("理由", max_length=250)
    rows = models.PositiveIntegerField("行数", default=0)
    counts = models.JSONField("件数", default=list)
    problems = models.JSONField("誤りと注意", default=list)
    errors_count = models.PositiveIntegerField("誤りの数", default=0)
    digest = models.CharField(max_length=64, blank=True)
    committed_at = models.DateTimeField("取り込んだ日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "取込み"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="import_done_keeps_no_file",
                condition=~Q(status__in=["done", "discarded"]) | Q(payload=None),
            )
        ]

    def __str__(self):
        return f"取込み　{self.file_name}"

    def get_absolute_url(self):
        return reverse("imports:detail", args=[self.pk])
