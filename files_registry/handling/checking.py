"""The verbs of the check before sending: one fills the checklist, another confirms it (第14条)."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.catalogue.policies import unit_post
from files_registry.handling import facts, policies
from files_registry.handling.acts import Channel
from files_registry.handling.models import CheckStatus, SendingCheck
from files_registry.handling.moves import begin, check, lock, lock_request, step
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
    key = Channel(request.channel).checklist
    listed = rows([key])[key]
    _all_ticked(listed.value, ticked)
    second = policies.confirmers(request).exclude(pk=actor.pk).filter(pk=asked_of or 0).first()
    if second is None:
        raise Invalid({"asked_of": "二人目の確認を頼む人を選んでください。"})
    now = timezone.now()
    made = SendingCheck(
        request=request,
        channel=request.channel,
        points=listed.value,
        source=listed.source,
        filled_by=actor,
        filled_at=now,
        asked_of=second,
    )
    begin(
        made, "sending.filled", actor=actor, post=unit_post(actor, request.unit_id), facts={"channel": request.channel}
    )
    tell("sending.filled", made, to=[second], actor=actor, title="送る前の確認（二人目）をしてください")
    return made


def _all_ticked(points: list[dict[str, str]], ticked: Collection[str]) -> None:
    if {point["code"] for point in points} - set(ticked):
        raise Invalid({"ticked": UNTICKED})


def _lock(pk: int) -> SendingCheck:
    """The check, locked after its request, as every verb of the two does."""
    lock_request(SendingCheck.objects.values_list("request", flat=True).get(pk=pk))
    return lock(
        SendingCheck, pk, "request__file", "request__unit", "request__applicant", "request__prepared_by", "filled_by"
    )


@transaction.atomic
def confirm(pk: int, *, ticked: Collection[str], stamp: int | None = None, actor: Person) -> SendingCheck:
    """Make the second check: another of the ward's staff than who made the first, of the units concerned (第14条).

    From now on the sending can be recorded as done.
    """
    made = _lock(pk)
    if not policies.can_confirm(actor, made):
        raise PermissionDenied
    check(made, "confirm", stamp)
    _all_ticked(made.points, ticked)
    values: dict[str, Any] = {"confirmed_by": actor, "confirmed_at": timezone.now()}
    post = unit_post(actor, made.request.unit_id)
    step(made, "confirm", "sending.confirmed", actor=actor, post=post, values=values)
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
    post = unit_post(actor, made.request.unit_id)
    step(made, "send_back", "sending.sent_back", actor=actor, post=post, reason=reason, values={"note": reason})
    title = "送る前の確認のやり直しを求められました"
    tell("sending.sent_back", made, to=[made.filled_by], actor=actor, title=title, body=reason)
    return made
