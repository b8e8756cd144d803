"""The facts an entry or a verification must bring; each answers field → a sentence, empty when all is well.

Forms, bulk entry and imports ask the same functions, so that no way in is easier than another.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.ledgers.models import EntryKind, LedgerEntry, Medium, Verification, Way
from files_registry.ledgers.rules import COLUMNS, WITHOUT, LedgerRule, label_of
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused

MOST = 100_000_000
# From which states of a file something may be written down: what is held, and what was and is being done away with.
MOVES: dict[tuple[str, FileStatus], FileStatus] = {
    (move, status): status
    for move in ("write", "correct", "verify", "register_medium")
    for status in (FileStatus.HELD, FileStatus.CEASED)
}
WORDS = {
    "write": "台帳に記録する",
    "correct": "台帳の記録を訂正する",
    "verify": "照合を記録する",
    "register_medium": "媒体を登録する",
}


def check_move(file: PersonalInformationFile, move: str) -> None:
    """MoveRefused when the file is not held yet, or never was."""
    if (move, FileStatus(file.status)) not in MOVES:
        raise MoveRefused(
            f"このファイルは「{file.get_status_display()}」なので、{WORDS[move]}ことはできません。"
            "保有をはじめてから記録してください。"
        )


def refuse(errors: Mapping[str, str]) -> None:
    """Invalid when there is something to say."""
    if errors:
        raise Invalid(dict(errors))


def entry_errors(data: Mapping[str, Any], rule: LedgerRule, file: PersonalInformationFile | None) -> dict[str, str]:
    """An entry's facts: a kind, a day, the columns the kind and the file's class ask for (第15条)."""
    errors = day_errors(data, file) | too_long(LedgerEntry, data) | done_by_errors(data)
    kind = data.get("kind")
    if kind not in EntryKind.values:
        return errors | {"kind": "取扱いの種類を選んでください。"}
    if data.get("medium") and data["medium"] not in Medium.values:
        errors["medium"] = "媒体を一覧から選んでください。"
    if data.get("persons") is not None and not 0 <= data["persons"] <= MOST:
        errors["persons"] = f"0から{MOST:,}までの数にしてください。"
    for name in sorted(rule.required(kind)):
        if data.get(name) in (None, ""):
            errors.setdefault(name, _missing(name, kind, rule))
    return errors


def _missing(name: str, kind: str, rule: LedgerRule) -> str:
    label, verb = label_of(name, kind), "選んで" if name == "medium" else "書いて"
    why = f"（{rule.label}では必ず書きます）" if name in rule.fields else ""
    return f"{label}を{verb}ください{why}。"


def for_kind(data: Mapping[str, Any]) -> dict[str, Any]:
    """The columns the kind has; what a form left in the others is not kept."""
    left_out = WITHOUT.get(str(data.get("kind")), set())
    empty: dict[str, Any] = {name: None if name == "persons" else "" for name in COLUMNS}
    return empty | {name: data[name] for name in COLUMNS if name not in left_out and data.get(name) not in (None, "")}


def verification_errors(data: Mapping[str, Any], file: PersonalInformationFile | None) -> dict[str, str]:
    """How many of how many, what was wrong, what was done (第17条)."""
    errors = day_errors(data, file) | too_long(Verification, data) | done_by_errors(data)
    if data.get("way") not in Way.values:
        errors["way"] = "照合の方法を選んでください。"
    if not data.get("process"):
        errors["process"] = "何の処理かを書いてください。例　当初賦課の入力"
    return errors | _count_errors(data)


def _count_errors(data: Mapping[str, Any]) -> dict[str, str]:
    errors = {
        name: f"{label}を0から{MOST:,}までの数で書いてください。"
        for name, label in (("total", "処理した件数"), ("examined", "照合した件数"), ("errors", "誤りの件数"))
        if data.get(name) is None or not 0 <= data[name] <= MOST
    }
    if errors:
        return errors
    if data["examined"] > data["total"]:
        errors["examined"] = f"照合した件数は、処理した件数（{data['total']:,}件）までにしてください。"
    elif data["examined"] == 0 and data["total"]:
        errors["examined"] = "照合した件数を書いてください。1件も照合していないときは、記録するものはありません。"
    if data["errors"] > data["examined"]:
        errors["errors"] = f"誤りの件数は、照合した件数（{data['examined']:,}件）までにしてください。"
    if data["examined"] < data["total"] and not data.get("sampling"):
        errors["sampling"] = "一部を照合したときは、どのように選んだかを書いてください。例　20件ごとに1件"
    if data["errors"] and not data.get("remedy"):
        errors["remedy"] = "誤りがあったときは、どう対応したかを書いてください。例　原票のとおりに直し、再度照合した"
    return errors


def day_errors(data: Mapping[str, Any], file: PersonalInformationFile | None, name: str = "on") -> dict[str, str]:
    """A day that has come, and not before the file was held."""
    on: date | None = data.get(name)
    if on is None:
        return {name: "日付を書いてください。例　令和8年11月20日"}
    if on > today():
        return {name: "きょうまでの日付を書いてください。"}
    if file is not None and file.held_from and on < file.held_from:
        return {name: f"保有を始めた{wareki(file.held_from)}以後の日付を書いてください。"}
    return {}


def done_by_errors(data: Mapping[str, Any]) -> dict[str, str]:
    """Who did it, in words: it may be another than who writes it down."""
    return {} if data.get("done_by") else {"done_by": "行った人の氏名を書いてください。"}


def too_long(model: type[models.Model], data: Mapping[str, Any]) -> dict[str, str]:
    """Texts that no column of the model would hold."""
    errors = {}
    for name, value in data.items():
        limit = limit_of(model, name)
        if limit and isinstance(value, str) and len(value) > limit:
            errors[name] = f"{limit:,}字以内で書いてください（いま{len(value):,}字）。"
    return errors


def limit_of(model: type[models.Model], name: str) -> int | None:
    """How long a text of that column may be."""
    names = {field.name for field in model._meta.concrete_fields}
    return getattr(model._meta.get_field(name), "max_length", None) if name in names else None
