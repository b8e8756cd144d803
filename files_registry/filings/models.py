"""The notification of 第10条 and its states."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords


class FilingKind(models.TextChoices):
    """What is notified."""

    NEW = "new", "保有の届出"
    CHANGE = "change", "変更の届出"
    CEASE = "cease", "廃止の届出"


class FilingStatus(models.TextChoices):
    """Whose turn it is. The last four are ends or waits after the result."""

    DRAFT = "draft", "作成中"
    SUBMITTED = "submitted", "保護責任者の確認待ち"
    RETURNED = "returned", "差戻し"
    FILED = "filed", "情報公開課で検討中"
    CORRECTING = "correcting", "補正を求められています"
    PROPOSED = "proposed", "運営委員会に発議中"
    DECIDED = "decided", "結果の通知待ち"
    NOTIFIED = "notified", "結果通知済み"
    EFFECTED = "effected", "実施済み"
    RECEIVED = "received", "受理済み"
    WITHDRAWN = "withdrawn", "取下げ"


OPEN_STATUSES = [
    FilingStatus.DRAFT,
    FilingStatus.SUBMITTED,
    FilingStatus.RETURNED,
    FilingStatus.FILED,
    FilingStatus.CORRECTING,
    FilingStatus.PROPOSED,
    FilingStatus.DECIDED,
    FilingStatus.NOTIFIED,
]


class Result(models.TextChoices):
    """What 情報公開課長 tells the 保護責任者 (第10条第2項)."""

    NO_OBJECTION = "no_objection", "届出のとおりで支障なし"
    CONDITIONS = "conditions", "条件・意見を付す"
    RECONSIDER = "reconsider", "再検討を求める"


class Filing(models.Model):
    """A notification to 情報公開課長 of a file to be held, to be changed, or no longer held (第10条)."""

    kind = models.CharField("届出の種類", max_length=8, choices=FilingKind)
    status = models.CharField("状態", max_length=12, choices=FilingStatus, default=FilingStatus.DRAFT)
    status_since = models.DateTimeField("この状態になった日時")
    number = models.CharField("届出番号", max_length=20, null=True, blank=True, unique=True)
    file = models.ForeignKey(
        "PersonalInformationFile",
        models.PROTECT,
        verbose_name="個人情報ファイル",
        related_name="filings",
    )
    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="所管", related_name="filings")
    version = models.OneToOneField(
        "FileVersion",
        models.PROTECT,
        verbose_name="届け出る内容",
        related_name="filing",
        null=True,
        blank=True,
        help_text="廃止の届出にはありません。",
    )
    base_version = models.ForeignKey(
        "FileVersion",
        models.PROTECT,
        verbose_name="変更前",
        related_name="+",
        null=True,
        blank=True,
    )
    planned_on = models.DateField("保有開始・変更の予定日／廃止した日", null=True, blank=True)
    already_done = models.BooleanField("すでに保有・変更している", default=False)
    late_reason = models.TextField("おくれた理由", max_length=2000, blank=True)
    note = models.TextField("申し送り", max_length=2000, blank=True)

    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="作成者", related_name="+")
    drafted_at = models.DateTimeField("作成日時", auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="確認を求めた人", related_name="+", null=True, blank=True
    )
    submitted_at = models.DateTimeField("確認依頼日時", null=True, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="届け出た人", related_name="+", null=True, blank=True
    )
    filed_at = models.DateTimeField("届出日時", null=True, blank=True)
    late = models.BooleanField("おくれた届出", default=False)
    propose = models.BooleanField("運営委員会への発議", null=True, blank=True)
    consideration_reason = models.TextField("発議する・しない理由", max_length=4000, blank=True)
    considered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="検討した人", related_name="+", null=True, blank=True
    )
    considered_at = models.DateTimeField("検討日時", null=True, blank=True)
    council_on = models.DateField("運営委員会の開催日", null=True, blank=True)
    council_outcome = models.TextField("運営委員会の意見", max_length=4000, blank=True)
    result = models.CharField("結果", max_length=14, choices=Result, blank=True)
    result_text = models.TextField("結果の内容・条件", max_length=4000, blank=True)
    notified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="結果を通知した人",
        related_name="+",
        null=True,
        blank=True,
    )
    notified_at = models.DateTimeField("結果通知日時", null=True, blank=True)
    document_number = models.CharField(
        "検討結果通知書の文書番号", max_length=60, blank=True, default="", help_text="検討結果通知書に印刷されます。"
    )
    effected_on = models.DateField("保有開始日・変更日", null=True, blank=True)
    closed_at = models.DateTimeField("終了日時", null=True, blank=True)
    again_of = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="作り直すもとの届出",
        related_name="begun_again",
        null=True,
        blank=True,
    )
    stamp = models.PositiveIntegerField(default=0, editable=False)
    form_token = models.CharField(max_length=40, null=True, unique=True, editable=False)
    history = HistoricalRecords(excluded_fields=["stamp", "form_token"], verbose_name="届出の履歴")

    class Meta:
        verbose_name = verbose_name_plural = "個人情報ファイルの届出"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="filing_status_since", fields=["status", "status_since"]),
            models.Index(name="filing_unit_status", fields=["unit", "status", "-id"]),
            models.Index(name="filing_status_filed", fields=["status", "filed_at"]),
            models.Index(name="filing_file", fields=["file", "-id"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="filing_one_open_a_file",
                fields=["file"],
                condition=Q(status__in=OPEN_STATUSES),
                violation_error_message="このファイルには手続中の届出があります。",
            ),
            models.CheckConstraint(
                name="filing_considered_by_another_than_filed",
                condition=Q(considered_by=None) | ~Q(considered_by=F("filed_by")),
            ),
            models.CheckConstraint(
                name="filing_late_gives_reason",
                condition=Q(late=False) | ~Q(late_reason=""),
                violation_error_message="おくれた理由を書いてください。",
            ),
            models.CheckConstraint(
                name="filing_has_a_version_unless_ceasing",
                condition=Q(kind="cease") | Q(version__isnull=False),
            ),
            models.CheckConstraint(
                name="filing_filed_has_number_and_filer",
                condition=Q(filed_at=None) | (Q(number__isnull=False) & Q(filed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="filing_notified_has_result_and_notifier",
                condition=Q(notified_at=None)
                | (~Q(result="") & Q(notified_by__isnull=False) & Q(considered_by__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}　{self.file.name}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("filings:detail", args=[self.pk])
