"""How an audit is said on a page; templates only print."""

from typing import Any

from audits.examinations.independence import conflicts
from audits.examinations.models import OPEN_STATUSES, Audit, AuditStatus
from files_registry.catalogue.presenters import Fact
from nerima_privacy.calendars.eras import wareki, wareki_time
from nerima_privacy.calendars.periods import today
from roles.models import Unit

S = AuditStatus
STATUS_KIND = {
    S.DRAFT: "calm",
    S.SUBMITTED: "info",
    S.UNDER_WAY: "done",
    S.REFUSED: "calm",
    S.WITHDRAWN: "calm",
    S.ENDED: "calm",
}
SHOWN = 3


def status(audit: Audit) -> tuple[str, str]:
    """The state in words and its colour; an audit to come, or over before the night closes it, says so."""
    if audit.status == S.UNDER_WAY and audit.begins_on > today():
        return "承認（これから）", "info"
    if audit.status == S.UNDER_WAY and audit.ends_on < today():
        return str(S.ENDED.label), "calm"
    return audit.get_status_display(), STATUS_KIND[S(audit.status)]


def period(audit: Audit) -> str:
    """「令和8年12月1日から令和9年3月31日まで」."""
    return f"{wareki(audit.begins_on)}から{wareki(audit.ends_on)}まで"


def unit_name(unit: Unit) -> str:
    """A 部 that has units under it stands for them too."""
    return f"{unit.name}（下の課をふくむ）" if unit.is_department and not unit.is_section else unit.full_name


def some_units(audit: Audit) -> str:
    """The first of the units, and how many more there are."""
    units = [unit_name(unit) for unit in audit.units.all()]
    more = f"ほか{len(units) - SHOWN}" if len(units) > SHOWN else ""
    return "、".join(units[:SHOWN]) + more


def row(audit: Audit) -> dict[str, Any]:
    """A line of the list."""
    words, kind = status(audit)
    return {
        "audit": audit,
        "status": words,
        "kind": kind,
        "officers": "、".join(person.name for person in audit.officers.all()),
        "units": some_units(audit),
        "begins": wareki(audit.begins_on),
        "ends": wareki(audit.ends_on),
    }


def plan_words(audit: Audit) -> dict[str, str]:
    """Each field of the plan in words."""
    return {
        "title": audit.title,
        "occasion": audit.get_occasion_display(),
        "officers": "、".join(person.name for person in audit.officers.all()),
        "units": "\n".join(unit_name(unit) for unit in audit.units.all()),
        "purpose": audit.purpose,
        "matters": audit.matters,
        "begins_on": wareki(audit.begins_on),
        "ends_on": wareki(audit.ends_on),
    }


def apart(audit: Audit) -> str:
    """Who does not examine which of the units, being tied to it; asked while that is still to come or goes on."""
    if audit.status not in OPEN_STATUSES:
        return ""
    found = conflicts(audit.officers.all(), audit.units.all(), today())
    return "\n".join(f"{one.person.name}　{unit_name(one.unit)}（{one.tie.value}）" for one in found)


def facts(audit: Audit) -> list[Fact]:
    """What is planned."""
    words, tied = plan_words(audit), apart(audit)
    said = [
        ("定期・随時の別", words["occasion"]),
        ("監査責任者", words["officers"]),
        ("監査する組織", words["units"]),
        *([("本人が監査しない組織", tied)] if tied else []),
        ("監査の目的", words["purpose"]),
        ("監査する事項", words["matters"]),
        ("期間", period(audit)),
        ("案をつくった人", f"{audit.planned_by.name}　{wareki_time(audit.planned_at)}"),
    ]
    return [Fact(None, label, value) for label, value in said]


def outcome(audit: Audit) -> list[Fact]:
    """What was decided, and how it ended."""
    said = []
    if audit.decided_by is not None and audit.decided_at is not None:
        said.append(("決めた人", f"{audit.decided_by.name}（{audit.decided_post}）　{wareki_time(audit.decided_at)}"))
        if audit.decision_note:
            said.append(("条件・理由", audit.decision_note))
    if audit.ended_at is not None:
        by = f"　{audit.ended_by.name}" if audit.ended_by else ""
        said.append(("終わり", f"{wareki_time(audit.ended_at)}{by}\n{audit.end_reason}"))
    return [Fact(None, label, value) for label, value in said]
