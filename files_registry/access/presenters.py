"""How a right is said on a page; templates only print."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from files_registry.access.holders import Holder
from files_registry.access.models import Grant, GrantStatus, last_day
from files_registry.access.rounds import Round, since_last
from files_registry.catalogue.presenters import Fact
from files_registry.catalogue.rights import Right
from nerima_privacy.calendars.eras import wareki, wareki_time
from nerima_privacy.documents.forms import RightsLine

S = GrantStatus
STATUS_KIND = {
    S.REQUESTED: "info",
    S.GRANTED: "done",
    S.REFUSED: "calm",
    S.WITHDRAWN: "calm",
    S.NARROWED: "calm",
    S.SUSPENDED: "late",
    S.REVOKED: "calm",
    S.ENDED: "calm",
}
SEATED = "役割についているあいだ"
SINCE_LAST = {"new": ("新しい", "info"), "changed": ("縮小した", "soon"), "same": ("変わらない", "calm")}


def rights_words(rights: Iterable[Right]) -> str:
    """「閲覧、出力」."""
    return "、".join(right.label for right in rights)


def status(grant: Grant) -> tuple[str, str]:
    """The state in words and its colour; a right whose time is over says so before the night closes it."""
    if grant.status == S.GRANTED and grant.ends_at <= timezone.now():
        return "終了", "calm"
    if grant.status == S.GRANTED and grant.begins_at > timezone.now():
        return "許可（これから）", "info"
    return grant.get_status_display(), STATUS_KIND[GrantStatus(grant.status)]


def period(grant: Grant) -> str:
    """「令和8年11月25日から令和9年3月31日まで」; the hour too where it does not end with a day."""
    begins = wareki(timezone.localtime(grant.begins_at).date())
    ends = timezone.localtime(grant.ends_at)
    whole = (ends.hour, ends.minute, ends.second) == (0, 0, 0)
    return f"{begins}から{wareki(grant.last_day) if whole else wareki_time(ends)}まで"


def row(grant: Grant, soon_days: int) -> dict[str, Any]:
    """A line of a list."""
    words, kind = status(grant)
    left = grant.ends_at - timezone.now()
    ending = grant.status == S.GRANTED and timedelta(0) < left <= timedelta(days=soon_days)
    return {
        "grant": grant,
        "holder": grant.holder,
        "unit": grant.unit.full_name,
        "rights": rights_words(grant.rights),
        "status": words,
        "kind": kind,
        "since": grant.ends_at if grant.status == S.GRANTED and left <= timedelta(0) else grant.status_since,
        "until": wareki(grant.last_day),
        "ending": ending,
    }


def facts(grant: Grant) -> list[Fact]:
    """What was asked for and what was decided."""
    said = [
        ("だれに", f"{grant.holder}（{grant.unit.full_name}）"),
        ("権限の内容", rights_words(grant.rights)),
        ("利用の目的", grant.purpose),
        ("期間", period(grant)),
        ("きっかけ", grant.get_origin_display()),
        ("申し出た人", f"{grant.asked_by.name}　{wareki_time(grant.asked_at)}"),
    ]
    if grant.decided_by is not None and grant.decided_at is not None:
        said.append(("決めた人", f"{grant.decided_by.name}（{grant.decided_post}）　{wareki_time(grant.decided_at)}"))
        said.append(("条件・理由", grant.decision_note))
    if grant.kept_at is not None:
        said.append(("棚卸しで継続", wareki_time(grant.kept_at)))
    if grant.ended_at is not None:
        said.append(("終わり", f"{wareki_time(grant.ended_at)}　{grant.end_reason}"))
    return [Fact(None, label, value) for label, value in said]


class HolderRow(RightsLine):
    """A line of the paper, and on the page the way to the grant it comes from."""

    url: str


def holder_row(holder: Holder) -> HolderRow:
    """A line of 権限一覧."""
    return {
        "name": holder.name,
        "unit": holder.unit,
        "rights": rights_words(holder.rights),
        "ground": holder.ground,
        "purpose": holder.purpose,
        "until": wareki(last_day(holder.ends_at)) if holder.ends_at else SEATED,
        "last_used": wareki_time(holder.last_used) if holder.last_used else "記録なし",
        "url": holder.url,
    }


def review_rows(grants: Iterable[Grant], current: Round, form: Any) -> list[dict[str, Any]]:
    """The rights that wait for an answer, with the fields that take it."""
    return [
        {
            "grant": grant,
            "since_last": SINCE_LAST[since_last(grant, current)],
            "rights": rights_words(grant.rights),
            "period": period(grant),
            "answer": _choices(form[f"answer-{grant.pk}"]),
            "less": _choices(form[f"rights-{grant.pk}"]),
            "ends_on": form[f"ends_on-{grant.pk}"],
            "note": form[f"note-{grant.pk}"],
            "open": _typed(form, grant.pk),
        }
        for grant in grants
    ]


def _typed(form: Any, pk: int) -> bool:
    """Whether something stands in the folded part of a row that must be seen: a reason of its own, or what is wrong."""
    errors = any(form[f"{name}-{pk}"].errors for name in ("rights", "ends_on", "note"))
    return errors or bool(form[f"note-{pk}"].value())


def _choices(field: Any) -> dict[str, Any]:
    """A field of choices for a template that writes them itself: fifty rows of widgets took longer than their page."""
    value = field.value()
    chosen = {str(one) for one in value or [""]} if isinstance(value, list | tuple) else {str(value or "")}
    options = [(code, label, str(code) in chosen) for code, label in field.field.choices]
    return {"field": field, "id": field.auto_id, "options": options, "errors": field.errors}
