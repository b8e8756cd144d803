"""The check before something is sent, and that it was sent (第14条)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from files_registry.handling.acts import Channel, Encryption, Level
from files_registry.handling.models.moving import FILE, Moving, nobody_yet, person


class CheckStatus(models.TextChoices):
    """Where it is: filled by one, confirmed by another, sent; what was asked for is done by its request."""

    FILLED = "filled", "二人目の確認待ち"
    CONFIRMED = "confirmed", "二人で確認済み"
    SENT = "sent", "送付済み"
    SENT_BACK = "sent_back", "やり直し"
    CALLED_OFF = "called_off", "送付の取りやめ"


class SendingCheck(Moving):
    """A channel's checklist before a sending: filled by one person, confirmed by another (第14条).

    Of a sending that was asked for (`request`), or of one that needs no permission of its own: under a standing one, or
    an act that is only noted. `unit` holds the file, `sender_unit` is where who sends works. `points` are the checklist
    as it was, so that a later list changes nothing; every one of them was ticked twice. `sent_on` and the columns
    after it say when and how it was sent and what remained, where no request says so.
    """

    request = models.ForeignKey(
        "HandlingRequest", models.PROTECT, verbose_name="申請", related_name="sending_checks", null=True, blank=True
    )
    file = models.ForeignKey(FILE, models.PROTECT, verbose_name="個人情報ファイル", related_name="sending_checks")
    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="所管", related_name="+")
    sender_unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="送る人の所属", related_name="+")
    what = models.CharField("送るもの", max_length=200, blank=True)
    items = models.TextField("取り扱う記録項目", max_length=4000, blank=True)
    persons = models.PositiveIntegerField("本人の数", null=True, blank=True)
    recipient = models.CharField("送り先", max_length=200, blank=True)
    encryption = models.CharField("暗号化", max_length=10, choices=Encryption, blank=True)
    level = models.CharField("一人目のとき要ったもの", max_length=10, choices=Level, blank=True)
    standing = models.ForeignKey(
        "StandingPermission", models.PROTECT, verbose_name="包括許可", related_name="sendings", null=True, blank=True
    )
    status = models.CharField("状態", max_length=12, choices=CheckStatus, default=CheckStatus.FILLED)
    channel = models.CharField("送る方法", max_length=10, choices=Channel)
    points = models.JSONField("確かめること")
    source = models.CharField("チェックリストの根拠", max_length=250, blank=True)
    filled_by = person("一人目")
    filled_at = models.DateTimeField("一人目が確かめた日時")
    asked_of = person("二人目に頼んだ人")
    confirmed_by = nobody_yet("二人目")
    confirmed_at = models.DateTimeField("二人目が確かめた日時", null=True, blank=True)
    note = models.CharField("やり直す所", max_length=1000, blank=True)
    sent_on = models.DateField("送った日", null=True, blank=True)
    sent_how = models.CharField("送った方法、受付番号など", max_length=200, blank=True)
    remains = models.CharField("手もとに残ったもの", max_length=200, blank=True)
    sent_by = nobody_yet("送付を記録した人")
    sent_at = models.DateTimeField("送付を記録した日時", null=True, blank=True)
    form_token = models.CharField(max_length=60, null=True, unique=True, editable=False)
    history = HistoricalRecords(excluded_fields=["stamp", "form_token"], verbose_name="送付前の確認の履歴")

    class Meta:
        verbose_name = verbose_name_plural = "送付前の確認"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="check_asked_of", fields=["asked_of", "status"]),
            models.Index(name="check_waiting", fields=["filled_at"], condition=Q(status="filled")),
            models.Index(
                name="check_unsent", fields=["confirmed_at"], condition=Q(status="confirmed", request__isnull=True)
            ),
            models.Index(name="check_unit", fields=["unit", "-id"]),
            models.Index(name="check_sender_unit", fields=["sender_unit", "-id"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="check_confirmed_by_another_than_filled",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("filled_by")),
                violation_error_message="一人目と同じ人は、二人目の確認ができません。",
            ),
            models.CheckConstraint(
                name="check_confirmed_names_who_and_when",
                condition=~Q(status="confirmed") | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="check_without_request_says_what_is_sent",
                condition=Q(request__isnull=False)
                | (~Q(what="") & ~Q(recipient="") & Q(persons__isnull=False, level__in=["note", "standing"])),
            ),
            models.CheckConstraint(
                name="check_by_standing_names_it",
                condition=Q(request__isnull=False) | ~Q(level="standing") | Q(standing__isnull=False),
            ),
            models.CheckConstraint(
                name="check_sent_was_confirmed_and_says_how",
                condition=~Q(status="sent")
                | (
                    Q(request__isnull=True, confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & Q(sent_on__isnull=False, sent_by__isnull=False, sent_at__isnull=False)
                    & ~Q(sent_how="")
                    & ~Q(remains="")
                ),
                violation_error_message="送る前の確認が終わっていません（第14条）。",
            ),
            models.UniqueConstraint(
                name="check_one_open_a_request", fields=["request"], condition=Q(status__in=["filled", "confirmed"])
            ),
        ]

    def __str__(self):
        return f"送る前の確認　{self.get_channel_display()}　{self.file.name}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("handling:check", args=[self.pk])

    @property
    def unsent(self) -> bool:
        """Whether it may be sent and nobody has said so; what was asked for is said by its request."""
        return self.status == CheckStatus.CONFIRMED and self.request_id is None
