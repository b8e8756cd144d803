"""An account list compared with the rights of a day, what was found, and what was done about it (第11条第1項)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from files_registry.catalogue.rights import Right
from nerima_privacy.activity.append_only import AppendOnlyModel

SYSTEM = "files_registry.InformationSystem"


class ComparisonStatus(models.TextChoices):
    """Where a comparison is. Only a RECORDED one counts; until then nothing is written but the upload itself."""

    UPLOADED = "uploaded", "列の意味待ち"
    WRONG = "wrong", "誤りがあります"
    CHECKED = "checked", "記録待ち"
    RECORDED = "recorded", "記録ずみ"
    DISCARDED = "discarded", "取りやめ"


DRAFTS = (ComparisonStatus.UPLOADED, ComparisonStatus.WRONG, ComparisonStatus.CHECKED)


class AccountColumns(models.Model):
    """What the columns and words of a system's list mean, remembered for the next time."""

    system = models.OneToOneField(
        SYSTEM, models.PROTECT, verbose_name="情報システム", related_name="account_columns", primary_key=True
    )
    columns = models.JSONField("列", default=dict, help_text="役目→見出し")
    words = models.JSONField("権限のことば", default=dict, help_text="ことば→権限の内容")
    stopped = models.JSONField("停止のことば", default=dict, help_text="ことば→停止中か")

    class Meta:
        verbose_name = verbose_name_plural = "アカウント一覧の列"

    def __str__(self):
        return f"{self.system.name}のアカウント一覧の列"


