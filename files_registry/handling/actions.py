"""What may be done from a page: one entry for each button, with its consequence in a sentence.

The page asks who may (policies.py) and from which state (moves.py) here, so that a view calls exactly one verb.
"""

from typing import Any

from files_registry.catalogue.pressing import Action, ActionForm, named
from files_registry.handling import forms, policies, workflow
from files_registry.handling.turns import deciding_turn


def deciders(subject: Any) -> str:
    """Who decides on it."""
    return deciding_turn(subject).label.replace("　", "の")


def askers(request: Any) -> str:
    """Who asked for it."""
    both = request.applicant_id != request.prepared_by_id
    return f"{request.applicant.name}さん" + (f"と{request.prepared_by.name}さん" if both else "")


REQUEST_ACTIONS = named(
    [
        Action(
            "submit",
            "許可を求める",
            "保護責任者に知らせます。決まるまで、記入は直せません。",
            ("submit",),
            ActionForm,
            lambda pk, data, actor: workflow.submit(pk, stamp=data.get("stamp"), actor=actor),
            policies.can_write,
            askers,
            ("handling.submitted", "handling.allowed_by_standing", "handling.noted"),
            "申請しました。",
        ),
        Action(
            "allow",
            "許可する",
            "申請者に知らせます。要る権限は、いまから期間の末日まで開き、終われば自動で閉じます。",
            ("allow",),
            forms.DecisionForm,
            lambda pk, data, actor: workflow.allow(pk, instructions=data["note"], stamp=data.get("stamp"), actor=actor),
            policies.can_decide,
            deciders,
            ("handling.allowed",),
            "許可しました。申請者にお知らせを送りました。",
            renamed={"instructions": "note"},
        ),
        Action(
            "refuse",
            "許可しない",
            "理由を申請者に知らせ、手続を終えます。",
            ("refuse",),
            forms.DecisionForm,
            lambda pk, data, actor: workflow.refuse(pk, reason=data["note"], stamp=data.get("stamp"), actor=actor),
            policies.can_decide,
            deciders,
            ("handling.refused",),
            "許可しないことを記録し、申請者にお知らせを送りました。",
            danger=True,
            renamed={"reason": "note"},
        ),
        Action(
            "ask-back",
            "確認を求める",
            "申請者に知らせ、記入を直せるようにします。",
            ("ask_back",),
            forms.DecisionForm,
            lambda pk, data, actor: workflow.ask_back(pk, reason=data["note"], stamp=data.get("stamp"), actor=actor),
            policies.can_decide,
            deciders,
            ("handling.asked_back",),
            "申請者に確認を求めました。",
            renamed={"reason": "note"},
        ),
        Action(
            "withdraw",
            "取り下げる",
            "申請を終わりにします。開いた権限があれば、すぐに閉じます。記録は残ります。",
            ("withdraw",),
            forms.OptionalReasonForm,
            lambda pk, data, actor: workflow.withdraw(pk, reason=data["reason"], stamp=data.get("stamp"), actor=actor),
            policies.can_report,
            askers,
            ("handling.withdrawn",),
            "申請を取り下げました。",
            danger=True,
        ),
        Action(
            "done",
            "実施を記録する",
            "行ったことを記録します。返却・消去するものがなければ、手続はここで終わります。",
            ("record_done", "record_all_done"),
            forms.DoneForm,
            lambda pk, data, actor: workflow.record_done(
                pk, done_on=data["done_on"], note=data["note"], stamp=data.get("stamp"), actor=actor
            ),
            policies.can_report,
            askers,
            ("handling.done",),
            "実施を記録しました。",
        ),
        Action(
            "returned",
            "返却・消去を記録する",
            "開いた権限を閉じ、保護責任者に確かめてもらいます。",
            ("record_return",),
            forms.ReturnForm,
            lambda pk, data, actor: workflow.record_return(pk, **data, actor=actor),
            policies.can_report,
            askers,
            ("handling.returned",),
            "返却・消去を記録しました。",
        ),
        Action(
            "ask-extension",
            "期限の延長を求める",
            "保護責任者に知らせます。許可されるまで、期限は変わりません。",
            ("ask_extension",),
            forms.ExtensionForm,
            lambda pk, data, actor: workflow.ask_extension(pk, **data, actor=actor),
            policies.can_report,
            askers,
            ("handling.extension_asked",),
            "期限の延長を求めました。",
        ),
        Action(
            "grant-extension",
            "延長を許可する",
            "返却・消去の期限を改め、申請者に知らせます。期限の日まで開いている権限は、新しい期限まで続きます。",
            ("grant_extension",),
            forms.AnswerForm,
            lambda pk, data, actor: workflow.grant_extension(
                pk, answer=data["note"], stamp=data.get("stamp"), actor=actor
            ),
            policies.can_decide,
            deciders,
            ("handling.extension_granted",),
            "期限の延長を許可しました。",
            renamed={"answer": "note"},
        ),
        Action(
            "refuse-extension",
            "延長を許可しない",
            "理由を申請者に知らせます。期限は変わりません。",
            ("refuse_extension",),
            forms.AnswerForm,
            lambda pk, data, actor: workflow.refuse_extension(
                pk, answer=data["note"], stamp=data.get("stamp"), actor=actor
            ),
            policies.can_decide,
            deciders,
            ("handling.extension_refused",),
            "期限の延長を許可しませんでした。",
            danger=True,
            renamed={"answer": "note"},
        ),
        Action(
            "withdraw-extension",
            "期限の延長を取り下げる",
            "期限は変わりません。記録は残ります。",
            ("withdraw_extension",),
            forms.OptionalReasonForm,
            lambda pk, data, actor: workflow.withdraw_extension(
                pk, reason=data["reason"], stamp=data.get("stamp"), actor=actor
            ),
            policies.can_report,
            askers,
            ("handling.extension_withdrawn",),
            "期限の延長を取り下げました。",
            danger=True,
        ),
        Action(
            "close",
            "手続を終える",
            "申請の手続を終えます。開いた権限があれば、すぐに閉じます。",
            ("close",),
            forms.CloseForm,
            lambda pk, data, actor: workflow.close(pk, reason=data["reason"], stamp=data.get("stamp"), actor=actor),
            policies.can_decide,
            deciders,
            ("handling.closed",),
            "手続を終えました。",
        ),
    ]
)
