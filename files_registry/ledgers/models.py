"""The ledger of a file and the checks of its input, both written once; and the media it is kept on (第15条・第17条)."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from nerima_privacy.activity.append_only import AppendOnlyModel

FILE = "files_registry.PersonalInformationFile"


class EntryKind(models.TextChoices):
    """What was done with what the file holds (第15条: 利用および保管等の取扱いの状況)."""

    USED = "used", "利用"
    STORED = "stored", "保管"
    MOVED = "moved", "移動"
    COPIED = "copied", "複製"
    PROVIDED = "provided", "提供"
    RECEIVED = "received", "受領"
    RETURNED = "returned", "返却"
    ERASED = "erased", "消去・廃棄"
    CHECKED = "checked", "点検"


class Medium(models.TextChoices):
    """On what it stands."""

    SYSTEM = "system", "情報システム"
    SERVER = "server", "共有フォルダー・サーバー"
    PAPER = "paper", "紙"
    USB = "usb", "USBメモリー等"
    DISC = "disc", "CD・DVD等"
    DEVICE = "device", "パソコン・端末"
    MAIL = "mail", "電子メール"
    OTHER = "other", "そのほか"


class Origin(models.TextChoices):
    """How a line came to be written."""

    HAND = "hand", "入力"
    BULK = "bulk", "まとめて入力"
    IMPORT = "import", "取込み"
    MEDIA = "media", "媒体の台帳"
    PART = "part", "ほかの手続"


class WrittenOnce(AppendOnlyModel):
    """What is never edited: a later line of the same file corrects an earlier one, and both stay readable."""

    on = models.DateField("行った日")
    done_by = models.CharField("行った人", max_length=60)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="記録した人", related_name="+"
    )
    entered_post = models.CharField("記録した人の役割", max_length=120, blank=True)
    entered_at = models.DateTimeField("記録した日時", auto_now_add=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, verbose_name="訂正する記録", related_name="corrected_by", null=True, blank=True
    )
    voids = models.BooleanField("前の記録を取り消すだけの記録", default=False)
    correction_reason = models.CharField("訂正の理由", max_length=200, blank=True)
    confidentiality = models.CharField("記録したときの秘匿性の区分", max_length=20, blank=True)
    form_token = models.CharField(max_length=60, null=True, unique=True, editable=False)

    class Meta:
        abstract = True


class LedgerEntry(WrittenOnce):
    """One line of the 取扱台帳: what was done, when, by whom, with how much, on what, where (第15条). Append-only.

    Which kinds must be written and which columns filled follows the class of the file: law parameter
    `ledger.classes`. `source_*` names the request or contract by which a line arrived of itself.
    """

    file = models.ForeignKey(FILE, models.PROTECT, verbose_name="個人情報ファイル", related_name="ledger_entries")
    kind = models.CharField("取扱い", max_length=10, choices=EntryKind)
    purpose = models.CharField("目的・事務", max_length=200, blank=True)
    scope = models.CharField("対象の範囲", max_length=200, blank=True)
    persons = models.PositiveIntegerField("件数", null=True, blank=True)
    medium = models.CharField("媒体", max_length=10, choices=Medium, blank=True)
    place = models.CharField("場所", max_length=120, blank=True)
    counterpart = models.CharField("相手先", max_length=120, blank=True)
    method = models.CharField("方法・安全の措置", max_length=200, blank=True)
    witness = models.CharField("確かめた人", max_length=60, blank=True)
    remarks = models.CharField("備考", max_length=400, blank=True)
    origin = models.CharField("きっかけ", max_length=8, choices=Origin, default=Origin.HAND)
    source_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", null=True, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    source_label = models.CharField("もとの手続", max_length=160, blank=True)
    source_url = models.CharField(max_length=200, blank=True)
    search_text = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "取扱台帳の記録"
        ordering: ClassVar = ["-on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="ledger_of_file", fields=["file", "-on", "-id"]),
            models.Index(name="ledger_of_file_by_kind", fields=["file", "kind", "-on", "-id"]),
            models.Index(name="ledger_by_person", fields=["entered_by", "file", "-id"]),
            models.Index(
                name="ledger_of_source", fields=["source_type", "source_id"], condition=Q(source_id__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ledger_correction_gives_its_reason", condition=Q(corrects=None) | ~Q(correction_reason="")
            ),
            models.CheckConstraint(
                name="ledger_voids_only_what_it_corrects", condition=Q(voids=False) | ~Q(corrects=None)
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}　{self.file.name}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("ledgers:entry", args=[self.file_id, self.pk])


class Way(models.TextChoices):
    """How input is verified: the three ways that 第17条 names."""

    SOURCE = "source", "入力原票と入力内容との照合"
    BEFORE_AFTER = "before_after", "処理の前と後の内容の確認"
    EXISTING = "existing", "既存の情報との照合"


class Verification(WrittenOnce):
    """Input was verified: how many of how many, what was wrong, what was done (第17条). Append-only."""

    file = models.ForeignKey(FILE, models.PROTECT, verbose_name="個人情報ファイル", related_name="verifications")
    way = models.CharField("照合の方法", max_length=12, choices=Way)
    process = models.CharField("処理", max_length=120)
    total = models.PositiveIntegerField("処理した件数")
    examined = models.PositiveIntegerField("照合した件数")
    sampling = models.CharField("抽出の方法", max_length=200, blank=True)
    errors = models.PositiveIntegerField("誤りの件数")
    remedy = models.CharField("誤りへの対応", max_length=400, blank=True)
    remarks = models.CharField("備考", max_length=400, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "入力の照合の記録"
        ordering: ClassVar = ["-on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="verification_of_file", fields=["file", "-on", "-id"]),
            models.Index(name="verification_by_way", fields=["file", "way", "-on"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="verification_examines_some_of_all", condition=Q(examined__lte=F("total"))),
            models.CheckConstraint(name="verification_errors_are_among_those", condition=Q(errors__lte=F("examined"))),
            models.CheckConstraint(name="verification_errors_are_dealt_with", condition=Q(errors=0) | ~Q(remedy="")),
            models.CheckConstraint(
                name="verification_of_a_sample_says_which", condition=Q(examined=F("total")) | ~Q(sampling="")
            ),
            models.CheckConstraint(
                name="verification_correction_gives_its_reason", condition=Q(corrects=None) | ~Q(correction_reason="")
            ),
            models.CheckConstraint(
                name="verification_voids_only_what_it_corrects", condition=Q(voids=False) | ~Q(corrects=None)
            ),
        ]

    def __str__(self):
        return f"{self.get_way_display()}　{self.file.name}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("ledgers:verification", args=[self.file_id, self.pk])


class Lock(models.TextChoices):
    """What keeps others from it."""

    SAFE = "safe", "金庫"
    CABINET = "cabinet", "施錠した書庫・キャビネット"
    ROOM = "room", "施錠した部屋"
    ACCESS = "access", "アクセス制御（ID・パスワード等）"
    NONE = "none", "施錠していない"


class MediumStatus(models.TextChoices):
    """Whether it is still there."""

    KEPT = "kept", "保管中"
    DISPOSED = "disposed", "処分済み"


class DisposalWay(models.TextChoices):
    """How a medium was disposed of."""

    SHRED = "shred", "裁断"
    DISSOLVE = "dissolve", "溶解"
    BREAK = "break", "破砕・穴あけ"
    WIPE = "wipe", "復元できない方法での消去"
    ARCHIVE = "archive", "公文書館へ移管"
    RETURN = "return", "返却"


class JointDisposal(AppendOnlyModel):
    """Media disposed of together, by one act and with one proof (第15条). Append-only; the proof stands at each."""

    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="所管", related_name="+")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="記録した人", related_name="+"
    )
    entered_post = models.CharField("記録した人の役割", max_length=120, blank=True)
    entered_at = models.DateTimeField("記録した日時", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "まとめて処分した記録"

    def __str__(self):
        return f"まとめて処分{self.pk}　{self.unit.name}"


class StoredMedium(models.Model):
    """A medium of a file: where it lies, its lock, who answers for it, how long it is kept, its end (第15条).

    `keep_until` is the last day of its retention, counted from the 4月1日 after the fiscal year of completion; None
    while the matter is not completed, or where the class counts no years (law parameter `retention.years`).
    """

    file = models.ForeignKey(FILE, models.PROTECT, verbose_name="個人情報ファイル", related_name="stored_media")
    label = models.CharField("媒体の名称", max_length=120)
    medium = models.CharField("媒体の種類", max_length=10, choices=Medium)
    count = models.PositiveIntegerField("数量", default=1)
    place = models.CharField("保管場所", max_length=120)
    lock = models.CharField("施錠等", max_length=8, choices=Lock)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="保管の責任をもつ人", related_name="media_answered_for"
    )
    stored_on = models.DateField("保管をはじめた日")
    retention = models.CharField("保存年限", max_length=20)
    completed_on = models.DateField("完結した日", null=True, blank=True)
    keep_until = models.DateField("保存期間の満了日", null=True, blank=True)
    remarks = models.CharField("備考", max_length=400, blank=True)
    status = models.CharField("状態", max_length=8, choices=MediumStatus, default=MediumStatus.KEPT)
    disposed_on = models.DateField("処分した日", null=True, blank=True)
    disposal_way = models.CharField("処分の方法", max_length=8, choices=DisposalWay, blank=True)
    disposed_by = models.CharField("処分した人", max_length=60, blank=True)
    witness = models.CharField("立ち会った人", max_length=60, blank=True)
    certificate = models.CharField("証明書の番号", max_length=80, blank=True)
    early_reason = models.CharField("満了前に処分する理由", max_length=200, blank=True)
    disposal = models.ForeignKey(
        JointDisposal, models.PROTECT, verbose_name="まとめて処分した記録", related_name="media", null=True, blank=True
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登録した人", related_name="+"
    )
    registered_at = models.DateTimeField("登録した日時", auto_now_add=True)
    stamp = models.PositiveIntegerField(default=0, editable=False)
    form_token = models.CharField(max_length=60, null=True, unique=True, editable=False)
    history = HistoricalRecords(excluded_fields=["stamp", "form_token"], verbose_name="媒体の履歴")

    class Meta:
        verbose_name = verbose_name_plural = "保管している媒体"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="medium_of_file", fields=["file", "status", "-id"]),
            models.Index(name="medium_due", fields=["keep_until"], condition=Q(status="kept")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="medium_count_is_positive", condition=Q(count__gte=1)),
            models.CheckConstraint(
                name="medium_disposal_is_dated_and_says_how",
                condition=~Q(status="disposed")
                | (Q(disposed_on__isnull=False) & ~Q(disposal_way="") & ~Q(disposed_by="")),
            ),
            models.CheckConstraint(
                name="medium_disposal_has_two_people_or_a_certificate",
                condition=~Q(status="disposed") | ~Q(certificate="") | (~Q(witness="") & ~Q(witness=F("disposed_by"))),
            ),
            models.CheckConstraint(
                name="medium_kept_until_after_completion",
                condition=Q(keep_until=None) | Q(completed_on__isnull=False, keep_until__gt=F("completed_on")),
            ),
        ]

    def __str__(self):
        return f"{self.label}　{self.file.name}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("ledgers:medium", args=[self.file_id, self.pk])
