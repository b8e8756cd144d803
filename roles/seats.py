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
    """What the guideline says of a seat. `several` means that more than one person may hold it at one time."""

    article: str
    level: Level
    several: bool = False


RULES: dict[Seat, SeatRule] = {
    Seat.GENERAL_PROTECTION_MANAGER: SeatRule("3-1", Level.WARD),
    Seat.DEPARTMENT_PROTECTION_MANAGER: SeatRule("4-1", Level.DEPARTMENT),
    Seat.PROTECTION_MANAGER: SeatRule("5-1", Level.SECTION),
    Seat.PROTECTION_OFFICER: SeatRule("6-1", Level.SECTION, several=True),
    Seat.AUDIT_OFFICER: SeatRule("7-1", Level.WARD, several=True),
    Seat.DISCLOSURE_MANAGER: SeatRule("10-2", Level.WARD),
    Seat.DISCLOSURE_STAFF: SeatRule("10-2", Level.WARD, several=True),
    Seat.SYSTEM_ADMINISTRATOR: SeatRule("5-4", Level.WARD, several=True),
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
