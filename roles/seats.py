"""The seats of the guideline, each with its article: the one list of permission words (第3–7条・第10条)."""

from dataclasses import dataclass
from enum import Enum

from django.db import models


class Seat(models.TextChoices):
    """A seat somebody is appointed to; a right comes from holding one now, never from a flag on a person."""

    GENERAL_PROTECTION_MANAGER = "general_protection_manager", "総括保護管理者"
    DEPARTMENT_PROTECTION_MANAGER = "department_protection_manager", "保護管理責任者"
    PROTECTION_MANAGER = "protection_manager", "保護責任者"
    PROTECTION_OFFICER = "protection_officer", "保護担当者"
    AUDIT_OFFICER = "audit_officer", "監査責任者"
    DISCLOSURE_MANAGER = "disclosure_manager", "情報公開課長"
    DISCLOSURE_STAFF = "disclosure_staff", "情報公開課の職員"
    SYSTEM_ADMINISTRATOR = "system_administrator", "システム管理者"


class Level(Enum):
    """What a seat is the seat of."""

    WARD = "ward"
    DEPARTMENT = "department"
    SECTION = "section"


@dataclass(frozen=True)
class SeatRule:
    """What the guideline says of a seat. `several` means that more than one person may hold it at one time.

    `allows` says in Japanese what its holder does here.
    """

    article: str
    level: Level
    allows: str
    several: bool = False


RULES: dict[Seat, SeatRule] = {
    Seat.GENERAL_PROTECTION_MANAGER: SeatRule(
        "3-1", Level.WARD, "区全体の状況を見て、保有個人情報の管理を総括します。監査責任者を任命し、監査を承認します。"
    ),
    Seat.DEPARTMENT_PROTECTION_MANAGER: SeatRule(
        "4-1", Level.DEPARTMENT, "部の課のファイルと届出の状況を見て、部の事務を総括します。"
    ),
    Seat.PROTECTION_MANAGER: SeatRule(
        "5-1", Level.SECTION, "課・学校の個人情報ファイルの届出を決め、情報公開課長に届け出ます。"
    ),
    Seat.PROTECTION_OFFICER: SeatRule(
        "6-1", Level.SECTION, "課・学校の届出を下書きし、保護責任者に提出します。", several=True
    ),
    Seat.AUDIT_OFFICER: SeatRule(
        "7-1",
        Level.WARD,
        "監査を計画し、承認された期間だけ、監査する組織のファイルを見ます。自分の所属と、その部は監査しません。",
        several=True,
    ),
    Seat.DISCLOSURE_MANAGER: SeatRule(
        "10-2", Level.WARD, "届出を受けて検討し、結果を保護責任者に通知します。個人情報ファイル簿を公表します。"
    ),
    Seat.DISCLOSURE_STAFF: SeatRule("10-2", Level.WARD, "届出の検討と個人情報ファイル簿の準備をします。", several=True),
    Seat.SYSTEM_ADMINISTRATOR: SeatRule(
        "5-4",
        Level.WARD,
        "組織、職員等、任命、法令等の値を管理します。ファイルの内容は見られません。",
        several=True,
    ),
}

WARD_SEATS = [seat for seat, rule in RULES.items() if rule.level is Level.WARD]
SHARED_SEATS = [seat for seat, rule in RULES.items() if rule.several]


class Basis(models.TextChoices):
    """On what ground a person holds a seat."""

    EX_OFFICIO = "ex_officio", "充て職"
    CONCURRENT = "concurrent", "兼務"
    CHARGE = "charge", "事務取扱"
    ACTING = "acting", "職務代理"
    NAMED = "named", "任命・指名"
