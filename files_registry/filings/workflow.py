"""The verbs of 第10条: from a draft to a file held, changed or ceased.

Each verb is one transaction: lock, ask who may, look the move up, write, record once, queue notices. Raises
PermissionDenied (not this person), MoveRefused (not from this state; somebody was first), Invalid (field → sentence).
Writing a notification: drafting.py.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from files_registry.catalogue.cells import changed_fields, needs_notification
from files_registry.catalogue.models import FileStatus
from files_registry.catalogue.policies import unit_post
from files_registry.catalogue.versions import abandon, cease, drop, mark_filed, put_in_force
from files_registry.filings import checks
from files_registry.filings.drafting import draft_again, draft_cease, draft_change, draft_new, draft_take_in, save_draft
from files_registry.filings.lateness import is_late
from files_registry.filings.models import Filing, FilingKind, Result
from files_registry.filings.moves import MOVES, allowed, check, lock, step
from files_registry.filings.numbers import take_number
from files_registry.filings.policies import considering_post, filing_post, handling_post
from files_registry.filings.telling import deciders, tell, unit_people, writers
from files_registry.filings.turns import filing_turn
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import MoveRefused
from roles.models import Person

__all__ = ["MOVES", "draft_again", "draft_cease", "draft_change", "draft_new", "draft_take_in", "save_draft"]


@transaction.atomic
def submit(pk: int, *, note: str = "", stamp: int | None = None, actor: Person) -> Filing:
    """Ask 保護責任者 to look: 保護担当者 of the unit (第6条第3項). Every cell that must say something does.

    Whether it comes late is asked when it is filed: that day is not today's to know.
    """
    filing = lock(pk)
    post = allowed(unit_post(actor, filing.unit_id))
    check(filing, "submit", stamp)
    checks.text("note", note)
    checks.ready_to_submit(filing, today())
    values: dict[str, Any] = {"submitted_by": actor, "submitted_at": timezone.now()}
    step(filing, "submit", "filing.submitted", actor=actor, post=post, reason=note, values=values)
    tell("filing.submitted", filing, to=filing_turn(filing).people, actor=actor, title="届出の確認をしてください")
    return filing


@transaction.atomic
def send_back(pk: int, *, reason: str, stamp: int | None = None, actor: Person) -> Filing:
    """Return it to the writers with what to correct: 保護責任者 of the unit, or who stands in (第10条第1項)."""
    filing = lock(pk)
    post = allowed(filing_post(actor, filing))
    check(filing, "send_back", stamp)
    checks.reason(reason, "直してほしい所を書いてください。")
    step(filing, "send_back", "filing.returned", actor=actor, post=post, reason=reason)
    tell("filing.returned", filing, to=writers(filing), actor=actor, title="届出が差し戻されました", body=reason)
    return filing


@transaction.atomic
def file(pk: int, *, note: str = "", late_reason: str = "", stamp: int | None = None, actor: Person) -> Filing:
    """Notify 情報公開課長 (第10条第1項; ceasing: 第3項), also straight from a draft: 保護責任者, or who stands in.

    Checks every cell and date; a late one needs its reason. Gives the number on the first filing and keeps it, with
    the day, when a corrected one is filed again.
    """
    filing = lock(pk)
    post = allowed(filing_post(actor, filing))
    check(filing, "file", stamp)
    checks.text("note", note)
    again, on = filing.filed_at is not None, today()
    filing.late_reason = late_reason.strip() or filing.late_reason
    checks.ready_to_file(filing, on)
    late = filing.late or is_late(filing, on)
    values: dict[str, Any] = {"late": late, "filed_by": actor, "late_reason": filing.late_reason}
    if not again:
        values |= {"number": take_number(on), "filed_at": timezone.now()}
        mark_filed(filing.file, on=on, actor=actor)
    verb = "filing.cease_filed" if filing.kind == FilingKind.CEASE else "filing.filed"
    verb = "filing.refiled" if again else verb
    step(filing, "file", verb, actor=actor, post=post, reason=note, facts={"late": late}, values=values)
    title = f"{filing.get_kind_display()}がありました（{filing.number}）"
    tell("filing.filed", filing, to=deciders(filing), actor=actor, title=title)
    tell("filing.filed_for_writers", filing, to=writers(filing), actor=actor, title="情報公開課長に届け出ました")
    return filing


@transaction.atomic
def request_correction(pk: int, *, reason: str, stamp: int | None = None, actor: Person) -> Filing:
    """Ask the unit to correct what it filed: 情報公開課長 or staff, never who filed (第10条第2項)."""
    filing = lock(pk)
    post = allowed(handling_post(actor, filing))
    check(filing, "request_correction", stamp)
    checks.reason(reason, "補正してほしい所を書いてください。")
    step(filing, "request_correction", "filing.correction_requested", actor=actor, post=post, reason=reason)
    tell("filing.correcting", filing, to=unit_people(filing), actor=actor, title="届出の補正が要ります", body=reason)
    return filing


@transaction.atomic
def withdraw(pk: int, *, reason: str, stamp: int | None = None, actor: Person) -> Filing:
    """Take it back: 保護責任者; 保護担当者 too before anything was filed (第10条第1項).

    The version is dropped and stays readable; a file never held is given up, one that is held stays as it is.
    """
    filing = lock(pk)
    post = filing_post(actor, filing)
    if post is None and filing.filed_at is None:
        post = unit_post(actor, filing.unit_id)
    post = allowed(post)
    check(filing, "withdraw", stamp)
    checks.reason(reason, "取り下げる理由を書いてください。")
    was_filed = filing.filed_at is not None
    step(filing, "withdraw", "filing.withdrawn", actor=actor, post=post, reason=reason)
    if filing.version is not None:
        drop(filing.version, actor=actor, reason=reason)
    if filing.file.status == FileStatus.PREPARING:
        filing.file = abandon(filing.file_id, actor=actor, reason=reason)
    people = unit_people(filing) + (deciders(filing) if was_filed else [])
    tell("filing.withdrawn", filing, to=people, actor=actor, title="届出が取り下げられました", body=reason)
    return filing


@transaction.atomic
def consider(
    pk: int,
    *,
    propose: bool,
    reason: str,
    result: str = "",
    result_text: str = "",
    stamp: int | None = None,
    actor: Person,
) -> Filing:
    """Decide whether to bring it to 個人情報保護運営委員会, with the reason; if not, with the result (第10条第2項).

    By 情報公開課長; for a notification of that person's own unit by 保護管理責任者 or 総括保護管理者. Never who filed.
    """
    filing = lock(pk)
    post = allowed(considering_post(actor, filing))
    move = "propose" if propose else "decide"
    check(filing, move, stamp)
    checks.reason(reason, "発議する・しない理由を書いてください。")
    values: dict[str, Any] = {"propose": propose, "consideration_reason": reason.strip()}
    values |= {"considered_by": actor, "considered_at": timezone.now()}
    if not propose:
        checks.result(result, result_text)
        values |= {"result": result, "result_text": result_text.strip()}
    verb = "filing.proposed" if propose else "filing.not_proposed"
    facts = {"propose": propose, "result": result if not propose else ""}
    step(filing, move, verb, actor=actor, post=post, reason=reason, facts=facts, values=values)
    title = "個人情報保護運営委員会に発議します" if propose else "検討が終わり、結果の通知待ちです"
    tell(verb, filing, to=[*deciders(filing), *(unit_people(filing) if propose else [])], actor=actor, title=title)
    return filing


@transaction.atomic
def record_outcome(
    pk: int,
    *,
    council_on: date,
    outcome: str,
    result: str,
    result_text: str = "",
    stamp: int | None = None,
    actor: Person,
) -> Filing:
    """Write down what 個人情報保護運営委員会 said and the result (第10条第2項).

    By 情報公開課長 or staff, never who filed.
    """
    filing = lock(pk)
    post = allowed(handling_post(actor, filing))
    check(filing, "record_outcome", stamp)
    checks.outcome(filing, council_on, outcome, today())
    checks.result(result, result_text)
    values: dict[str, Any] = {"council_on": council_on, "council_outcome": outcome.strip()}
    values |= {"result": result, "result_text": result_text.strip()}
    facts = {"result": result, "council_on": council_on.isoformat()}
    step(filing, "record_outcome", "filing.outcome_recorded", actor=actor, post=post, facts=facts, values=values)
    tell(
        "filing.decided",
        filing,
        to=deciders(filing),
        actor=actor,
        title="運営委員会の意見が記録され、結果の通知待ちです",
    )
    return filing


@transaction.atomic
def notify(pk: int, *, document_number: str = "", stamp: int | None = None, actor: Person) -> Filing:
    """Notify the result to 保護責任者, whichever it is: who considers, never who filed (第10条第2項).

    `document_number` is the 文書番号 printed on 検討結果通知書; it may be empty.
    """
    filing = lock(pk)
    post = allowed(considering_post(actor, filing))
    check(filing, "notify", stamp)
    checks.text("document_number", document_number, 60)
    values: dict[str, Any] = {"notified_by": actor, "notified_at": timezone.now()}
    values |= {"document_number": document_number.strip()} if document_number.strip() else {}
    if filing.considered_by_id is None:
        values |= {"considered_by": actor}
    facts = {"result": filing.result}
    step(filing, "notify", "filing.notified", actor=actor, post=post, facts=facts, values=values)
    title = f"届出の検討結果：{filing.get_result_display()}"
    tell("filing.notified", filing, to=unit_people(filing), actor=actor, title=title)
    return filing


@transaction.atomic
def receive(pk: int, *, stamp: int | None = None, actor: Person) -> Filing:
    """Receive the notification of ceasing; the file has ceased, its versions stay readable (第10条第3項).

    By 情報公開課長 or staff, never who filed.
    """
    filing = lock(pk)
    post = allowed(handling_post(actor, filing))
    check(filing, "receive", stamp)
    ceased_on = filing.planned_on or today()
    filing.file = cease(filing.file_id, on=ceased_on, actor=actor, reason=filing.note)
    facts = {"ceased_on": ceased_on.isoformat()}
    step(filing, "receive", "filing.received", actor=actor, post=post, facts=facts)
    title = "廃止の届出が受理されました。データの消去・移管等を記録してください"
    tell("filing.received", filing, to=unit_people(filing), actor=actor, title=title)
    return filing


@transaction.atomic
def hold(pk: int, *, on: date, stamp: int | None = None, actor: Person) -> Filing:
    """Start holding the file of a NEW filing (its pk), from `on`: 保護責任者 or 保護担当者 of the unit (第10条第1項).

    Only after the result was notified and did not ask to reconsider, and not before that day unless it was filed as
    held already.
    """
    return _take_effect(
        pk, "hold", "filing.held", on=on, stamp=stamp, actor=actor, title="ファイルの保有が始まりました"
    )


@transaction.atomic
def apply_change(pk: int, *, on: date, stamp: int | None = None, actor: Person) -> Filing:
    """Put the notified change (the filing's pk) into effect as a new version from `on` (第10条第1項).

    By 保護責任者 or 保護担当者 of the unit; the same gate as `hold`. The version before stays readable.
    """
    return _take_effect(
        pk, "apply_change", "filing.applied", on=on, stamp=stamp, actor=actor, title="変更が実施されました"
    )


def _take_effect(pk: int, move: str, verb: str, *, on: date, stamp: int | None, actor: Person, title: str) -> Filing:
    filing = lock(pk)
    post = allowed(unit_post(actor, filing.unit_id))
    check(filing, move, stamp)
    if filing.result == Result.RECONSIDER or filing.version is None:
        raise MoveRefused(
            "結果が「再検討を求める」なので、保有・変更はできません。"
            "「作り直す」で内容を写した下書きを作り、見直してから、あらためて届け出てください。"
        )
    checks.effect_day(filing, on, today())
    changed = changed_fields(filing.base_version, filing.version) if filing.base_version else []
    filing.file = put_in_force(filing.version, on=on, actor=actor, reason=f"届出 {filing.number}")
    facts = {"on": on.isoformat(), "version": filing.version.number}
    step(filing, move, verb, actor=actor, post=post, changed=changed, facts=facts, values={"effected_on": on})
    tell(verb, filing, to=[*deciders(filing), *unit_people(filing)], actor=actor, title=title)
    return filing


@transaction.atomic
def apply_without_notice(pk: int, *, on: date, stamp: int | None = None, actor: Person) -> Filing:
    """Put a drafted change into effect that touches no cell needing a notification: 保護責任者 (第5条第3項).

    Which cells need one is law parameter `filing.change_cells`. Gets no number; the version before stays readable.
    """
    filing = lock(pk)
    post = allowed(filing_post(actor, filing))
    check(filing, "apply_without_notice", stamp)
    if filing.version is None or filing.filed_at is not None or needs_notification(filing.base_version, filing.version):
        raise MoveRefused("届出の要る欄が変わっています。情報公開課長に届け出てください（第10条第1項）。")
    checks.complete(filing)
    checks.effect_day(filing, on, today())
    changed = changed_fields(filing.base_version, filing.version)
    filing.file = put_in_force(filing.version, on=on, actor=actor, reason="届出の要らない変更")
    facts = {"on": on.isoformat(), "version": filing.version.number}
    verb = "filing.applied_without_notice"
    values = {"effected_on": on}
    step(filing, "apply_without_notice", verb, actor=actor, post=post, changed=changed, facts=facts, values=values)
    tell(verb, filing, to=unit_people(filing), actor=actor, title="届出の要らない変更が実施されました")
    return filing
