"""What belongs in the public book, and its immutable editions. The public pages read Edition and EditionEntry only."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Ground(models.TextChoices):
    """Why a file is not in the public book. What is asked, and its dates: law parameter `register.exemptions`."""

    OUTSIDE_ACT = "ch5", "法第5章の適用を受けない機関（議会）の保有"
    STAFF = "74-2-3", "職員の人事・給与・福利厚生等（法第74条第2項第3号）"
    TRIAL = "74-2-4", "試験的な電算処理（法第74条第2項第4号）"
    SUBSET_NOTIFIED = "74-2-5", "通知・公表済みファイルの一部（法第74条第2項第5号）"
    ONE_YEAR = "74-2-6", "1年以内に消去する（法第74条第2項第6号）"
    CONTACT = "74-2-7", "送付・連絡のためだけの氏名・住所等（法第74条第2項第7号）"
    RESEARCH = "74-2-8", "職員が学術研究のため作成・取得（法第74条第2項第8号）"
    FEW_PERSONS = "74-2-9", "本人の数が政令で定める数に満たない（法第74条第2項第9号）"
    SECURITY = "74-2-1", "国の安全等（法第74条第2項第1号）"
    CRIME = "74-2-2", "犯罪捜査・租税犯則等（法第74条第2項第2号）"
    BY_ORDER = "74-2-10", "政令で定めるもの（法第74条第2項第10号）"
    SUBSET = "75-2-2", "公表済みファイルの一部（法第75条第2項第2号）"
    MANUAL_TWIN = "21-7", "電算処理ファイルに付随するマニュアル処理ファイル（令第21条第7項）"
    HAMPER = "75-3", "事務の適正な遂行に著しい支障（法第75条第3項）"


class ListingDecision(models.Model):
    """Whether a version belongs in the public book, and why (法第75条第2項・第3項). Append-only."""

    file = models.ForeignKey("PersonalInformationFile", models.PROTECT, related_name="listing_decisions")
    version = models.ForeignKey("FileVersion", models.PROTECT, related_name="listing_decisions")
    listed = models.BooleanField("公表する")
    ground = models.CharField("掲載しない根拠", max_length=8, choices=Ground, blank=True)
    answers = models.JSONField("質問への答え", default=dict)
    omitted_cells = models.JSONField("記載を省く欄（法第75条第3項）", default=list)
    reason = models.TextField("理由", max_length=4000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("判断日時", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "掲載の判断"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(name="listing_latest_of_version", fields=["version", "-id"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="listing_kept_off_gives_ground_and_reason",
                condition=Q(listed=True) | (~Q(ground="") & ~Q(reason="")),
            )
        ]


class Book(models.Model):
    """The one book of the ward (令第21条第2項). Its row is what two people publishing at once queue for."""

    last_number = models.PositiveIntegerField("最後の整理番号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "個人情報ファイル簿"


class BookNumber(models.Model):
    """The number a file got when it first entered the book: it stays for good and is all the public sees of it."""

    file = models.OneToOneField("PersonalInformationFile", models.PROTECT, related_name="book_number")
    number = models.PositiveIntegerField("整理番号", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "整理番号"

    @property
    def key(self):
        """「00012」, as in public addresses."""
        return f"{self.number:05}"


class Edition(models.Model):
    """One published state of the whole book. Append-only."""

    number = models.PositiveIntegerField("版", unique=True)
    published_at = models.DateTimeField("公表日時", default=timezone.now)
    as_of = models.DateField("現在")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField("変更のあらまし", max_length=250, blank=True)
    entries_count = models.PositiveIntegerField("件数")
    added = models.PositiveIntegerField("加わった件数", default=0)
    changed = models.PositiveIntegerField("変わった件数", default=0)
    removed = models.PositiveIntegerField("なくなった件数", default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "個人情報ファイル簿の版"
        ordering: ClassVar = ["-number"]

    def __str__(self):
        return f"第{self.number}版"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("editions:detail", args=[self.number])


class EditionEntry(models.Model):
    """One file as printed in one edition. `cells` is `[{no, label, value}, …]` in the order of the form. Append-only.

    `key` stands for the same file in every edition and in public addresses; it tells nothing internal.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries")
    key = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    name = models.CharField("個人情報ファイルの名称", max_length=200)
    organ_name = models.CharField("行政機関等の名称", max_length=60)
    department_name = models.CharField("部", max_length=60, blank=True)
    unit_name = models.CharField("組織", max_length=130)
    purpose = models.TextField("利用目的")
    sensitive = models.BooleanField("要配慮個人情報を含む")
    cells = models.JSONField()
    search_text = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "個人情報ファイル簿の記載"
        ordering: ClassVar = ["edition", "position"]
        indexes: ClassVar = [models.Index(name="entry_key", fields=["key"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="entry_key_once_an_edition", fields=["edition", "key"]),
            models.UniqueConstraint(name="entry_position_once_an_edition", fields=["edition", "position"]),
        ]

    def __str__(self):
        return self.name


class EntrySource(models.Model):
    """What an entry was made from. Internal: the public pages never read it. Append-only."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sources")
    file = models.ForeignKey("PersonalInformationFile", models.PROTECT, related_name="+")
    version = models.ForeignKey("FileVersion", models.PROTECT, related_name="+")
    decision = models.ForeignKey(ListingDecision, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "記載のもと"
        constraints: ClassVar = [
            models.UniqueConstraint(name="source_file_once_an_edition", fields=["edition", "file"])
        ]
