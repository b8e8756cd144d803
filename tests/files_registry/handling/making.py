"""Requests, standing permissions, checks and corrections brought to any step, by the verbs themselves."""

from datetime import timedelta

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.handling import checking, correcting, ruling, standing, workflow
from files_registry.handling.models import Correction, HandlingRequest, HandlingStatus, SendingCheck, StandingPermission
from nerima_privacy.calendars.periods import today
from tests.files_registry import steps

H = HandlingStatus
LIGHT = "再発行受付簿"


def file(cast, **cells) -> PersonalInformationFile:
    """A held file of 税務課, of class 3b; the same one when asked again."""
    there = PersonalInformationFile.objects.filter(unit=cast.tax, status="held").exclude(name=LIGHT).first()
    return there if there and not cells else steps.held(cast, **cells).file


def days(count):
    return today() + timedelta(days=count)


def facts(act="take_out", **data):
    """All that a request of the act must say."""
    common = {
        "items": "氏名\n住所",
        "persons": 12,
        "begins_on": today(),
        "ends_on": days(3),
        "reason": "現地調査で、対象の土地を確かめながら記録を見るため",
        "encryption": "encrypted",
    }
    own = {
        "copy": {"medium": "paper", "place": "書庫", "return_due_on": days(5)},
        "send": {"channel": "mail", "recipient": "東京都主税局"},
        "send_out": {"medium": "usb", "channel": "post", "recipient": "東京都主税局"},
        "take_out": {"medium": "usb", "place": "石神井庁舎", "return_due_on": days(5)},
        "other": {"act_text": "委託先の端末で立ち会って処理する"},
    }
    return {**common, **own[act], **data}


def draft(cast, act="take_out", who="clerk", **data) -> HandlingRequest:
    person = cast.people[who]
    request = workflow.draft(file(cast).pk, act=act, actor=person)
    return workflow.save_draft(request.pk, facts(act, **data), stamp=request.stamp, actor=person)


def submitted(cast, act="take_out", who="clerk", **data) -> HandlingRequest:
    return workflow.submit(draft(cast, act, who, **data).pk, actor=cast.people[who])


def asked(cast, act="take_out") -> HandlingRequest:
    return workflow.ask_back(submitted(cast, act).pk, reason="何人分ですか。", actor=cast.manager)


def allowed(cast, act="take_out", who="clerk", **data) -> HandlingRequest:
    return workflow.allow(
        submitted(cast, act, who, **data).pk, instructions="鍵つきの袋で運ぶこと。", actor=cast.manager
    )


def done(cast, act="take_out", **data) -> HandlingRequest:
    return workflow.record_done(allowed(cast, act, **data).pk, done_on=today(), actor=cast.clerk)


def returned(cast) -> HandlingRequest:
    return workflow.record_return(done(cast).pk, **RETURN, actor=cast.clerk)


def extension_asked(cast, request=None, who="clerk", **data) -> HandlingRequest:
    """What is out, and is asked to come back ten days later."""
    request = request or done(cast)
    facts = {"due_on": request.return_due_on + timedelta(days=10), "reason": "調査が雨で延びたため", **data}
    return workflow.ask_extension(request.pk, **facts, actor=cast.people[who])


RETURN = {"return_kind": "erased", "returned_on": today(), "return_evidence": "係長と二人で、空であることを見た。"}


def points(request) -> list[str]:
    from files_registry.handling.acts import Channel
    from nerima_privacy.law.parameters import parameter

    return [point["code"] for point in parameter(Channel(request.channel).checklist)]


def filled(cast, request=None) -> SendingCheck:
    """The first check by the clerk, the second clerk asked."""
    request = request or allowed(cast, "send")
    return checking.fill(request.pk, ticked=points(request), asked_of=cast.second_clerk.pk, actor=cast.clerk)


def confirmed(cast, request=None) -> SendingCheck:
    check = filled(cast, request)
    return checking.confirm(check.pk, ticked=points(check), actor=cast.second_clerk)


