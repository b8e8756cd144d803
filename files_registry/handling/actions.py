"""What may be done from a page: one entry for each button, with its consequence in a sentence.

The page asks who may (policies.py) and from which state (moves.py) here, so that a view calls exactly one verb.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from files_registry.handling import checking, correcting, forms, policies, standing, workflow
from files_registry.handling.moves import possible
from files_registry.handling.turns import deciding_turn
from roles.models import Person

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Action:
    """One button. `moves` are the moves of the table it may take; `who` says in words who can do it."""

    name: str
    label: str
    consequence: str
    moves: tuple[str, ...]
    form: type[forms.ActionForm]
    call: Callable[[int, Data, Person], Any]
    can: Callable[[Person, Any], bool]
    who: Callable[[Any], str]
    verbs: tuple[str, ...]
    done: str
    danger: bool = False
    renamed: Mapping[str, str] = field(default_factory=dict)

    def fits(self, subject: Any) -> bool:
        """Whether it can start from where the record is."""
        return any(possible(subject, move) for move in self.moves)


def deciders(subject: Any) -> str:
    """Who decides on it."""
    return deciding_turn(subject).label.replace("　", "の")


def askers(request: Any) -> str:
    """Who asked for it."""
    both = request.applicant_id != request.prepared_by_id
    return f"{request.applicant.name}さん" + (f"と{request.prepared_by.name}さん" if both else "")


def _named(actions: list[Action]) -> dict[str, Action]:
    return {action.name: action for action in actions}


REQUEST_ACTIONS = _named(
    [
        Action(
            "submit",
            "許可を求める",
            "保護責任者に知らせます。決まるまで、記入は直せません。",
            ("submit",),
            forms.ActionForm,
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
            "許可しました。",
            renamed={"instructions": "note"},
        ),
        Action(
            "refuse",
            "不許可とする",
            "理由を申請者に知らせ、手続を終えます。",
            ("refuse",),
            forms.DecisionForm,
            lambda pk, data, actor: workflow.refuse(pk, reason=data["note"], stamp=data.get("stamp"), actor=actor),
            policies.can_decide,
            deciders,
            ("handling.refused",),
            "不許可としました。",
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

STANDING_ACTIONS = _named(
    [
        Action(
            "allow",
            "許可する",
            "末日まで、この範囲の申請はすぐに許可され、使うたびに記録が残ります。",
            ("allow",),
            forms.DecisionForm,
            lambda pk, data, actor: standing.allow(pk, conditions=data["note"], stamp=data.get("stamp"), actor=actor),
            policies.can_decide,
            deciders,
            ("handling.standing_allowed",),
            "包括許可をしました。",
            renamed={"conditions": "note"},
        ),
        Action(
            "refuse",
            "不許可とする",
            "理由を申請者に知らせ、手続を終えます。",
            ("refuse",),
            forms.DecisionForm,
            lambda pk, data, actor: standing.refuse(pk, reason=data["note"], stamp=data.get("stamp"), actor=actor),
            policies.can_decide,
            deciders,
            ("handling.standing_refused",),
            "不許可としました。",
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
    return f"{check.asked_of.name}さんなど、所管または申請者の所属の職員（{check.filled_by.name}さんを除きます）"


CHECK_ACTIONS = _named(
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
    ]
)


def _checkers(correction: Any) -> str:
    return f"{correction.unit.name}の保護責任者と保護担当者（訂正した人を除きます）"


CORRECTION_ACTIONS = _named(
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
