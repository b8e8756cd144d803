"""The request to copy, send, take out or do another risky act (第12条), and its states."""

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from files_registry.handling.acts import Act, Channel, Encryption, Level
from files_registry.handling.models.moving import FILE, Moving, nobody_yet, person
from nerima_privacy.calendars.periods import end_of, midnight, today


class HandlingStatus(models.TextChoices):
    """Whose turn it is. Overdue is no state: it is `return_due_on` compared with the day it is asked on."""

    DRAFT = "draft", "作成中"
    SUBMITTED = "submitted", "許可待ち"
    ASKED = "asked", "確認を求められています"
    ALLOWED = "allowed", "許可"
    REFUSED = "refused", "不許可"
    WITHDRAWN = "withdrawn", "取下げ"
    DONE = "done", "実施中（返却・消去待ち）"
    RETURNED = "returned", "返却・消去の確認待ち"
    CLOSED = "closed", "終了"


S = HandlingStatus
OPEN_STATUSES = [S.DRAFT, S.SUBMITTED, S.ASKED, S.ALLOWED, S.DONE, S.RETURNED]
AFTER_ALLOWED = [S.ALLOWED, S.DONE, S.RETURNED, S.CLOSED]


class Basis(models.TextChoices):
    """On what ground a request is allowed."""

    DECIDED = "decided", "個別の許可"
    STANDING = "standing", "包括許可による"
    NOTED = "noted", "記録だけでよい行為"


class ReturnKind(models.TextChoices):
    """How what was copied or taken out ended."""

    RETURNED = "returned", "返却した"
    ERASED = "erased", "消去・廃棄した"


