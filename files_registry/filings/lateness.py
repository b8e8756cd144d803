"""あらかじめ (第10条第1項) and 速やかに (第10条第3項), checked against the dates given."""

from datetime import date, timedelta

from django.utils import timezone

from files_registry.filings.models import OPEN_STATUSES, Filing, FilingKind, FilingStatus
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.law.parameters import parameter

YEARS_AHEAD = 5
ONE_DAY = timedelta(days=1)
WITH_DISCLOSURE = [FilingStatus.FILED, FilingStatus.PROPOSED, FilingStatus.DECIDED]


def last_prompt_day(ceased_on: date) -> date:
    """The last day on which ceasing is still notified 速やかに: parameter `filing.cease_prompt_days`, calendar days."""
    return ceased_on + timedelta(days=int(parameter("filing.cease_prompt_days")))


def is_late(filing: Filing, on: date) -> bool:
    """Whether a notification filed on `on` is late.

    New and change: it was done already, or its day has passed. Ceasing: more days have passed than 速やかに allows.
    """
    if filing.kind == FilingKind.CEASE:
        return filing.planned_on is not None and on > last_prompt_day(filing.planned_on)
    return filing.already_done or (filing.planned_on is not None and filing.planned_on < on)


def due_on(filing: Filing, review_days: int) -> date | None:
    """The day by which the present step should be over; desk, list and page all say this one.

    Until it is filed: the day before the planned one, for notifying comes beforehand. With 情報公開課: its own aim in
    days, or the planned day where that is earlier. After the result: the planned day. Ceasing, and what was done
    already, have no planned day to keep.
    """
    if filing.status == FilingStatus.NOTIFIED:
        return filing.planned_on
    planned = None if filing.kind == FilingKind.CEASE or filing.already_done else filing.planned_on
    if filing.status in WITH_DISCLOSURE and filing.filed_at:
        aim = timezone.localdate(filing.filed_at) + timedelta(days=review_days)
        return min(aim, planned) if planned else aim
    if filing.status not in OPEN_STATUSES or planned is None:
        return None
    return planned if filing.filed_at else planned - ONE_DAY


def date_errors(filing: Filing, on: date) -> dict[str, str]:
    """field → sentence, for dates that cannot be filed on `on`."""
    sentence = _cease_error(filing, on) if filing.kind == FilingKind.CEASE else _plan_error(filing, on)
    return {"planned_on": sentence} if sentence else {}


def _cease_error(filing: Filing, on: date) -> str:
    ceased, held = filing.planned_on, filing.file.held_from
    if ceased is None:
        return "保有をやめた日を書いてください。"
    if ceased > on:
        return "保有をやめてから届け出ます。きょうまでの日付を書いてください（第10条第3項）。"
    if held and ceased < held:
        return f"保有を始めた{wareki(held)}以後の日付を書いてください。"
    return ""


def _plan_error(filing: Filing, on: date) -> str:
    planned, held = filing.planned_on, filing.file.held_from
    if planned is None:
        return "保有開始・変更の予定日を書いてください。"
    if filing.already_done and planned > on:
        return "すでに保有・変更しているときは、始めた日（きょうまでの日付）を書いてください。"
    if planned.year > on.year + YEARS_AHEAD:
        return f"{YEARS_AHEAD}年以内の予定日を書いてください。"
    if filing.kind == FilingKind.CHANGE and held and planned < held:
        return f"保有を始めた{wareki(held)}以後の日付を書いてください。"
    return ""


def late_sentence(filing: Filing, on: date) -> str:
    """Why a reason is asked for."""
    if filing.kind == FilingKind.CEASE and filing.planned_on:
        return (
            f"速やかに届け出る期限（{wareki(last_prompt_day(filing.planned_on))}）をすぎています。"
            "おくれた理由を書いてください（第10条第3項）。"
        )
    return "あらかじめ届け出ることができなかった理由を書いてください（第10条第1項）。"
