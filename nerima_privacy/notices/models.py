"""The outbox and the inbox are one table: a notice is shown at once and mailed after commit."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Notice(models.Model):
    """Something a person is told. `key` is unique for each person, so that nothing is told twice."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="あて先", related_name="notices")
    kind = models.CharField("種類", max_length=60)
    key = models.CharField(max_length=160)
    title = models.CharField("件名", max_length=250)
    body = models.TextField("本文", blank=True)
    url = models.CharField("ページ", max_length=250, blank=True)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    created_at = models.DateTimeField("日時", default=timezone.now)
    read_at = models.DateTimeField("読んだ日時", null=True, blank=True)
    mail_to = models.EmailField("メールのあて先", blank=True)
    mailed_at = models.DateTimeField("メール送信日時", null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("送信の試み", default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField("最後の失敗", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "お知らせ"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(name="notice_tells_each_person_once", fields=["to", "key"])]
        indexes: ClassVar = [
            models.Index(name="notice_inbox", fields=["to", "-id"]),
            models.Index(name="notice_unread", fields=["to"], condition=Q(read_at=None)),
            models.Index(
                name="notice_mail_due",
                fields=["next_attempt_at"],
                condition=Q(mailed_at=None) & ~Q(mail_to=""),
            ),
        ]

    def __str__(self):
        return self.title