class HandlingRequest(Moving):
    """A request to copy, send, send out, take out, or do another risky act with what a file holds (第12条).

    What it must say by its act: acts.py. `unit` holds the file and decides; `applicant_unit` is where the applicant
    works, on which the right that it opens rests. `grant` is that right.
    """

    act = models.CharField("行為", max_length=10, choices=Act)
    status = models.CharField("状態", max_length=12, choices=HandlingStatus, default=S.DRAFT)
    file = models.ForeignKey(FILE, models.PROTECT, verbose_name="個人情報ファイル", related_name="handling_requests")
    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="所管", related_name="handling_requests")
    applicant = person("申請者")
    applicant_unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="申請者の所属", related_name="+")
    prepared_by = person("作成者")

    act_text = models.CharField("行為の内容", max_length=200, blank=True)
    channel = models.CharField("送る方法", max_length=10, choices=Channel, blank=True)
    items = models.TextField("取り扱う記録項目", max_length=4000, blank=True)
    persons = models.PositiveIntegerField("本人の数", null=True, blank=True)
    medium = models.CharField("媒体", max_length=20, blank=True)
    encryption = models.CharField("暗号化", max_length=10, choices=Encryption, blank=True)
    encryption_note = models.CharField("暗号化の方法、または暗号化しない理由", max_length=200, blank=True)
    recipient = models.CharField("送り先", max_length=200, blank=True)
    place = models.CharField("場所", max_length=200, blank=True)
    begins_on = models.DateField("期間の初日", null=True, blank=True)
    ends_on = models.DateField("期間の末日", null=True, blank=True)
    return_due_on = models.DateField("返却・消去の期限", null=True, blank=True)
    reason = models.TextField("必要な理由", max_length=2000, blank=True)
    standing = models.ForeignKey(
        "StandingPermission", models.PROTECT, verbose_name="包括許可", related_name="uses", null=True, blank=True
    )

    submitted_at = models.DateTimeField("申請日時", null=True, blank=True)
    class_code = models.CharField("申請のときの秘匿性の区分", max_length=20, blank=True)
    level = models.CharField("申請のとき要ったもの", max_length=10, choices=Level, blank=True)
    basis = models.CharField("許可の根拠", max_length=10, choices=Basis, blank=True)
    decided_by = nobody_yet("決めた人")
    decided_post = models.CharField("決めた人の役割", max_length=120, blank=True)
    decided_at = models.DateTimeField("決めた日時", null=True, blank=True)
    instructions = models.TextField("指示・条件", max_length=2000, blank=True)
    grant = models.ForeignKey(
        "Grant", models.PROTECT, verbose_name="開いた権限", related_name="+", null=True, blank=True
    )
    confirmed_check = models.OneToOneField(
        "SendingCheck", models.PROTECT, verbose_name="送付前の確認", related_name="+", null=True, blank=True
    )
    done_on = models.DateField("実施した日", null=True, blank=True)
    done_at = models.DateTimeField("実施を記録した日時", null=True, blank=True)
    done_by = nobody_yet("実施を記録した人")
    return_kind = models.CharField("返却・消去の別", max_length=10, choices=ReturnKind, blank=True)
    returned_on = models.DateField("返却・消去した日", null=True, blank=True)
    return_evidence = models.TextField("返却・消去の確かめ方", max_length=2000, blank=True)
    returned_by = nobody_yet("返却・消去を記録した人")
    closed_at = models.DateTimeField("終了日時", null=True, blank=True)
    closed_by = nobody_yet("終了を確かめた人")
    form_token = models.CharField(max_length=60, null=True, unique=True, editable=False)
    history = HistoricalRecords(excluded_fields=["stamp", "form_token"], verbose_name="取扱いの申請の履歴")

    class Meta:
        verbose_name = verbose_name_plural = "複製・送信・持出し等の申請"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="handling_status_since", fields=["status", "status_since"]),
            models.Index(name="handling_unit_status", fields=["unit", "status", "-id"]),
            models.Index(name="handling_applicant", fields=["applicant", "status", "-id"]),
            models.Index(name="handling_file", fields=["file", "-id"]),
            models.Index(name="handling_return_due", fields=["return_due_on"], condition=Q(status="done")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="handling_applicant_never_decides",
                condition=Q(decided_by=None) | (~Q(decided_by=F("applicant")) & ~Q(decided_by=F("prepared_by"))),
                violation_error_message="申請した人は、自分の申請を決められません。",
            ),
            models.CheckConstraint(
                name="handling_applicant_never_closes",
                condition=Q(closed_by=None) | ~Q(closed_by=F("applicant")),
            ),
            models.CheckConstraint(
                name="handling_allowed_rests_on_a_ground",
                condition=~Q(status__in=["allowed", "done", "returned", "closed"])
                | (Q(decided_at__isnull=False) & ~Q(basis="")),
            ),
            models.CheckConstraint(
                name="handling_decided_by_somebody_unless_by_rule",
                condition=Q(decided_at=None) | Q(decided_by__isnull=False) | Q(basis__in=["standing", "noted"]),
            ),
            models.CheckConstraint(
                name="handling_by_standing_names_it",
                condition=~Q(basis="standing") | Q(standing__isnull=False),
            ),
            models.CheckConstraint(
                name="handling_sending_done_was_checked",
                condition=Q(channel="") | Q(done_at=None) | Q(confirmed_check__isnull=False),
                violation_error_message="送る前の確認が終わっていません（第14条）。",
            ),
            models.CheckConstraint(
                name="handling_returned_has_its_evidence",
                condition=~Q(status="returned")
                | (~Q(return_kind="") & ~Q(return_evidence="") & Q(returned_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="handling_period_ends_after_it_begins",
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
            ),
        ]

    def __str__(self):
        return f"{self.get_act_display()}　{self.file.name}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("handling:detail", args=[self.pk])

    @property
    def begins_at(self) -> datetime:
        """The first moment of the period."""
        return midnight(self.begins_on or today())

    @property
    def ends_at(self) -> datetime:
        """The first moment after the period: the right it opens is none from here on."""
        return end_of(self.ends_on or today())

    def overdue(self, on: date) -> bool:
        """Whether what was copied or taken out should be back or erased by now."""
        return self.status == S.DONE and self.return_due_on is not None and self.return_due_on < on

    def lapsed(self, on: date) -> bool:
        """Whether the period has passed without a word of what was done."""
        return self.status == S.ALLOWED and self.ends_on is not None and self.ends_on < on
