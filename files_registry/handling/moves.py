"""The tables of moves, and the one step every verb takes: lock, allow, look up, write, record."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils import timezone

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.handling.models import (
    CheckStatus,
    Correction,
    CorrectionStatus,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
    StandingPermission,
    StandingStatus,
)
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.latest import told_since
from nerima_privacy.activity.recording import record
from nerima_privacy.refusals import MoveRefused
from roles.models import Appointment, Person

Subject = HandlingRequest | StandingPermission | SendingCheck | Correction
T = TypeVar("T", HandlingRequest, StandingPermission, SendingCheck, Correction)
H, P, K, C = HandlingStatus, StandingStatus, CheckStatus, CorrectionStatus
Moves = dict[tuple[str, str], str]

REQUEST_MOVES: Moves = {
    ("save_draft", H.DRAFT): H.DRAFT,
    ("save_draft", H.ASKED): H.ASKED,
    ("submit", H.DRAFT): H.SUBMITTED,
    ("submit", H.ASKED): H.SUBMITTED,
    ("submit_under_rule", H.DRAFT): H.ALLOWED,
    ("submit_under_rule", H.ASKED): H.ALLOWED,
    ("ask_back", H.SUBMITTED): H.ASKED,
    ("allow", H.SUBMITTED): H.ALLOWED,
    ("refuse", H.SUBMITTED): H.REFUSED,
    ("withdraw", H.DRAFT): H.WITHDRAWN,
    ("withdraw", H.SUBMITTED): H.WITHDRAWN,
    ("withdraw", H.ASKED): H.WITHDRAWN,
    ("withdraw", H.ALLOWED): H.WITHDRAWN,
    ("record_done", H.ALLOWED): H.DONE,
    ("record_all_done", H.ALLOWED): H.CLOSED,
    ("record_return", H.DONE): H.RETURNED,
    ("close", H.ALLOWED): H.CLOSED,
    ("close", H.DONE): H.CLOSED,
    ("close", H.RETURNED): H.CLOSED,
    ("fill_check", H.ALLOWED): H.ALLOWED,
    ("ask_extension", H.ALLOWED): H.ALLOWED,
    ("ask_extension", H.DONE): H.DONE,
    ("grant_extension", H.ALLOWED): H.ALLOWED,
    ("grant_extension", H.DONE): H.DONE,
    ("refuse_extension", H.ALLOWED): H.ALLOWED,
    ("refuse_extension", H.DONE): H.DONE,
    ("withdraw_extension", H.ALLOWED): H.ALLOWED,
    ("withdraw_extension", H.DONE): H.DONE,
}
STANDING_MOVES: Moves = {
    ("allow", P.ASKED): P.IN_FORCE,
    ("refuse", P.ASKED): P.REFUSED,
    ("withdraw", P.ASKED): P.WITHDRAWN,
    ("end", P.IN_FORCE): P.ENDED,
}
CHECK_MOVES: Moves = {
    ("confirm", K.FILLED): K.CONFIRMED,
    ("send_back", K.FILLED): K.SENT_BACK,
    ("call_off", K.FILLED): K.CALLED_OFF,
    ("call_off", K.CONFIRMED): K.CALLED_OFF,
    ("mark_sent", K.CONFIRMED): K.SENT,
}
CORRECTION_MOVES: Moves = {
    ("instruct", C.FOUND): C.INSTRUCTED,
    ("dismiss", C.FOUND): C.NOT_NEEDED,
    ("correct", C.INSTRUCTED): C.DONE,
    ("check", C.DONE): C.CHECKED,
    ("send_back", C.DONE): C.INSTRUCTED,
}
TABLES: dict[type[Model], Moves] = {
    HandlingRequest: REQUEST_MOVES,
    StandingPermission: STANDING_MOVES,
    SendingCheck: CHECK_MOVES,
    Correction: CORRECTION_MOVES,
}
WORDS = {
    "save_draft": "記入を保存する",
    "submit": "許可を求める",
    "submit_under_rule": "許可を求める",
    "ask_back": "確認を求める",
    "allow": "許可する",
    "refuse": "許可しない",
    "withdraw": "取り下げる",
    "record_done": "実施を記録する",
    "record_all_done": "実施を記録する",
    "record_return": "返却・消去を記録する",
    "close": "終了を確かめる",
    "fill_check": "送る前の確認をする",
    "ask_extension": "期限の延長を求める",
    "grant_extension": "期限の延長を許可する",
    "refuse_extension": "期限の延長を許可しない",
    "withdraw_extension": "期限の延長を取り下げる",
    "end": "取り消す",
    "confirm": "二人目の確認をする",
    "send_back": "やり直しを求める",
    "call_off": "送付を取りやめる",
    "mark_sent": "送ったことを記録する",
    "instruct": "訂正を指示する",
    "dismiss": "訂正不要とする",
    "correct": "訂正を記録する",
    "check": "訂正を確かめる",
}
LOOK_AGAIN = "内容を確かめてから、もう一度行ってください。"


def lock(model: type[T], pk: int, *related: str) -> T:
    """The record, locked until the transaction ends, with what verbs need of it."""
    rows: Any = model._default_manager.select_for_update(of=("self",)).select_related(*related)
    found: T = rows.get(pk=pk)
    return found


def lock_request(pk: int) -> HandlingRequest:
    """The request, locked."""
    return lock(
        HandlingRequest,
        pk,
        *("file__current", "unit__parent", "applicant", "applicant_unit", "prepared_by", "standing"),
        "confirmed_check__confirmed_by",
    )


def allowed(post: Appointment | None) -> Appointment:
    """The appointment that gives the right; PermissionDenied when there is none."""
    if post is None:
        raise PermissionDenied
    return post


def possible(subject: Subject, move: str) -> bool:
    """Whether the move can start from where the record is; for pages that offer buttons."""
    return (move, subject.status) in TABLES[type(subject)]


def check(subject: Subject, move: str, stamp: int | None = None) -> str:
    """Where the move leads. MoveRefused with the state it is in and what cannot be done from there.

    `stamp` is the record's on the page the decision was made from: nobody decides on what changed since.
    """
    if stamp is not None and stamp != subject.stamp:
        since = told_since(subject, "手続が進みました")
        raise MoveRefused(f"{since}いまの状態は「{subject.get_status_display()}」です。{LOOK_AGAIN}")
    after = TABLES[type(subject)].get((move, subject.status))
    if after is None:
        raise MoveRefused(
            f"「{subject.get_status_display()}」なので、{WORDS[move]}ことはできません。"
            "ほかの人が先に進めたときは、画面を開き直すといまの状態が出ます。"
        )
    return after


def held(file: PersonalInformationFile) -> None:
    """MoveRefused for a file that is held no more: nothing new is asked or allowed with it."""
    if file.status != FileStatus.HELD:
        raise MoveRefused(f"ファイルが「{file.get_status_display()}」なので、申請と許可はできません。")


def step(
    subject: Subject,
    move: str,
    verb: str,
    *,
    actor: Person,
    post: Appointment | None,
    reason: str = "",
    changed: Iterable[str] = (),
    facts: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
) -> None:
    """Move a locked record: write `values` and the new state with history, and record the verb once."""
    before, after, values = subject.status, check(subject, move), values or {}
    for name, value in values.items():
        setattr(subject, name, value)
    if after != before:
        subject.status, subject.status_since = after, timezone.now()
    subject.stamp += 1
    attribute(subject, actor=actor, reason=reason).save()
    record(
        verb,
        actor=actor,
        subject=subject,
        post=post,
        reason=reason,
        changed=[*changed, *values],
        facts={"from": str(before), "to": str(after), **(facts or {})},
    )


def begin(
    subject: Subject,
    verb: str,
    *,
    actor: Person,
    post: Appointment | None,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write a new record with history, and record the verb once."""
    subject.status_since = timezone.now()
    attribute(subject, actor=actor, reason=reason).save()
    record(verb, actor=actor, subject=subject, post=post, reason=reason, facts={"to": subject.status, **(facts or {})})
