"""The buttons of standing permissions, checks and corrections (第12–14条)."""

from typing import Any

from files_registry.catalogue.pressing import Action, named
from files_registry.handling import checking, correcting, forms, policies, standing
from files_registry.handling.actions import deciders

STANDING_ACTIONS = named(
    [
        Action(
            "allow",
            "許可する",
            "末日まで、この範囲の申請はすぐに許可され、使うたびに記録が残ります。",
            ("allow",),
            forms.AnswerForm,
            lambda pk, data, actor: standing.allow(pk, conditions=data["note"], stamp=data.get("stamp"), actor=actor),
            policies.can_decide,
            deciders,
            ("handling.standing_allowed",),
            "包括許可をしました。求めた人にお知らせを送りました。",
            renamed={"conditions": "note"},
        ),
        Action(
            "refuse",
            "許可しない",
            "理由を申請者に知らせ、手続を終えます。",
            ("refuse",),
            forms.AnswerForm,
            lambda pk, data, actor: standing.refuse(pk, reason=data["note"], stamp=data.get("stamp"), actor=actor),
            policies.can_decide,
            deciders,
            ("handling.standing_refused",),
            "許可しないことを記録し、求めた人にお知らせを送りました。",
            danger=True,
            renamed={"reason": "note"},
        ),
        Action(
            "withdraw",
            "取り下げる",
            "申請を終わりにします。記録は残ります。",
            ("withdraw",),
            forms.OptionalReasonForm,
            lambda pk, data, actor: standing.withdraw(pk, reason=data["reason"], stamp=data.get("stamp"), actor=actor),
            lambda user, permission: user.is_active and user.pk == permission.applicant_id,
            lambda permission: f"{permission.applicant.name}さん",
            ("handling.standing_withdrawn",),
            "申請を取り下げました。",
            danger=True,
        ),
        Action(
            "end",
            "取り消す",
            "これからの申請には使えなくなります。すでに許可された申請は、その期間の末日まで続きます。",
            ("end",),
            forms.ReasonForm,
            lambda pk, data, actor: standing.end(pk, reason=data["reason"], stamp=data.get("stamp"), actor=actor),
            policies.can_decide,
            deciders,
            ("handling.standing_ended",),
            "包括許可を取り消しました。",
            danger=True,
        ),
    ]
)


def _second(check: Any) -> str:
    other = f"{check.filled_by.name}さんを除きます"
    return f"{check.asked_of.name}さん、またはこのファイルを開ける、所管か送る人の所属の職員（{other}）"


CHECK_ACTIONS = named(
    [
        Action(
            "confirm",
            "二人目として確かめた",
            "一人目に知らせ、送ることができるようにします。",
            ("confirm",),
            forms.TicksForm,
            lambda pk, data, actor: checking.confirm(pk, ticked=data["ticked"], stamp=data.get("stamp"), actor=actor),
            policies.can_confirm,
            _second,
            ("sending.confirmed",),
            "二人目の確認をしました。",
        ),
        Action(
            "send-back",
            "やり直しを求める",
            "一人目に知らせ、確認をはじめからやり直せるようにします。",
            ("send_back",),
            forms.ReasonForm,
            lambda pk, data, actor: checking.send_back(pk, reason=data["reason"], stamp=data.get("stamp"), actor=actor),
            policies.can_confirm,
            _second,
            ("sending.sent_back",),
            "やり直しを求めました。",
            danger=True,
        ),
        Action(
            "call-off",
            "送付を取りやめる",
            "もう一人に知らせ、この確認を終わりにします。送るときは、はじめから確認し直します。",
            ("call_off",),
            forms.OptionalReasonForm,
            lambda pk, data, actor: checking.call_off(pk, reason=data["reason"], stamp=data.get("stamp"), actor=actor),
            policies.can_call_off,
            lambda check: f"{check.filled_by.name}さんと、{check.unit.name}の保護責任者・保護担当者",
            ("sending.called_off",),
            "送付を取りやめました。",
            danger=True,
        ),
        Action(
            "sent",
            "送ったことを記録する",
            "この確認を終わりにし、ファイルの取扱台帳に記録を残します。",
            ("mark_sent",),
            forms.SentForm,
            lambda pk, data, actor: checking.mark_sent(pk, **data, actor=actor),
            policies.can_mark_sent,
            lambda check: f"{check.filled_by.name}さん、またはこのファイルを開ける、所管か送る人の所属の職員",
            ("sending.sent",),
            "送ったことを記録しました。取扱台帳にも残りました。",
        ),
    ]
)


def _checkers(correction: Any) -> str:
    return f"{correction.unit.name}の保護責任者と保護担当者（訂正した人を除きます）"


CORRECTION_ACTIONS = named(
    [
        Action(
            "instruct",
            "訂正を指示する",
            "見つけた人に知らせ、期限までの訂正を求めます。",
            ("instruct",),
            forms.InstructForm,
            lambda pk, data, actor: correcting.instruct(pk, **data, actor=actor),
            policies.can_decide,
            deciders,
            ("correction.instructed",),
            "訂正を指示しました。",
        ),
        Action(
            "dismiss",
            "訂正不要とする",
            "理由を見つけた人に知らせ、手続を終えます。",
            ("dismiss",),
            forms.InstructForm,
            lambda pk, data, actor: correcting.dismiss(
                pk, instruction=data["instruction"], stamp=data.get("stamp"), actor=actor
            ),
            policies.can_decide,
            deciders,
            ("correction.dismissed",),
            "訂正不要としました。",
        ),
        Action(
            "correct",
            "訂正を記録する",
            "指示のとおり訂正したことを記録し、別の人に確かめてもらいます。",
            ("correct",),
            forms.CorrectForm,
            lambda pk, data, actor: correcting.correct(pk, **data, actor=actor),
            policies.can_correct,
            lambda correction: f"{correction.unit.name}の職員など、このファイルを扱う人",
            ("correction.done",),
            "訂正を記録しました。",
        ),
        Action(
            "checked",
            "訂正を確かめた",
            "訂正の手続を終えます。",
            ("check",),
            forms.CheckedForm,
            lambda pk, data, actor: correcting.check_done(pk, note=data["note"], stamp=data.get("stamp"), actor=actor),
            policies.can_check,
            _checkers,
            ("correction.checked",),
            "訂正を確かめました。",
        ),
        Action(
            "redo",
            "やり直しを求める",
            "訂正した人に知らせ、訂正をやり直してもらいます。",
            ("send_back",),
            forms.CheckedForm,
            lambda pk, data, actor: correcting.send_back(pk, note=data["note"], stamp=data.get("stamp"), actor=actor),
            policies.can_check,
            _checkers,
            ("correction.sent_back",),
            "やり直しを求めました。",
        ),
    ]
)
