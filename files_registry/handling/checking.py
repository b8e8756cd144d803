"""The verbs of the check before sending: one fills the checklist, another confirms it (第14条)."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.catalogue.models import FileStatus
from files_registry.catalogue.policies import unit_post
from files_registry.catalogue.versions import lock_file
from files_registry.handling import facts, policies
from files_registry.handling.acts import Channel
from files_registry.handling.models import CheckStatus, HandlingRequest, SendingCheck
from files_registry.handling.moves import begin, check, lock, lock_request, step
from files_registry.handling.sending import SAID, sending_facts
from files_registry.handling.telling import tell
from nerima_privacy.activity.history import attribute
from nerima_privacy.law.parameters import rows
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person

UNTICKED = "すべて確かめて、印をつけてください。確かめられないときは、送らないでください。"


@transaction.atomic
def fill(
    pk: int, *, ticked: Collection[str], asked_of: int | None, stamp: int | None = None, actor: Person
) -> SendingCheck:
    """Check an allowed sending against its channel's list, and ask a colleague for the second look (第14条).

    By the applicant or who prepared it. Every point must be ticked; `asked_of` is another of the ward's staff of the
    units concerned. Raises PermissionDenied, MoveRefused, Invalid.
    """
    request = lock_request(pk)
    if not policies.can_fill_check(actor, request):
        raise PermissionDenied
    check(request, "fill_check", stamp)
    if not request.channel:
        raise MoveRefused("送る行為ではないので、送る前の確認はありません。")
    if request.sending_checks.filter(status__in=[CheckStatus.FILLED, CheckStatus.CONFIRMED]).exists():
        raise MoveRefused("送る前の確認は、もう始まっています。画面を開き直してください。")
    said = {name: getattr(request, name) for name in SAID}
    made = SendingCheck(
        request=request, file=request.file, unit=request.unit, sender_unit=request.applicant_unit, **said
    )
    return _first_look(made, ticked, asked_of, actor)


@transaction.atomic
def fill_without_request(
    file_pk: int,
    data: Mapping[str, Any],
    *,
    ticked: Collection[str],
    asked_of: int | None,
    token: str | None = None,
    actor: Person,
) -> SendingCheck:
    """Check a sending that needs no permission of its own, and ask a colleague for the second look (第14条).

    By who works with the file, where the act is only noted or a standing permission covers it. `data` says `channel`,
    `what` is sent, `items`, `persons`, `recipient`, `encryption` and the `standing` permission. Raises
    PermissionDenied, MoveRefused (not held, or this page has begun its check), Invalid.
    """
    file = lock_file(file_pk)
    unit = policies.asking_unit(actor, file)
    if unit is None:
        raise PermissionDenied
    if file.status != FileStatus.HELD:
        raise MoveRefused(f"「{file.get_status_display()}」のファイルでは、送る前の確認をはじめられません。")
    if token and SendingCheck.objects.filter(form_token=token).exists():
        raise MoveRefused("この画面からの確認は、もうはじめられています。")
    values = sending_facts(file, unit, data, actor)
    made = SendingCheck(file=file, unit=file.unit, sender_unit_id=unit, form_token=token or None, **values)
    return _first_look(made, ticked, asked_of, actor)


def _first_look(made: SendingCheck, ticked: Collection[str], asked_of: int | None, actor: Person) -> SendingCheck:
    """Every point ticked by one, and a colleague asked: the end of both ways to begin."""
    key = Channel(made.channel).checklist
    listed = rows([key])[key]
    _all_ticked(listed.value, ticked)
    second = policies.confirmers(actor, made.unit_id, made.sender_unit_id).filter(pk=asked_of or 0).first()
    if second is None:
        raise Invalid({"asked_of": "二人目の確認を頼む人を選んでください。"})
    made.points, made.source = listed.value, listed.source
    made.filled_by, made.filled_at, made.asked_of = actor, timezone.now(), second
    post = unit_post(actor, made.unit_id)
    begin(made, "sending.filled", actor=actor, post=post, facts={"channel": str(made.channel)})
    tell("sending.filled", made, to=[second], actor=actor, title="送る前の確認（二人目）をしてください")
    return made


def _all_ticked(points: list[dict[str, str]], ticked: Collection[str]) -> None:
    if {point["code"] for point in points} - set(ticked):
        raise Invalid({"ticked": UNTICKED})


def _lock(pk: int) -> SendingCheck:
    """The check, locked after its request where it has one, as every verb of the two does."""
    request = SendingCheck.objects.values_list("request", flat=True).get(pk=pk)
    if request is not None:
        lock_request(request)
    return lock(SendingCheck, pk, "file", "unit", "sender_unit", "request__file", "filled_by", "asked_of")


@transaction.atomic
def confirm(pk: int, *, ticked: Collection[str], stamp: int | None = None, actor: Person) -> SendingCheck:
    """Make the second check: another of the ward's staff than who made the first, of the units concerned (第14条).

    From now on it may be sent, and a sending that was asked for be recorded as done.
    """
    made = _lock(pk)
    if not policies.can_confirm(actor, made):
        raise PermissionDenied
    check(made, "confirm", stamp)
    _all_ticked(made.points, ticked)
    values: dict[str, Any] = {"confirmed_by": actor, "confirmed_at": timezone.now()}
    post = unit_post(actor, made.unit_id)
    step(made, "confirm", "sending.confirmed", actor=actor, post=post, values=values)
    if made.request is not None:
        made.request.confirmed_check = made
        made.request.stamp += 1
        attribute(made.request, actor=actor, reason="送る前の確認が終わったため").save()
    tell(
        "sending.confirmed",
        made,
        to=[made.filled_by],
        actor=actor,
        title="二人目の確認が終わりました。送ることができます",
    )
    return made


@transaction.atomic
def send_back(pk: int, *, reason: str, stamp: int | None = None, actor: Person) -> SendingCheck:
    """Find something wrong: the check begins anew. Who could confirm it (第14条)."""
    made = _lock(pk)
    if not policies.can_confirm(actor, made):
        raise PermissionDenied
    check(made, "send_back", stamp)
    reason = facts.written("reason", reason, "直してほしい所を書いてください。", 1000)
    post = unit_post(actor, made.unit_id)
    step(made, "send_back", "sending.sent_back", actor=actor, post=post, reason=reason, values={"note": reason})
    title = "送る前の確認のやり直しを求められました"
    tell("sending.sent_back", made, to=[made.filled_by], actor=actor, title=title, body=reason)
    return made


@transaction.atomic
def call_off(pk: int, *, reason: str = "", stamp: int | None = None, actor: Person) -> SendingCheck:
    """Send nothing after all, or begin the check anew: who made the first one, before the second (第14条)."""
    made = _lock(pk)
    if not policies.can_call_off(actor, made):
        raise PermissionDenied
    check(made, "call_off", stamp)
    facts.text("reason", reason, 1000)
    post = unit_post(actor, made.unit_id)
    step(made, "call_off", "sending.called_off", actor=actor, post=post, reason=reason, values={"note": reason.strip()})
    title = "送付を取りやめたので、二人目の確認は要りません"
    tell("sending.called_off", made, to=[made.asked_of], actor=actor, title=title, body=reason)
    return made


def call_off_of(request: HandlingRequest, actor: Person, why: str) -> None:
    """End the check that waits, for a verb after which nothing is sent; that verb records."""
    made = request.sending_checks.select_for_update().filter(status=CheckStatus.FILLED).first()
    if made is not None:
        made.status, made.status_since, made.note = CheckStatus.CALLED_OFF, timezone.now(), why
        made.stamp += 1
        attribute(made, actor=actor, reason=why).save()