class AccountComparison(models.Model):
    """One account list of a system, taken on a day. The file is kept until it is recorded or given up, not after."""

    system = models.ForeignKey(SYSTEM, models.PROTECT, verbose_name="情報システム", related_name="account_comparisons")
    as_of = models.DateField("基準日")
    status = models.CharField("状態", max_length=12, choices=ComparisonStatus, default=ComparisonStatus.UPLOADED)
    file_name = models.CharField("ファイル名", max_length=200)
    payload = models.BinaryField(null=True, editable=False)
    columns = models.JSONField("列", default=dict)
    words = models.JSONField("権限のことば", default=dict)
    stopped = models.JSONField("停止のことば", default=dict)
    problems = models.JSONField("誤りと注意", default=list)
    shown = models.JSONField("確認の結果", default=dict, editable=False)
    counts = models.JSONField("件数", default=dict)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="読み込ませた人", related_name="+"
    )
    uploaded_at = models.DateTimeField("読み込ませた日時", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="記録した人", related_name="+", null=True, blank=True
    )
    recorded_post = models.CharField("記録した人の役割", max_length=120, blank=True)
    recorded_at = models.DateTimeField("記録した日時", null=True, blank=True)
    form_token = models.CharField(max_length=60, null=True, unique=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "アカウントの突き合わせ"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(name="account_comparison_of_system", fields=["system", "status", "-id"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="account_comparison_done_keeps_no_file",
                condition=~Q(status__in=["recorded", "discarded"]) | Q(payload=None),
            ),
            models.CheckConstraint(
                name="account_comparison_recorded_by_somebody",
                condition=Q(status="recorded", recorded_by__isnull=False, recorded_at__isnull=False)
                | (~Q(status="recorded") & Q(recorded_by=None, recorded_at=None)),
            ),
        ]

    def __str__(self):
        return f"アカウントの突き合わせ　{self.system.name}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("accounts:detail", args=[self.pk])


class FindingKind(models.TextChoices):
    """What is amiss with an account, the gravest first. MISSING only tells: nobody has to answer for it."""

    GONE = "gone", "去った人"
    EXCESS = "excess", "余分なアカウント"
    WIDER = "wider", "権限が広い"
    UNKNOWN = "unknown", "だれのものか分からない"
    MISSING = "missing", "不足"


class Why(models.TextChoices):
    """Why, where the kind alone does not say it."""

    INACTIVE = "inactive", "在籍していません"
    NO_POST = "no_post", "基準日に、所属も役割もありません"
    MOVED = "moved", "権限のもとの組織から異動しています"
    NO_RIGHT = "no_right", "このシステムのどのファイルにも権限がありません"
    BEYOND = "beyond", "許可された権限をこえています"
    NO_NUMBER = "no_number", "職員番号がありません"
    NOT_KNOWN = "not_known", "その職員番号の人がいません"
    NO_ACCOUNT = "no_account", "権限がありますが、アカウントがありません"


ANSWERED_FOR = [kind for kind in FindingKind if kind != FindingKind.MISSING]


class AccountAnswer(AppendOnlyModel):
    """What was done about findings, by whom. A later answer takes the place of an earlier one; both stay on record."""

    comparison = models.ForeignKey(AccountComparison, models.PROTECT, verbose_name="突き合わせ", related_name="answers")
    code = models.CharField("答えの符号", max_length=20)
    label = models.CharField("なにをしたか", max_length=120)
    reason = models.CharField("理由・経過", max_length=1000, blank=True)
    until = models.DateField("いつまで", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="答えた人", related_name="account_answers"
    )
    answered_post = models.CharField("答えた人の役割", max_length=120)
    answered_at = models.DateTimeField("答えた日時", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "突き合わせの指摘への答え"
        ordering: ClassVar = ["-pk"]

    def __str__(self):
        return self.label


class AccountFinding(models.Model):
    """One account that does not agree with the rights, or a person with a right and no account.

    No more of the list is kept than this: whose account agrees leaves nothing but a number. `closed_in` is the next
    comparison: the finding was still there (`lasts`), or is gone (解消).
    """

    comparison = models.ForeignKey(
        AccountComparison, models.PROTECT, verbose_name="突き合わせ", related_name="findings"
    )
    kind = models.CharField("種類", max_length=12, choices=FindingKind)
    why = models.CharField("わけ", max_length=12, choices=Why)
    account = models.CharField("アカウント", max_length=100, blank=True)
    staff_number = models.CharField("職員番号（一覧のもの）", max_length=40, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="職員等", related_name="+", null=True, blank=True
    )
    words = models.CharField("一覧の権限", max_length=200, blank=True)
    over = models.CharField("許可をこえる権限", max_length=80, blank=True, help_text="符号を空白で区切ったもの")
    last_login = models.DateField("最後に使った日", null=True, blank=True)
    continues = models.ForeignKey(
        "self", models.PROTECT, verbose_name="前回の指摘", related_name="continued_by", null=True, blank=True
    )
    answer = models.ForeignKey(
        AccountAnswer, models.PROTECT, verbose_name="答え", related_name="findings", null=True, blank=True
    )
    closed_in = models.ForeignKey(
        AccountComparison, models.PROTECT, verbose_name="次の突き合わせ", related_name="closed", null=True, blank=True
    )
    lasts = models.BooleanField("次の突き合わせにもあった", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "アカウントの指摘"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(name="account_finding_of", fields=["comparison", "kind", "id"]),
            models.Index(
                name="account_finding_standing",
                fields=["comparison"],
                condition=Q(closed_in=None) & ~Q(kind="missing"),
            ),
            models.Index(name="account_finding_person", fields=["person", "comparison"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="account_finding_once_an_account", fields=["comparison", "account"], condition=~Q(account="")
            ),
            models.CheckConstraint(
                name="account_finding_names_an_account_or_a_person",
                condition=(Q(kind="missing", account="") & Q(person__isnull=False))
                | (~Q(kind="missing") & ~Q(account="")),
            ),
            models.CheckConstraint(
                name="account_finding_is_not_closed_by_itself",
                condition=Q(closed_in=None) | ~Q(closed_in=F("comparison")),
            ),
            models.CheckConstraint(
                name="account_finding_missing_is_not_answered", condition=~Q(kind="missing") | Q(answer=None)
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}　{self.comparison.system.name}"

    @property
    def over_rights(self) -> list[Right]:
        """The rights beyond what was granted, in the order of their names."""
        return [right for right in Right if right.value in self.over.split()]
