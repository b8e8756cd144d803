"""Every verb of this area once: how to come to it, how to do it, who may, and from where."""

from files_registry.access.models import Grant
from files_registry.handling import checking, correcting, standing, workflow
from files_registry.handling.models import (
    CheckStatus,
    Correction,
    CorrectionStatus,
    Extension,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
    StandingPermission,
    StandingStatus,
    UnitRules,
)
from nerima_privacy.calendars.periods import today
from tests.every_verb import Example, with_starts
from tests.files_registry import steps
from tests.files_registry.handling import making
from tests.interruption import every_row as everything  # noqa: F401 - what a refusal must leave

H, P, K, C = HandlingStatus, StandingStatus, CheckStatus, CorrectionStatus
MANAGER, CLERK = {"manager"}, {"clerk"}
STAFF = {"clerk", "second_clerk", "officer", "second_officer", "manager"}
MODELS = (HandlingRequest, StandingPermission, SendingCheck, Correction, UnitRules, Grant, Extension)


def _checked_sending(cast):
    request = making.allowed(cast, "send")
    making.confirmed(cast, request)
    return HandlingRequest.objects.get(pk=request.pk)


EXAMPLES: dict[str, Example] = {
    "draft": Example(
        making.file,
        lambda cast, file, actor: workflow.draft(file.pk, act="copy", actor=actor),
        STAFF,
        quiet=True,
    ),
    "save_draft": Example(
        making.draft,
        lambda cast, r, actor: workflow.save_draft(r.pk, {"place": "光が丘"}, stamp=r.stamp, actor=actor),
        CLERK,
        {H.DRAFT, H.ASKED},
        quiet=True,
    ),
    "submit": Example(
        making.draft, lambda cast, r, actor: workflow.submit(r.pk, actor=actor), CLERK, {H.DRAFT, H.ASKED}
    ),
    "ask_back": Example(
        making.submitted,
        lambda cast, r, actor: workflow.ask_back(r.pk, reason="何人分ですか。", actor=actor),
        MANAGER,
        {H.SUBMITTED},
    ),
    "allow": Example(
        making.submitted, lambda cast, r, actor: workflow.allow(r.pk, actor=actor), MANAGER, {H.SUBMITTED}
    ),
    "refuse": Example(
        making.submitted,
        lambda cast, r, actor: workflow.refuse(r.pk, reason="庁舎で見られるため。", actor=actor),
        MANAGER,
        {H.SUBMITTED},
    ),
    "withdraw": Example(
        making.allowed,
        lambda cast, r, actor: workflow.withdraw(r.pk, actor=actor),
        CLERK,
        {H.DRAFT, H.SUBMITTED, H.ASKED, H.ALLOWED},
    ),
    "record_done": Example(
        making.allowed,
        lambda cast, r, actor: workflow.record_done(r.pk, done_on=today(), actor=actor),
        CLERK,
        {H.ALLOWED},
    ),
    "record_all_done": Example(
        _checked_sending,
        lambda cast, r, actor: workflow.record_done(r.pk, done_on=today(), actor=actor),
        CLERK,
        {H.ALLOWED},
    ),
    "record_return": Example(
        making.done,
        lambda cast, r, actor: workflow.record_return(r.pk, **making.RETURN, actor=actor),
        CLERK,
        {H.DONE},
    ),
    "close": Example(
        making.returned,
        lambda cast, r, actor: workflow.close(r.pk, reason="よい。", actor=actor),
        MANAGER,
        {H.ALLOWED, H.DONE, H.RETURNED},
    ),
    "ask_extension": Example(
        making.done,
        lambda cast, r, actor: workflow.ask_extension(
            r.pk, due_on=making.days(20), reason="調査が延びたため", actor=actor
        ),
        CLERK,
        {H.ALLOWED, H.DONE},
    ),
    "grant_extension": Example(
        making.extension_asked,
        lambda cast, r, actor: workflow.grant_extension(r.pk, answer="一度だけ。", actor=actor),
        MANAGER,
        {H.ALLOWED, H.DONE},
    ),
    "refuse_extension": Example(
        making.extension_asked,
        lambda cast, r, actor: workflow.refuse_extension(r.pk, answer="期限までに戻せるため。", actor=actor),
        MANAGER,
        {H.ALLOWED, H.DONE},
    ),
    "withdraw_extension": Example(
        making.extension_asked,
        lambda cast, r, actor: workflow.withdraw_extension(r.pk, actor=actor),
        CLERK,
        {H.ALLOWED, H.DONE},
    ),
    "standing_ask": Example(
        making.file, lambda cast, file, actor: standing.ask(file.pk, making.scope(), actor=actor), STAFF
    ),
    "standing_allow": Example(
        making.standing_asked, lambda cast, p, actor: standing.allow(p.pk, actor=actor), MANAGER, {P.ASKED}
    ),
    "standing_refuse": Example(
        making.standing_asked,
        lambda cast, p, actor: standing.refuse(p.pk, reason="広すぎる。", actor=actor),
        MANAGER,
        {P.ASKED},
    ),
    "standing_withdraw": Example(
        making.standing_asked, lambda cast, p, actor: standing.withdraw(p.pk, actor=actor), CLERK, {P.ASKED}
    ),
    "standing_end": Example(
        making.standing_allowed,
        lambda cast, p, actor: standing.end(p.pk, reason="事務をやめた。", actor=actor),
        MANAGER,
        {P.IN_FORCE},
    ),
    "fill_check": Example(
        lambda cast: making.allowed(cast, "send"),
        lambda cast, r, actor: checking.fill(r.pk, ticked=making.points(r), asked_of=cast.second_clerk.pk, actor=actor),
        CLERK,
        {H.ALLOWED},
    ),
    "confirm": Example(
        making.filled,
        lambda cast, k, actor: checking.confirm(k.pk, ticked=making.points(k), actor=actor),
        STAFF - CLERK,
        {K.FILLED},
    ),
    "check_send_back": Example(
        making.filled,
        lambda cast, k, actor: checking.send_back(k.pk, reason="宛先が1字違う。", actor=actor),
        STAFF - CLERK,
        {K.FILLED},
    ),
    "fill_without_request": Example(
        lambda cast: steps.held(cast, confidentiality="1").file,
        lambda cast, file, actor: checking.fill_without_request(
            file.pk,
            making.sending(cast),
            ticked=making.channel_points("post"),
            asked_of=(cast.second_clerk if actor == cast.clerk else cast.clerk).pk,
            actor=actor,
        ),
        STAFF,
    ),
    "call_off": Example(
        making.posted,
        lambda cast, k, actor: checking.call_off(k.pk, reason="出さない。", actor=actor),
        STAFF - {"second_clerk"},
        {K.FILLED, K.CONFIRMED},
    ),
    "mark_sent": Example(
        making.posted_twice,
        lambda cast, k, actor: checking.mark_sent(k.pk, **making.SENT, actor=actor),
        STAFF,
        {K.CONFIRMED},
    ),
    "find": Example(
        making.file,
        lambda cast, file, actor: correcting.find(file.pk, {"found_on": today(), **making.FOUND}, actor=actor),
        STAFF,
    ),
    "instruct": Example(
        making.found,
        lambda cast, c, actor: correcting.instruct(c.pk, instruction="直すこと。", due_on=making.days(7), actor=actor),
        MANAGER,
        {C.FOUND},
    ),
    "dismiss": Example(
        making.found,
        lambda cast, c, actor: correcting.dismiss(c.pk, instruction="誤りではない。", actor=actor),
        MANAGER,
        {C.FOUND},
    ),
    "correct": Example(
        making.instructed,
        lambda cast, c, actor: correcting.correct(c.pk, done_on=today(), done_note="原票と照らした。", actor=actor),
        STAFF - {"second_clerk"},
        {C.INSTRUCTED},
    ),
    "check_done": Example(
        making.corrected,
        lambda cast, c, actor: correcting.check_done(c.pk, actor=actor),
        {"manager", "officer", "second_officer"},
        {C.DONE},
    ),
    "correction_send_back": Example(
        making.corrected,
        lambda cast, c, actor: correcting.send_back(c.pk, note="1件残っている。", actor=actor),
        {"manager", "officer", "second_officer"},
        {C.DONE},
    ),
    "set_rules": Example(lambda cast: cast.tax, lambda cast, unit, actor: making.rules(cast, actor=actor), MANAGER),
}
MOVING = with_starts(EXAMPLES)
