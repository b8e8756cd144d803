"""The file, and its versions: each version holds every cell of the official form and the internal fields."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords


class FileStatus(models.TextChoices):
    """Where a file is in its life. Nothing is HELD before the result of its notification (第10条)."""

    PREPARING = "preparing", "準備中"
    HELD = "held", "保有中"
    CEASED = "ceased", "廃止"
    ABANDONED = "abandoned", "取りやめ"


class Disposal(models.TextChoices):
    """What happened to the data of a ceased file."""

    ERASED = "erased", "消去・廃棄"
    TRANSFERRED = "transferred", "公文書館へ移管"
    RETURNED = "returned", "返却"
    HANDED_OVER = "handed_over", "他の組織へ引継ぎ"


class ProcessingKind(models.TextChoices):
    """法第60条第2項第1号・第2号."""

    COMPUTERISED = "computerised", "法第60条第2項第1号（電算処理ファイル）"
    MANUAL = "manual", "法第60条第2項第2号（マニュアル処理ファイル）"


class PersonalInformationFile(models.Model):
    """個人情報ファイル, 特定個人情報ファイル included (第10条第1項). Its cells are in `current`, a version."""

    number = models.CharField("ファイル番号", max_length=20, unique=True)
    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="所管", related_name="files")
    status = models.CharField("状態", max_length=12, choices=FileStatus, default=FileStatus.PREPARING)
    current = models.OneToOneField(
        "FileVersion",
        models.PROTECT,
        verbose_name="効力のある版",
        related_name="+",
        null=True,
        blank=True,
    )
    name = models.CharField("名称", max_length=200, help_text="効力のある版、まだないときは準備中の版の名称")
    search_text = models.TextField("検索用", blank=True, editable=False)
    first_filed_on = models.DateField(
        "はじめて届け出た日",
        null=True,
        blank=True,
        help_text="紙の届出を含みます。空のまま保有中のファイルは、届出のない保有として一覧に出ます。",
    )
    held_from = models.DateField("保有開始日", null=True, blank=True)
    ceased_on = models.DateField("廃止日", null=True, blank=True)
    disposal = models.CharField("廃止後のデータ", max_length=12, choices=Disposal, blank=True)
    disposed_on = models.DateField("消去・移管等の日", null=True, blank=True)
    disposal_note = models.TextField("消去・移管等の確認方法", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="作成者", related_name="+")
    created_at = models.DateTimeField("作成日時", auto_now_add=True)
    history = HistoricalRecords(excluded_fields=["search_text"], verbose_name="ファイルの履歴")

    class Meta:
        verbose_name = verbose_name_plural = "個人情報ファイル"
        ordering: ClassVar = ["-pk"]
        permissions: ClassVar = [  # asked by files_registry/catalogue/rights.py
            ("open_file", "閲覧"),
            ("enter_file", "入力・更新"),
            ("erase_file", "削除"),
            ("output_file", "出力"),
        ]
        indexes: ClassVar = [
            models.Index(name="file_unit_status", fields=["unit", "status", "-id"]),
            models.Index(name="file_status_filed", fields=["status", "first_filed_on", "-id"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="file_held_has_a_version_and_a_first_day",
                condition=~Q(status="held") | Q(current__isnull=False, held_from__isnull=False),
            ),
            models.CheckConstraint(
                name="file_ceased_has_a_last_day",
                condition=~Q(status="ceased") | Q(ceased_on__isnull=False),
            ),
            models.CheckConstraint(
                name="file_ends_after_it_begins",
                condition=Q(ceased_on=None) | Q(held_from=None) | Q(ceased_on__gte=F("held_from")),
            ),
            models.CheckConstraint(
                name="file_disposal_is_dated",
                condition=Q(disposal="") | Q(disposed_on__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("files:detail", args=[self.pk])


class VersionStatus(models.TextChoices):
    """A version is drafted with its notification, takes effect, and is superseded; it is never edited after filing."""

    PROPOSED = "proposed", "届出中"
    IN_FORCE = "in_force", "有効"
    SUPERSEDED = "superseded", "旧版"
    DROPPED = "dropped", "取下げ"


class FileVersion(models.Model):
    """Every cell of the 個人情報ファイル簿（単票）, numbered as on the form, then the internal fields.

    What the cells are called, which are printed, and which need a change notification: catalogue/cells.py.
    Lists (`items`, `recipients`) hold one item a line.
    """

    file = models.ForeignKey(
        PersonalInformationFile, models.PROTECT, verbose_name="個人情報ファイル", related_name="versions"
    )
    number = models.PositiveIntegerField("版")
    status = models.CharField("版の状態", max_length=12, choices=VersionStatus, default=VersionStatus.PROPOSED)
    in_force_from = models.DateField("効力発生日", null=True, blank=True)
    in_force_to = models.DateField("失効日（この日まで）", null=True, blank=True)

    name = models.CharField("個人情報ファイルの名称", max_length=200, blank=True)
    organ = models.ForeignKey("roles.Organ", models.PROTECT, verbose_name="行政機関等の名称", related_name="+")
    unit = models.ForeignKey("roles.Unit", models.PROTECT, verbose_name="事務をつかさどる組織の名称", related_name="+")
    unit_label = models.CharField("組織の名称（届出時）", max_length=130, blank=True)
    purpose = models.TextField("個人情報ファイルの利用目的", max_length=4000, blank=True)
    items = models.TextField("記録項目", max_length=8000, blank=True)
    scope = models.TextField("記録範囲", max_length=4000, blank=True)
    collection = models.TextField("記録情報の収集方法", max_length=4000, blank=True)
    sensitive = models.BooleanField("要配慮個人情報", null=True, blank=True)
    ordinance_sensitive = models.BooleanField("条例要配慮個人情報", null=True, blank=True)
    recipients = models.TextField("記録情報の経常的提供先", max_length=4000, blank=True)
    desk_name = models.CharField("開示請求等を受理する組織の名称", max_length=130, blank=True)
    desk_address = models.CharField("開示請求等を受理する組織の所在地", max_length=200, blank=True)
    special_procedure = models.TextField("他の法令の規定による特別の手続等", max_length=2000, blank=True)
    processing = models.CharField("個人情報ファイルの種別", max_length=14, choices=ProcessingKind, blank=True)
    manual_twin = models.BooleanField("令第21条第7項に該当するファイル", null=True, blank=True)
    open_to_proposals = models.BooleanField("行政機関等匿名加工情報の提案の募集", null=True, blank=True)
    proposal_desk = models.TextField("提案を受ける組織の名称および所在地", max_length=400, blank=True)
    anonymised_summary = models.TextField("行政機関等匿名加工情報の概要", max_length=2000, blank=True)
    anonymised_desk = models.TextField(
        "作成された行政機関等匿名加工情報に関する提案を受ける組織", max_length=400, blank=True
    )
    anonymised_period = models.CharField("提案をすることができる期間", max_length=120, blank=True)
    remarks = models.TextField("備考", max_length=2000, blank=True)

    persons = models.PositiveIntegerField("本人の数", null=True, blank=True)
    persons_as_of = models.DateField("本人の数の時点", null=True, blank=True)
    my_number = models.BooleanField("特定個人情報ファイル", null=True, blank=True)
    assessment_number = models.CharField("特定個人情報保護評価書番号", max_length=40, blank=True)
    confidentiality = models.CharField("秘匿性の区分", max_length=20, blank=True)
    retention = models.CharField("保存年限", max_length=20, blank=True)
    media = models.CharField("媒体", max_length=200, blank=True)
    system_name = models.CharField("情報システム", max_length=120, blank=True)
    outsourced = models.BooleanField("委託の有無", null=True, blank=True)
    abroad = models.BooleanField("外国での取扱いの有無", null=True, blank=True)
    parent_file = models.ForeignKey(
        PersonalInformationFile,
        models.PROTECT,
        verbose_name="親となるファイル",
        related_name="+",
        null=True,
        blank=True,
        help_text="法第75条第2項第2号・令第21条第7項に当たるとき、公表している親のファイル",
    )
    stamp = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="保存のたびに増え、先に保存した人がいることを知らせます。",
    )
    history = HistoricalRecords(excluded_fields=["stamp"], verbose_name="版の履歴")

    class Meta:
        verbose_name = verbose_name_plural = "個人情報ファイルの版"
        ordering: ClassVar = ["file", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="version_number_once_a_file", fields=["file", "number"]),
            models.UniqueConstraint(
                name="version_one_in_force_a_file", fields=["file"], condition=Q(status="in_force")
            ),
            models.UniqueConstraint(
                name="version_one_proposed_a_file", fields=["file"], condition=Q(status="proposed")
            ),
        ]

    def __str__(self):
        return f"{self.name} 第{self.number}版"


class NumberSeries(models.Model):
    """The last number given in a series: F for files, R8 for the notifications of 令和8年度. Numbers have no gaps."""

    key = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.key}-{self.last}"
