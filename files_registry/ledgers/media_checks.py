"""The facts a medium must bring: where it lies, who answers for it, how it ended (第15条).

Each answers field → a sentence, empty when all is well; for one medium and for many alike.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.searching import normalise
from files_registry.ledgers.checks import MOST, day_errors, too_long
from files_registry.ledgers.models import DisposalWay, Lock, StoredMedium
from files_registry.ledgers.queries import staff_of
from nerima_privacy.calendars.eras import wareki
from roles.models import Person, Unit


def medium_errors(data: Mapping[str, Any], file: PersonalInformationFile | None) -> dict[str, str]:
    """Where a medium lies and who answers for it (第15条)."""
    errors = too_long(StoredMedium, data)
    if "stored_on" in data:
        errors |= day_errors(data, file, "stored_on")
    for name, label in (("label", "媒体の名称"), ("place", "保管場所")):
        if name in data and not data[name]:
            errors[name] = f"{label}を書いてください。"
    for name, label in (("medium", "媒体の種類"), ("lock", "施錠等"), ("responsible", "保管の責任をもつ人")):
        if name in data and not data[name]:
            errors[name] = f"{label}を選んでください。"
    if data.get("lock") == Lock.NONE and not data.get("remarks"):
        errors["remarks"] = "施錠していないときは、その理由と、代わりの措置を書いてください。"
    if "count" in data and not 1 <= (data["count"] or 0) <= MOST:
        errors["count"] = "数量を1以上の数で書いてください。"
    return errors


def keeper_errors(person: Person | None, unit: Unit) -> dict[str, str]:
    """Who answers for a medium works where it is held now, when the verb runs and not only when the page was opened."""
    if person is None or staff_of(unit).filter(pk=person.pk).exists():
        return {}
    return {"responsible": f"{person.name}さんは、いま{unit.name}の職員ではありません。いまの職員から選んでください。"}


def moved_errors(data: Mapping[str, Any], medium: StoredMedium) -> dict[str, str]:
    """Something happened to a medium on a day that has come, and not before it was stored."""
    errors = day_errors(data, None)
    if not errors and data["on"] < medium.stored_on:
        return {"on": f"保管をはじめた{wareki(medium.stored_on)}以後の日付を書いてください。"}
    return errors


def is_early(medium: StoredMedium, on: date) -> bool:
    """Whether a day is before the end of the medium's retention, or that end is not known."""
    return medium.keep_until is None or on <= medium.keep_until


def disposal_errors(data: Mapping[str, Any], medium: StoredMedium) -> dict[str, str]:
    """Of one medium: the proof, a day after it was stored, and why before its retention is over (第15条)."""
    errors = proof_errors(data) | moved_errors(data, medium)
    if data.get("on") and is_early(medium, data["on"]) and not data.get("early_reason"):
        until = f"（{wareki(medium.keep_until)}まで）" if medium.keep_until else "（満了日は決まっていません）"
        errors["early_reason"] = f"保存期間{until}の満了前に処分する理由を書いてください。"
    return errors


def proof_errors(data: Mapping[str, Any]) -> dict[str, str]:
    """How, by whom, and two people or the number of a certificate (第15条)."""
    errors = too_long(StoredMedium, data)
    if data.get("way") not in DisposalWay.values:
        errors["way"] = "処分の方法を選んでください。"
    if not data.get("disposed_by"):
        errors["disposed_by"] = "処分した人の氏名を書いてください。"
    witness, certificate = data.get("witness", ""), data.get("certificate", "")
    if not witness and not certificate:
        errors["witness"] = "立ち会った人の氏名か、証明書の番号のどちらかを書いてください。"
    elif witness and not certificate and _written(witness) == _written(data.get("disposed_by", "")):
        errors["witness"] = "処分した人とは別の人が立ち会ってください。"
    return errors


def _written(name: str) -> str:
    """A name however it is spaced and in whatever width: the same person twice is not two people."""
    return "".join(normalise(name).split())
