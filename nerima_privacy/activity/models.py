"""Entries, and the chained blocks that seal them. Rows are inserted and never changed (append_only.py)."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from nerima_privacy.activity.append_only import AppendOnlyModel


class Entry(AppendOnlyModel):
    """One verb, done once. Holds ids and names of changed fields, never copies of the personal data itself."""

    at = models.DateTimeField("日時", default=timezone.now, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="だれが", related_name="+")
    actor_name = models.CharField("氏名（当時）", max_length=60)
    post_label = models.CharField("どの立場で", max_length=120, blank=True)
    verb = models.CharField("何を", max_length=60)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject_label = models.CharField("対象", max_length=250)
    reason = models.TextField("理由", blank=True)
    changed = models.JSONField("変わった項目", default=list)
    facts = models.JSONField("付随する事実", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "活動の記録"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="entry_subject", fields=["subject_type", "subject_id", "-id"]),
            models.Index(name="entry_actor", fields=["actor", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_label}"


class Pending(models.Model):
    """An entry not sealed yet. Inserted with the entry, removed when a block takes it."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="pending")


class Block(AppendOnlyModel):
    """A sealed run of entries: its digest covers the digest before it and every entry in it."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField(default=timezone.now)
    previous_digest = models.CharField(max_length=64)
    entries = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)


class Seal(AppendOnlyModel):
    """That an entry stands in a block, at which place, with which digest."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="seal")
    block = models.ForeignKey(Block, models.PROTECT, related_name="seals")
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="seal_position_once_a_block", fields=["block", "position"])
        ]
