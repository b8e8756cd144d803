"""The table of moves, and the one step every verb takes: lock, allow, look up, write, record."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from files_registry.filings.models import Filing, FilingKind, FilingStatus
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.latest import told_since
from nerima_privacy.activity.recording import record
from nerima_privacy.refusals import MoveRefused
from roles.models import Appointment, Person

S = FilingStatus
MOVES: dict[tuple[str, FilingStatus], FilingStatus] = {
    ("save_draft", S.DRAFT): S.DRAFT,
    ("save_draft", S.RETURNED): S.RETURNED,
    ("save_draft", S.CORRECTING): S.CORRECTING,
    ("submit", S.DRAFT): S.SUBMITTED,
    ("submit", S.RETURNED): S.SUBMITTED,
    ("submit", S.CORRECTING): S.SUBMITTED,
    ("send_back", S.SUBMITTED): S.RETURNED,
    ("file", S.DRAFT): S.FILED,
    ("file", S.SUBMITTED): S.FILED,
    ("file", S.RETURNED): S.FILED,
    ("file", S.CORRECTING): S.FILED,
    ("request_correction", S.FILED): S.CORRECTING,
    ("withdraw", S.DRAFT): S.WITHDRAWN,
    ("withdraw", S.SUBMITTED): S.WITHDRAWN,
    ("withdraw", S.RETURNED): S.WITHDRAWN,
    ("withdraw", S.FILED): S.WITHDRAWN,
    ("withdraw", S.CORRECTING): S.WITHDRAWN,
    ("withdraw", S.PROPOSED): S.WITHDRAWN,
    ("withdraw", S.NOTIFIED): S.WITHDRAWN,
    ("propose", S.FILED): S.PROPOSED,
    ("decide", S.FILED): S.DECIDED,
    ("record_outcome", S.PROPOSED): S.DECIDED,
    ("notify", S.DECIDED): S.NOTIFIED,
    ("hold", S.NOTIFIED): S.EFFECTED,
    ("apply_change", S.NOTIFIED): S.EFFECTED,
    ("apply_without_notice", S.DRAFT): S.EFFECTED,
    ("apply_without_notice", S.SUBMITTED): S.EFFECTED,
    ("apply_without_notice", S.RETURNED): S.EFFECTED,
    ("receive", S.FILED): S.RECEIVED,
    ("draft_again", S.NOTIFIED): S.WITHDRAWN,
    ("draft_again", S.WITHDRAWN): S.WITHDRAWN,
}
ENDS = {S.EFFECTED, S.RECEIVED, S.WITHDRAWN}
ONLY_FOR: dict[str, set[str]] = {
    "propose": {FilingKind.NEW, FilingKind.CHANGE},
    "decide": {FilingKind.NEW, FilingKind.CHANGE},
    "hold": {FilingKind.NEW},
    "apply_change": {FilingKind.CHANGE},
    "apply_without_notice": {FilingKind.CHANGE},
    "receive": {FilingKind.CEASE},
    "draft_again": {FilingKind.NEW, FilingKind.CHANGE},
}
WORDS: dict[str, str] = {
    "save_draft": "記入を保存する",
    "submit": "保護責任者に確認を求める",
    "send_back": "差し戻す",
    "file": "届け出る",
    "request_correction": "補正を求める",
    "withdraw": "取り下げる",
    "propose": "検討の結果を決める",
    "decide": "検討の結果を決める",
    "record_outcome": "個人情報保護運営委員会の意見を記録する",
    "notify": "結果を通知する",
    "hold": "保有を始める",
    "apply_change": "変更を実施する",
    "apply_without_notice": "届出なしで変更を実施する",
    "receive": "受理する",
    "draft_again": "作り直す",
}


LOOK_AGAIN = "内容を確かめてから、もう一度決めてください。"


def lock(pk: int) -> Filing:
    """The notification, locked until the transaction ends, with what verbs need of it."""
    return (
        Filing.objects.select_for_update(of=("self",))
        .select_related(
            "file", "unit__parent", "unit__organ", "version__unit__parent", "version__organ", "base_version"
        )
        .get(pk=pk)
    )


def allowed(post: Appointment | None) -> Appointment:
    """The appointment that gives the right; PermissionDenied when there is none."""
    if post is None:
        raise PermissionDenied
    return post


def possible(filing: Filing, move: str) -> bool:
    """Whether the move can start from where the notification is; for pages that offer buttons."""
    fits = filing.kind in ONLY_FOR.get(move, {filing.kind})
    return fits and (move, FilingStatus(filing.status)) in MOVES


def check(filing: Filing, move: str, stamp: int | None = None) -> FilingStatus:
    """Where the move leads. Raises MoveRefused with the state it is in and what cannot be done from there.

    `stamp` is the notification's on the page the decision was made from: nobody decides on what changed since.
    """
    if stamp is not None and stamp != filing.stamp:
        since = told_since(filing, "届出が進みました")
        raise MoveRefused(f"{since}いまの状態は「{filing.get_status_display()}」です。{LOOK_AGAIN}")
    if not possible(filing, move):
        raise MoveRefused(
            f"この届出は「{filing.get_kind_display()}」の「{filing.get_status_display()}」なので、"
            f"{WORDS[move]}ことはできません。ほかの人が先に進めたときは、画面を開き直すといまの状態が出ます。"
        )
    return MOVES[move, FilingStatus(filing.status)]


def step(
    filing: Filing,
    move: str,
    verb: str,
    *,
    actor: Person,
    post: Appointment,
    reason: str = "",
    changed: Iterable[str] = (),
    facts: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
) -> None:
    """Move a locked notification: write `values` and the new state with history, and record the verb once."""
    before, after, values = filing.status, check(filing, move), values or {}
    for name, value in values.items():
        setattr(filing, name, value)
    if after != before:
        filing.status, filing.status_since = after, timezone.now()
    if after in ENDS:
        filing.closed_at = timezone.now()
    filing.stamp += 1
    attribute(filing, actor=actor, reason=reason).save()
    record(
        verb,
        actor=actor,
        subject=filing,
        post=post,
        reason=reason,
        changed=[*changed, *values],
        facts={"kind": str(filing.kind), "from": str(before), "to": str(after), **(facts or {})},
    )
