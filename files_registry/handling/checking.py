"""The verbs of the check before sending: one fills the checklist, another confirms it, and it is sent (第14条)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.catalogue.models import FileStatus
from files_registry.catalogue.policies import unit_post
from files_registry.catalogue.versions import lock_file
from files_registry.handling import facts, policies
from files_registry.handling.acts import Channel
from files_registry.handling.models import CheckStatus, HandlingRequest, HandlingStatus, SendingCheck
from files_registry.handling.moves import begin, check, lock, lock_request, step
from files_registry.handling.noting import note_sent
from files_registry.handling.sending import SAID, gone, over, rested_on, sending_facts
from files_registry.handling.telling import tell
from nerima_privacy.activity.history import attribute
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter, rows
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person

UNTICKED = "すべて確かめて、印をつけてください。確かめられないときは、送らないでください。"
SAY_HOW = "送った方法、受付番号などを書いてください。"
SAY_WHAT_REMAINS = "手もとに残ったものを書いてください。ないときは「なし」と書きます。"


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
    if passed := over(request, today()):
        raise MoveRefused(f"{passed}あらためて申請してから、送る前の確認をはじめてください。")
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
    related = (
        "file__current",
        "unit",
        "sender_unit",
        "request__file",
        "standing",
        "filled_by",
        "asked_of",
        "confirmed_by",
    )
    return lock(SendingCheck, pk, *related)


@transaction.atomic
def confirm(pk: int, *, ticked: Collection[str], stamp: int | None = None, actor: Person) -> SendingCheck:
    """Make the second check: another of the ward's staff than who made the first, of the units concerned (第14条).

    From now on it may be sent, and a sending that was asked for be recorded as done. MoveRefused where it may be sent
    no more: the period asked for is over, the standing permission ended, or the unit asks for more since.
    """
    made = _lock(pk)
    if not policies.can_confirm(actor, made):
        raise PermissionDenied
    check(made, "confirm", stamp)
    if passed := gone(made, today()):
        raise MoveRefused(f"{passed}送らないでください。やり直しを求めると、一人目に伝わります。")
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
    """Send nothing after all, or begin the check anew: who made the first one, or the seats of the unit (第14条).

    Also of a confirmed check, before what it let out is recorded. A request may then be checked anew.
    """
    made = _lock(pk)
    if not policies.can_call_off(actor, made):
        raise PermissionDenied
    check(made, "call_off", stamp)
    facts.text("reason", reason, 1000)
    waited, post = made.status == CheckStatus.FILLED, unit_post(actor, made.unit_id)
    if made.request is not None and not waited:
        _uncheck(made.request, actor)
    step(made, "call_off", "sending.called_off", actor=actor, post=post, reason=reason, values={"note": reason.strip()})
    title = "送付を取りやめたので、二人目の確認は要りません" if waited else "二人で確かめた送付を取りやめました"
    people = [made.filled_by, made.confirmed_by or made.asked_of]
    tell("sending.called_off", made, to=people, actor=actor, title=title, body=reason)
    return made


def _uncheck(request: HandlingRequest, actor: Person) -> None:
    """Take the check away from a request that is not done yet; the verb that does so records."""
    if request.status != HandlingStatus.ALLOWED:
        raise MoveRefused(f"申請が「{request.get_status_display()}」なので、送付を取りやめることはできません。")
    request.confirmed_check = None
    request.stamp += 1
    attribute(request, actor=actor, reason="送る前の確認が取りやめられたため").save()


@transaction.atomic
def mark_sent(
    pk: int, *, sent_on: date | None, sent_how: str, remains: str, stamp: int | None = None, actor: Person
) -> SendingCheck:
    """Write down that it was sent: when, how, what remained; the line of the ledger comes of itself (第14条・第15条).

    By who made one of the checks, or staff of the units concerned, where no request is recorded as done. After the
    second check and before that is too old; on a day on which what it rests on stood. Raises PermissionDenied,
    MoveRefused, Invalid.
    """
    made = _lock(pk)
    if not policies.can_mark_sent(actor, made):
        raise PermissionDenied
    check(made, "mark_sent", stamp)
    if made.request_id is not None:
        raise MoveRefused("申請のある送付なので、申請のページで実施を記録してください。")
    sent_on = facts.sent_day(sent_on, today())
    facts.after_check("sent_on", sent_on, made, int(parameter("sending.send_days", sent_on)))
    rested_on(made, sent_on)
    values: dict[str, Any] = {"sent_on": sent_on, "sent_by": actor, "sent_at": timezone.now()}
    values["sent_how"] = facts.written("sent_how", sent_how, "送った方法や受付番号などを書いてください。", 200)
    values["remains"] = facts.written(
        "remains", remains, "手もとに残ったものを書いてください。ないときは「なし」。", 200
    )
    post = unit_post(actor, made.unit_id)
    fact = {"on": sent_on.isoformat(), "persons": made.persons}
    step(made, "mark_sent", "sending.sent", actor=actor, post=post, values=values, facts=fact)
    note_sent(made, actor=actor, post=post)
    people = [person for person in (made.filled_by, made.confirmed_by) if person is not None]
    tell("sending.sent", made, to=people, actor=actor, title="送ったことが記録されました")
    return made


def call_off_of(request: HandlingRequest, actor: Person, why: str) -> None:
    """End the check that waits, for a verb after which nothing is sent; that verb records."""
    made = request.sending_checks.select_for_update().filter(status=CheckStatus.FILLED).first()
    if made is not None:
        made.status, made.status_since, made.note = CheckStatus.CALLED_OFF, timezone.now(), why
        made.stamp += 1
        attribute(made, actor=actor, reason=why).save()