def light_file(cast) -> PersonalInformationFile:
    """A held file of 税務課 of class 3c: its sendings need a standing permission."""
    there = PersonalInformationFile.objects.filter(unit=cast.tax, name=LIGHT).first()
    return there or steps.held(cast, name=LIGHT, confidentiality="3c").file


def posting_allowed(cast, **data) -> StandingPermission:
    """A standing permission to post from the file of class 3c."""
    scope_of = scope(acts=["send_out"], recipients="対象者本人\n東京都主税局", places="", encrypted=False, **data)
    asked_for = standing.ask(light_file(cast).pk, scope_of, actor=cast.clerk)
    return standing.allow(asked_for.pk, actor=cast.manager)


def sending(cast, permission=None, **data):
    """All that a posting without a request must say."""
    return {
        "channel": "post",
        "what": "納税通知書の再発行",
        "items": "氏名\n住所",
        "persons": 3,
        "recipient": "対象者本人",
        "encryption": "paper",
        "standing": permission,
        **data,
    }


def channel_points(channel) -> list[str]:
    from files_registry.handling.acts import Channel
    from nerima_privacy.law.parameters import parameter

    return [point["code"] for point in parameter(Channel(channel).checklist)]


def posted(cast, permission=None, who="clerk", second="second_clerk", token=None, **data) -> SendingCheck:
    """The first check of a posting without a request."""
    facts_of = sending(cast, permission or posting_allowed(cast), **data)
    return checking.fill_without_request(
        light_file(cast).pk,
        facts_of,
        ticked=channel_points(facts_of["channel"]),
        asked_of=cast.people[second].pk,
        token=token,
        actor=cast.people[who],
    )


def posted_twice(cast, permission=None, **data) -> SendingCheck:
    """A posting without a request, checked by two and not sent yet."""
    check = posted(cast, permission, **data)
    return checking.confirm(check.pk, ticked=points(check), actor=cast.second_clerk)


SENT = {
    "sent_on": today(),
    "sent_how": "簡易書留で出し、控えを受け取った。",
    "remains": "控え1部を鍵つきの棚に置いた。",
}


def sent(cast, check=None, who="clerk", **data) -> SendingCheck:
    check = check or posted_twice(cast)
    return checking.mark_sent(check.pk, **{**SENT, **data}, actor=cast.people[who])


def scope(**data):
    """All that a standing permission must say."""
    return {
        "acts": ["copy"],
        "recipients": "",
        "places": "書庫\n石神井庁舎",
        "items": "氏名\n住所\n生年月日",
        "max_persons": 100,
        "encrypted": True,
        "reason": "毎週、同じ写しを作るため",
        "valid_from": today(),
        "valid_to": days(90),
        **data,
    }


def standing_asked(cast, who="clerk", **data) -> StandingPermission:
    return standing.ask(file(cast).pk, scope(**data), actor=cast.people[who])


def standing_allowed(cast, who="clerk", **data) -> StandingPermission:
    return standing.allow(standing_asked(cast, who, **data).pk, conditions="週1回まで。", actor=cast.manager)


def under_standing(cast, permission=None, who="second_clerk", **data) -> HandlingRequest:
    """A copy under a standing permission, allowed at once."""
    permission = permission or standing_allowed(cast)
    return submitted(cast, "copy", who, **{"standing": permission, **data})


FOUND = {"items": "電話番号", "persons": 12, "description": "1行ずつずれて入っている。"}


def found(cast, who="clerk") -> Correction:
    return correcting.find(file(cast).pk, {"found_on": today(), **FOUND}, actor=cast.people[who])


def instructed(cast) -> Correction:
    return correcting.instruct(
        found(cast).pk, instruction="申請書と照らして直すこと。", due_on=days(7), actor=cast.manager
    )


def corrected(cast) -> Correction:
    return correcting.correct(instructed(cast).pk, done_on=today(), done_note="申請書と照らした。", actor=cast.clerk)


def rules(cast, levels=None, actor=None, **data):
    return ruling.set_rules(
        cast.tax.pk,
        levels=levels or {"3b": {"copy": "each"}},
        **{"valid_from": today(), "reason": "持出しが続いたため", **data},
        actor=actor or cast.manager,
    )
