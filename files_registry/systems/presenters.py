"""How systems, administrators and agreements are said on a page; templates only print."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from files_registry.catalogue.presenters import Fact
from files_registry.systems.models import (
    AgreementStatus,
    InformationSystem,
    Side,
    SystemAdministrator,
    SystemAgreement,
)
from nerima_privacy.calendars.eras import wareki

KIND = {
    AgreementStatus.PROPOSED: "info",
    AgreementStatus.AGREED: "done",
    AgreementStatus.REFUSED: "late",
    AgreementStatus.WITHDRAWN: "calm",
    AgreementStatus.SUPERSEDED: "calm",
}
GONE = "いまはその所属にいません"


def period(first: date, last: date | None) -> str:
    """「令和6年4月1日から令和8年3月31日まで」."""
    return f"{wareki(first)}から" + (f"{wareki(last)}まで" if last else "")


def state(system: InformationSystem, on: date) -> tuple[str, str]:
    """In use, not yet, or no longer; with its colour."""
    if system.valid_to is not None and system.valid_to < on:
        return "使用終了", "calm"
    if system.valid_from > on:
        return "使用前", "info"
    return ("使用中", "done") if system.valid_to is None else (f"{wareki(system.valid_to)}で終了", "soon")


def line(found: Any, on: date) -> dict[str, Any]:
    """A line of the register, of a `listing.Line`."""
    return {
        "system": found.system,
        "unit": found.system.unit.full_name,
        "administrator": found.administrator,
        "files": found.files,
        "state": state(found.system, on),
        "lacking": lacking(found),
    }


def lacking(found: Any) -> list[tuple[str, str]]:
    """What a system of the register lacks, each with its colour."""
    words = []
    if found.files and not found.administrator:
        words.append(("管理者がいません", "late"))
    if found.unagreed:
        words.append(("合意のない事項", "soon"))
    if found.late:
        words.append(("見直しの期限切れ", "late"))
    return words


def facts(system: InformationSystem) -> list[Fact]:
    """What the register says of a system."""
    return [
        Fact(None, "所管", system.unit.full_name),
        Fact(None, "なにに使うか", system.purpose),
        Fact(None, "使用する期間", period(system.valid_from, system.valid_to)),
    ]


def administrator_row(row: Any, serves: bool, on: date) -> dict[str, Any]:
    """Who administers or administered it; `serves` says whether the person is in office today."""
    now = row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)
    if row.withdrawn_at is not None:
        word, kind = "誤りのため取消し", "calm"
    elif serves:
        word, kind = "いまの管理者", "done"
    elif now:
        word, kind = GONE, "late"
    else:
        word, kind = ("これから", "info") if row.valid_from > on else ("終わり", "calm")
    return {
        "name": row.person.name,
        "unit": row.unit.full_name if row.unit else "",
        "period": period(row.valid_from, row.valid_to),
        "word": word,
        "kind": kind,
        "reason": row.withdrawn_reason,
    }


def link_row(link: Any, *, mine: bool, on: date) -> dict[str, Any]:
    """A file in the system: its record for who knows of it, the end for who may end it (`listing.links_page`)."""
    return {
        "link": link,
        "file": link.file,
        "unit": link.file.unit.full_name,
        "period": period(link.valid_from, link.valid_to),
        "known": link.known,
        "ended": link.valid_to is not None and link.valid_to < on,
        "can_end": mine and link.valid_to is None,
    }


def agreement_facts(agreement: SystemAgreement) -> list[Fact]:
    """What was proposed and what became of it."""
    rows = [
        Fact(None, "情報システム", agreement.system.name, small=agreement.system.unit.full_name),
        Fact(
            None,
            "ファイルの所管",
            agreement.unit.full_name,
            small="この課・学校の、システムにあるすべてのファイルについて",
        ),
        Fact(None, "事項", agreement.topic_label),
        Fact(None, "合意する内容", agreement.words),
        Fact(None, "効力", period(agreement.valid_from, agreement.valid_to)),
        Fact(None, "見直しの期限", wareki(agreement.review_on)),
        Fact(
            None,
            "提案",
            f"{agreement.proposed_by.name}（{agreement.proposed_post}）",
            small=f"{Side(agreement.side).label}の側から　{wareki(timezone.localdate(agreement.proposed_at))}",
        ),
    ]
    if agreement.decided_by and agreement.decided_at:
        word = "不同意" if agreement.status == AgreementStatus.REFUSED else "同意"
        who = f"{agreement.decided_by.name}（{agreement.decided_post}）"
        rows.append(Fact(None, word, who, small=wareki(timezone.localdate(agreement.decided_at))))
    if agreement.reason:
        rows.append(Fact(None, "理由", agreement.reason))
    return rows


def in_force(agreement: SystemAgreement, on: date) -> bool:
    """Whether it is what holds on a day."""
    begun = agreement.valid_from <= on and (agreement.valid_to is None or on <= agreement.valid_to)
    return begun and agreement.status in {AgreementStatus.AGREED, AgreementStatus.SUPERSEDED}


def topic_rows(
    topics: dict[str, str], notes: dict[str, str], agreements: Iterable[SystemAgreement], on: date
) -> list[dict[str, Any]]:
    """Each topic with what holds, what comes and what is proposed."""
    rows = list(agreements)
    return [
        {"code": code, "label": label, "note": notes.get(code, "")} | _stands(rows, code, on)
        for code, label in topics.items()
    ]


def _stands(agreements: list[SystemAgreement], code: str, on: date) -> dict[str, Any]:
    """What holds on the topic, whether its review is overdue, what comes next, what waits for an answer."""
    rows = [row for row in agreements if row.topic == code]
    now = next((row for row in rows if in_force(row, on)), None)
    return {
        "now": now,
        "late": now is not None and now.review_on < on,
        "next": next((row for row in rows if row.status == AgreementStatus.AGREED and row.valid_from > on), None),
        "proposed": next((row for row in rows if row.status == AgreementStatus.PROPOSED), None),
    }


def pair_row(unit: Any, topics: dict[str, str], agreements: Iterable[SystemAgreement], on: date) -> dict[str, Any]:
    """How the agreement with the unit stands: so many of so many, the first review, what waits."""
    rows = topic_rows(topics, {}, agreements, on)
    agreed = [row["now"] for row in rows if row["now"]]
    return {
        "unit": unit,
        "text": f"{len(agreed)}/{len(rows)}",
        "kind": "done" if len(agreed) == len(rows) else "soon",
        "review_on": min((row.review_on for row in agreed), default=None),
        "waiting": sum(1 for row in rows if row["proposed"]),
    }


def closed(agreements: Iterable[SystemAgreement], on: date) -> list[dict[str, Any]]:
    """What was refused, withdrawn or superseded, newest first."""
    done = {AgreementStatus.REFUSED, AgreementStatus.WITHDRAWN, AgreementStatus.SUPERSEDED}
    return [
        {"agreement": row, "kind": KIND[AgreementStatus(row.status)], "period": period(row.valid_from, row.valid_to)}
        for row in agreements
        if row.status in done and not in_force(row, on)
    ]


def named(row: SystemAdministrator | None) -> str:
    """The name, or that there is nobody."""
    return row.person.name if row else "いません"
