"""The verbs of agreements between 保護責任者 and a system's administrator (第5条第4項).

One side proposes, the other answers, never one person for both. What was said stays: a newer agreement on the same
topic takes the place of the one before, from its first day on.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.systems import checks
from files_registry.systems.models import AgreementStatus, InformationSystem, Side, SystemAgreement
from files_registry.systems.queries import links_on, topics
from files_registry.systems.sides import Capacity, Pair, can_answer, can_withdraw, pair_of
from files_registry.systems.telling import tell
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.deadlines import months_later
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person, Unit

S = AgreementStatus
MOVES: dict[tuple[str, AgreementStatus], AgreementStatus] = {
    ("agree", S.PROPOSED): S.AGREED,
    ("refuse", S.PROPOSED): S.REFUSED,
    ("withdraw", S.PROPOSED): S.WITHDRAWN,
    ("supersede", S.AGREED): S.SUPERSEDED,
}
WORDS = {"agree": "同意する", "refuse": "同意しない", "withdraw": "取り下げる"}


@transaction.atomic
def propose(
    system_pk: int, unit_pk: int, topic: str, *, data: Mapping[str, Any], token: str = "", actor: Person
) -> SystemAgreement:
    """Propose what to agree on a topic for all files of a unit in a system (第5条第4項).

    By 保護責任者 of the files' unit (the next seat up where that one is vacant or administers the system) or by the
    system's administrator; the other side answers. `data`: words, valid_from, review_on. Raises PermissionDenied,
    Invalid, MoveRefused (a proposal waits already; no file of the unit in the system; no such topic; retired).
    """
    rows = InformationSystem.objects.select_for_update(of=("self",)).select_related("unit__parent")
    system, unit = rows.get(pk=system_pk), Unit.objects.select_related("parent").get(pk=unit_pk)
    pair = pair_of(system, unit)
    side = pair.side_of(actor)
    if side is None:
        raise PermissionDenied
    checks.in_use(system, "合意を提案する")
    label = _label(topic)
    _may_begin(system, unit, topic, token)
    said, post = _facts(system, data), pair.capacity(actor, side)
    agreement = SystemAgreement(
        **said,
        system=system,
        unit=unit,
        topic=topic,
        topic_label=label,
        side=side,
        proposed_by=actor,
        proposed_post=post.label[:160],
        proposed_at=timezone.now(),
        status_since=timezone.now(),
        form_token=token or None,
    )
    attribute(agreement, actor=actor).save()
    facts = {"topic": topic, "side": side, "from": said["valid_from"], "review_on": said["review_on"]}
    record("agreement.proposed", actor=actor, subject=agreement, post=post, facts=facts)
    people = pair_of(system, unit, actor.pk).people(side.other, but=actor.pk)
    title = f"情報システムについての提案に答えてください　{system.name}　{label}"
    tell("agreement.proposed", agreement, to=people, actor=actor, title=title)
    return agreement


@transaction.atomic
def agree(pk: int, *, stamp: int | None = None, actor: Person) -> SystemAgreement:
    """Agree to what the other side proposed (第5条第4項); never who proposed it.

    The agreement on the same topic before ends the day before this one begins. Raises PermissionDenied, MoveRefused.
    """
    agreement, pair = _lock(pk)
    _let(can_answer(actor, agreement, pair))
    after = _check(agreement, "agree", stamp)
    checks.in_use(agreement.system, "合意する")
    if agreement.review_on < today():
        raise MoveRefused(
            f"見直しの期限（{wareki(agreement.review_on)}）が過ぎています。同意しないで、提案し直します。"
        )
    _supersede(agreement, actor)
    _answer(agreement, after, pair, actor)
    facts = {"topic": agreement.topic, "from": agreement.valid_from, "review_on": agreement.review_on}
    post = pair.capacity(actor, Side(agreement.side).other)
    record("agreement.agreed", actor=actor, subject=agreement, post=post, changed=["status"], facts=facts)
    _tell_both(agreement, "agreement.agreed", "情報システムについて合意しました", actor)
    return agreement


@transaction.atomic
def refuse(pk: int, *, reason: str, stamp: int | None = None, actor: Person) -> SystemAgreement:
    """Not agree, with the reason: the side that did not propose it (第5条第4項). Raises as `agree`, and Invalid."""
    agreement, pair = _lock(pk)
    _let(can_answer(actor, agreement, pair))
    after = _check(agreement, "refuse", stamp)
    agreement.reason = checks.text("reason", reason)
    _answer(agreement, after, pair, actor)
    post = pair.capacity(actor, Side(agreement.side).other)
    record("agreement.refused", actor=actor, subject=agreement, post=post, reason=reason, changed=["status"])
    _tell_both(agreement, "agreement.refused", "情報システムについての提案に、同意がありませんでした", actor)
    return agreement


@transaction.atomic
def withdraw(pk: int, *, reason: str, stamp: int | None = None, actor: Person) -> SystemAgreement:
    """Take a proposal back: who proposed it, or who speaks for that side now (第5条第4項). Raises as `refuse`."""
    agreement, _ = _lock(pk)
    _let(can_withdraw(actor, agreement))
    after = _check(agreement, "withdraw", stamp)
    agreement.reason = checks.text("reason", reason)
    _move(agreement, after, actor, reason)
    speaking, side = pair_of(agreement.system, agreement.unit), Side(agreement.side)
    own = speaking.side_of(actor) is side
    post = speaking.capacity(actor, side) if own else Capacity(agreement.proposed_post)
    record("agreement.withdrawn", actor=actor, subject=agreement, post=post, reason=reason, changed=["status"])
    _tell_both(agreement, "agreement.withdrawn", "情報システムについての提案が取り下げられました", actor)
    return agreement


def longest_review(begins: date) -> date:
    """The last day a review may be put off to, for an agreement that begins on a day."""
    return months_later(max(begins, today()), int(parameter("system.agreement_months")))


def _label(topic: str) -> str:
    known = topics()
    if topic not in known:
        raise MoveRefused("この事項は、いま合意する事項にありません。")
    return known[topic]


def _may_begin(system: InformationSystem, unit: Unit, topic: str, token: str) -> None:
    if token and SystemAgreement.objects.filter(form_token=token).exists():
        raise MoveRefused("この画面からの提案は、もう出されています。")
    if not links_on(today()).filter(system=system, file__unit=unit).exists():
        raise MoveRefused(f"「{system.name}」に、{unit.full_name}のファイルはいまありません。")
    if SystemAgreement.objects.filter(system=system, unit=unit, topic=topic, status=S.PROPOSED).exists():
        raise MoveRefused("この事項には、回答を待っている提案があります。取り下げるか、回答してからにしてください。")


def _facts(system: InformationSystem, data: Mapping[str, Any]) -> dict[str, Any]:
    """The words and days, all that is wrong with them at once."""
    errors: dict[str, str] = {}
    try:
        words = checks.text("words", str(data.get("words") or ""))
    except Invalid as invalid:
        words, errors = "", dict(invalid.errors)
    begins, review_on = data["valid_from"], data["review_on"]
    try:
        checks.begins_within(system, "valid_from", begins)
    except Invalid as invalid:
        errors |= invalid.errors
    last = longest_review(begins)
    if review_on <= max(begins, today()):
        errors["review_on"] = "効力のはじまる日より後で、きょうより後の日付にしてください。"
    elif review_on > last:
        errors["review_on"] = f"見直しは{wareki(last)}までにしてください。"
    if errors:
        raise Invalid(errors)
    return {"words": words, "valid_from": begins, "review_on": review_on}


def _lock(pk: int) -> tuple[SystemAgreement, Pair]:
    """The agreement, locked after its system, and who speaks for its sides now."""
    system_pk = SystemAgreement.objects.values_list("system", flat=True).get(pk=pk)
    InformationSystem.objects.select_for_update().get(pk=system_pk)
    rows = SystemAgreement.objects.select_for_update(of=("self",))
    agreement = rows.select_related("system__unit__parent", "unit__parent", "proposed_by").get(pk=pk)
    return agreement, pair_of(agreement.system, agreement.unit, agreement.proposed_by_id)


def _let(may: bool) -> None:
    if not may:
        raise PermissionDenied


def _check(agreement: SystemAgreement, move: str, stamp: int | None) -> AgreementStatus:
    """Where the move leads; MoveRefused with the state it is in."""
    after = MOVES.get((move, S(agreement.status)))
    if after is None or (stamp is not None and stamp != agreement.stamp):
        raise MoveRefused(
            f"「{agreement.get_status_display()}」なので、{WORDS[move]}ことはできません。"
            "ほかの人が先に進めたときは、画面を開き直すといまの状態が出ます。"
        )
    return after


def _supersede(agreement: SystemAgreement, actor: Person) -> None:
    """Let the agreement before end the day before the new one begins."""
    pair = {"system": agreement.system_id, "unit": agreement.unit_id, "topic": agreement.topic}
    before = SystemAgreement.objects.select_for_update().filter(**pair, status=S.AGREED).first()
    if before is None:
        return
    if agreement.valid_from < before.valid_from:
        since = wareki(before.valid_from)
        raise MoveRefused(f"いまの合意は{since}からのものです。それより前からの合意には替えられません。")
    before.valid_to = agreement.valid_from - timedelta(days=1)
    _move(before, MOVES[("supersede", S.AGREED)], actor, "新しい合意のため")


def _answer(agreement: SystemAgreement, after: AgreementStatus, pair: Pair, actor: Person) -> None:
    agreement.decided_by, agreement.decided_at = actor, timezone.now()
    agreement.decided_post = pair.capacity(actor, Side(agreement.side).other).label[:160]
    _move(agreement, after, actor, agreement.reason)


def _move(agreement: SystemAgreement, after: AgreementStatus, actor: Person, reason: str) -> None:
    agreement.status, agreement.status_since = after, timezone.now()
    agreement.stamp += 1
    attribute(agreement, actor=actor, reason=reason).save()


def _tell_both(agreement: SystemAgreement, kind: str, title: str, actor: Person) -> None:
    """Who proposed it and both sides as they are now."""
    pair = pair_of(agreement.system, agreement.unit)
    people = [agreement.proposed_by, *pair.people(Side.MANAGER), *pair.people(Side.ADMINISTRATOR)]
    whole = f"{title}　{agreement.system.name}　{agreement.topic_label}"
    tell(kind, agreement, to=people, actor=actor, title=whole, body=agreement.reason)
