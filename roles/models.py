"""Organs, units, people, postings and appointments (第2–7条)."""

from copy import copy
from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from nerima_privacy.calendars.periods import today, valid_on
from roles import staff_numbers
from roles.seats import WARD_SEATS, Basis, Seat
from roles.unit_codes import fits_an_address


class PeriodQuerySet(models.QuerySet):
    """Rows with a first and a last day."""

    def on(self, day: date | None = None) -> Self:
        """Those valid on `day`, today when not given."""
        return self.filter(valid_on(day or today()))


class Organ(models.Model):
    """An executive organ, 実施機関等 (第2条第2項第1号): the legal holder of a file."""

    code = models.CharField("コード", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60, unique=True, help_text="例　練馬区教育委員会")
    under_act = models.BooleanField(
        "個人情報保護法第5章の適用",
        default=True,
        help_text="議会は法第5章の対象外ですが、指針の実施機関等に含まれます。",
    )
    history = HistoricalRecords(verbose_name="組織の機関の履歴")

    class Meta:
        verbose_name = verbose_name_plural = "実施機関等"
        ordering = ["code"]

    def __str__(self):
        return self.name


class Unit(models.Model):
    """A 部, 課 or 学校 (第2条第2項第2–4号). Five units are 部 and 課 at once; a school has no 部 above it."""

    code = models.CharField("組織コード", max_length=20, unique=True, validators=[fits_an_address])
    name = models.CharField("名称", max_length=60)
    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name="実施機関等", related_name="units")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="上位の部",
        related_name="children",
        null=True,
        blank=True,
    )
    is_department = models.BooleanField("部", default=False)
    is_section = models.BooleanField("課", default=False)
    is_school = models.BooleanField("学校", default=False)
    address = models.CharField("所在地", max_length=120, blank=True)
    valid_from = models.DateField("設置日")
    valid_to = models.DateField("廃止日（この日まで）", null=True, blank=True)
    successors = models.ManyToManyField(
        "self",
        verbose_name="後継の組織",
        symmetrical=False,
        related_name="predecessors",
        blank=True,
        help_text="統合・分割で事務を引き継いだ組織。後継の保護責任者が引き継いだファイルを扱えます。",
    )
    history = HistoricalRecords(m2m_fields=[successors], verbose_name="組織の履歴")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "組織"
        ordering = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="unit_school_is_neither_department_nor_section",
                condition=Q(is_school=False) | Q(is_department=False, is_section=False),
                violation_error_message="学校は部・課を兼ねません（指針第2条第2項第4号）。",
            ),
            models.CheckConstraint(
                name="unit_school_has_no_department_above",
                condition=Q(is_school=False) | Q(parent=None),
                violation_error_message="学校の上に部は置けません。上位の部を空にしてください。",
            ),
            models.CheckConstraint(
                name="unit_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="廃止日は設置日以後の日付にしてください。",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def department(self):
        """The 部 this unit stands in: itself when it is one; None for a school."""
        return self if self.is_department else self.parent

    @property
    def full_name(self):
        """「区民部 税務課」: names are not keys, two sections share the name 管理課."""
        return self.name if self.is_department or not self.parent else f"{self.parent.name} {self.name}"


class Engagement(models.TextChoices):
    """How a person is bound to the ward."""

    WARD = "ward", "区の職員等"
    DISPATCHED = "dispatched", "派遣"
    CONTRACTOR = "contractor", "委託先"
    SYSTEM = "system", "システム（自動処理）"


class PersonManager(BaseUserManager):
    """Creates people; a system person cannot log in."""

    def numbered(self, *numbers):
        """Whoever has one of the numbers, in whatever case and width they are typed."""
        wanted = {staff_numbers.folded(number) for number in numbers}
        return self.alias(folded_number=Lower("staff_number")).filter(folded_number__in=wanted)

    def get_by_natural_key(self, username):
        """Whom a login means."""
        return self.numbered(username).get()

    def create_user(self, staff_number, password=None, **fields):
        person = self.model(staff_number=staff_numbers.written(staff_number), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, staff_number, password=None, **fields):
        return self.create_user(staff_number, password, **{"is_superuser": True, **fields})


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who works with personal information. Being a superuser opens the admin, and no file."""

    staff_number = models.CharField(
        "職員番号",
        max_length=20,
        unique=True,
        validators=[staff_numbers.SHAPE],
        error_messages={"unique": staff_numbers.TAKEN},
    )
    name = models.CharField("氏名", max_length=60)
    kana = models.CharField("氏名（カナ）", max_length=60, blank=True)
    email = models.EmailField("メールアドレス", blank=True)
    engagement = models.CharField("区分", max_length=12, choices=Engagement, default=Engagement.WARD)
    is_active = models.BooleanField("在籍", default=True)
    history = HistoricalRecords(excluded_fields=["password", "last_login"], verbose_name="職員等の履歴")

    USERNAME_FIELD = "staff_number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = PersonManager()

    class Meta:
        verbose_name = verbose_name_plural = "職員等"
        ordering = ["staff_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("staff_number"),
                name="person_has_a_staff_number_of_their_own_in_any_case",
                violation_error_message=staff_numbers.TAKEN,
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def normalize_username(cls, username):
        """As Django asks for it before a person is stored."""
        return staff_numbers.written(username) if isinstance(username, str) else username

    def save(self, *args, update_fields=None, **kwargs):
        """A login or a changed password alone leaves no history row: the history does not hold them."""
        if update_fields and set(update_fields) <= {"password", "last_login"}:
            self.skip_history_when_saving = True
        try:
            super().save(*args, update_fields=update_fields, **kwargs)
        finally:
            self.__dict__.pop("skip_history_when_saving", None)

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    def has_perm(self, perm, obj=None):
        """The administration by seat, a file by what was granted; being a superuser opens the administration alone."""
        if self._administers(perm.partition(".")[0]):
            return True
        plain = copy(self)
        plain.is_superuser = False
        for cached in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
            plain.__dict__.pop(cached, None)
        return self.is_active and super(Person, plain).has_perm(perm, obj)

    def has_module_perms(self, app_label):
        """The administration's own apps, for those who may open it; no other app opens by itself."""
        return self._administers(app_label)

    def _administers(self, app_label):
        from roles.administration import ADMINISTERED_APPS, opens_administration

        return app_label in ADMINISTERED_APPS and opens_administration(self)


class Posting(models.Model):
    """Where a person works and as what, from a day to a day. A person may work in several units at once."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="職員等", related_name="postings")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="所属", related_name="postings")
    title = models.CharField("職名", max_length=60, blank=True, help_text="例　課長、校長、係長、主事")
    is_main = models.BooleanField("本務", default=True)
    valid_from = models.DateField("発令日")
    valid_to = models.DateField("終了日（この日まで）", null=True, blank=True)
    history = HistoricalRecords(verbose_name="所属の履歴")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "所属"
        ordering = ["-valid_from", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="posting_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="終了日は発令日以後の日付にしてください。",
            ),
            models.UniqueConstraint(name="posting_begins_once", fields=["person", "unit", "valid_from"]),
        ]

    def __str__(self):
        return f"{self.unit} {self.title}".strip()


class Appointment(models.Model):
    """A seat held by a person from a day to a day (第3–7条). Rights come from here and end here, at once.

    One holder of a seat at one time, enforced by the database (roles/exclusion.py), but for the seats that several
    people hold (`SHARED_SEATS`).
    """

    seat = models.CharField("役割", max_length=32, choices=Seat)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name="組織",
        related_name="appointments",
        null=True,
        blank=True,
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="職員等", related_name="appointments")
    valid_from = models.DateField("就任日")
    valid_to = models.DateField("終了日（この日まで）", null=True, blank=True)
    basis = models.CharField("根拠", max_length=12, choices=Basis, default=Basis.EX_OFFICIO)
    security_post = models.CharField(
        "兼ねる情報セキュリティの職",
        max_length=60,
        blank=True,
        help_text="充て職のとき。例　情報セキュリティ責任者",
    )
    order_document = models.CharField("発令・指名の文書", max_length=120, blank=True)
    reason = models.TextField("理由", blank=True, help_text="監査責任者は、公平性を確保できる理由が必要です。")
    appointed_by = models.ForeignKey(
        Person, models.PROTECT, verbose_name="任命者", related_name="+", null=True, blank=True
    )
    history = HistoricalRecords(verbose_name="任命の履歴")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任命"
        ordering = ["seat", "unit", "-valid_from"]
        indexes: ClassVar = [
            models.Index(name="appointment_person_seat", fields=["person", "seat"]),
            models.Index(name="appointment_unit_seat", fields=["unit", "seat"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="appointment_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="終了日は就任日以後の日付にしてください。",
            ),
            models.CheckConstraint(
                name="appointment_names_a_unit_unless_ward_wide",
                condition=Q(seat__in=WARD_SEATS, unit=None) | (~Q(seat__in=WARD_SEATS) & Q(unit__isnull=False)),
                violation_error_message="部・課・学校の役割には組織を、区全体の役割には組織なしを指定してください。",
            ),
            models.CheckConstraint(
                name="appointment_of_audit_officer_gives_reason",
                condition=~Q(seat=Seat.AUDIT_OFFICER) | (~Q(reason="") & Q(appointed_by__isnull=False)),
                violation_error_message="監査責任者の任命には、任命者と公平性を確保できる理由が必要です（第7条第2項）。",
            ),
        ]

    def __str__(self):
        return self.label

    def clean(self):
        """Say at the field what does not hold, before the database refuses it without words."""
        from roles.appointment_rules import problems

        if self.person_id and self.seat and self.valid_from:
            errors = problems(self)
            if errors:
                raise ValidationError(errors)

    @property
    def label(self):
        """「税務課　保護責任者（職務代理）」, as shown at the top of each page and kept in the activity record."""
        seat = self.get_seat_display()
        if self.basis in {Basis.ACTING, Basis.CHARGE}:
            seat = f"{seat}（{self.get_basis_display()}）"
        return f"{self.unit.name}　{seat}" if self.unit else seat
