"""Notifications brought to any step, by the verbs themselves."""

from datetime import timedelta

from files_registry.filings import workflow
from files_registry.filings.models import Filing, FilingKind, FilingStatus, Result
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice

CELLS = {
    "name": "課税台帳（特別区民税・都民税）",
    "purpose": "特別区民税および都民税の賦課に関する事務に利用する。",
    "items": "氏名\n生年月日\n住所\n個人番号\n所得",
    "scope": "賦課期日に区内に住所を有する者",
    "collection": "本人または代理人からの申告、支払者からの報告書",
    "sensitive": False,
    "recipients": "東京都",
    "desk_name": "総務部 情報公開課",
    "desk_address": "練馬区豊玉北6-12-1",
    "processing": "computerised",
    "manual_twin": False,
    "open_to_proposals": False,
    "persons": 350000,
    "my_number": True,
    "confidentiality": "3b",
    "retention": "5",
}
S = FilingStatus


def plan(days=10):
    return {"planned_on": today() + timedelta(days=days)}


def draft(cast, **data) -> Filing:
    return workflow.draft_new(cast.tax.pk, actor=cast.officer, data={**CELLS, **plan(), **data})


def submitted(cast, **data) -> Filing:
    return workflow.submit(draft(cast, **data).pk, actor=cast.officer)


def filed(cast, **data) -> Filing:
    return workflow.file(submitted(cast, **data).pk, actor=cast.manager)


def proposed(cast, **data) -> Filing:
    filing = filed(cast, **data)
    return workflow.consider(filing.pk, propose=True, reason="新しい事務", actor=cast.disclosure_manager)


def decided(cast, result=Result.NO_OBJECTION, **data) -> Filing:
    text = "" if result == Result.NO_OBJECTION else "目的をより狭く書くこと。"
    return workflow.consider(
        filed(cast, **data).pk,
        propose=False,
        reason="定例の事務のため",
        result=result,
        result_text=text,
        actor=cast.disclosure_manager,
    )


def notified(cast, result=Result.NO_OBJECTION, **data) -> Filing:
    return workflow.notify(decided(cast, result, **data).pk, actor=cast.disclosure_manager)


def held(cast, **data) -> Filing:
    return workflow.hold(notified(cast, **data).pk, on=today(), actor=cast.officer)


def change(cast, step=S.DRAFT, base=None, **data) -> Filing:
    """A change of a held file, at a step up to NOTIFIED."""
    data = {"items": CELLS["items"] + "\n森林環境税額", **plan(), **data}
    filing = workflow.draft_change((base or held(cast)).file_id, actor=cast.officer, data=data)
    return _walk(cast, filing, step)


def cease(cast, step=S.DRAFT, on=None, base=None) -> Filing:
    filing = workflow.draft_cease((base or held(cast)).file_id, actor=cast.officer, data={"planned_on": on or today()})
    return _walk(cast, filing, step)


def _walk(cast, filing: Filing, step: FilingStatus) -> Filing:
    if step == S.DRAFT:
        return filing
    filing = workflow.submit(filing.pk, actor=cast.officer)
    if step == S.SUBMITTED:
        return filing
    filing = workflow.file(filing.pk, actor=cast.manager)
    if step == S.FILED:
        return filing
    if filing.kind == FilingKind.CEASE:
        return workflow.receive(filing.pk, actor=cast.disclosure_manager)
    filing = workflow.consider(
        filing.pk, propose=False, reason="定例", result="no_objection", actor=cast.disclosure_manager
    )
    return filing if step == S.DECIDED else workflow.notify(filing.pk, actor=cast.disclosure_manager)


def advance(cast, filing: Filing) -> Filing:
    """From filed to notified."""
    workflow.consider(filing.pk, propose=False, reason="定例", result="no_objection", actor=cast.disclosure_manager)
    return workflow.notify(filing.pk, actor=cast.disclosure_manager)


def written() -> tuple[int, int, int]:
    """How much has been written down: entries, notices, history rows of notifications."""
    return Entry.objects.count(), Notice.objects.count(), Filing.history.count()
