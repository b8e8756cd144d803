"""The buttons of a grant's page: who may press each, which move it takes, what it asks, and the verb behind it."""

from typing import Any

from files_registry.access import forms, policies, workflow
from files_registry.access.models import Grant
from files_registry.access.moves import MOVES
from files_registry.catalogue.pressing import Action, ActionForm, named

FOLDED = frozenset({"refuse", "narrow", "revoke", "withdraw"})


def deciders(grant: Grant) -> str:
    """Who decides on it."""
    return policies.deciding_turn(grant).label.replace("　", "の")


def askers(grant: Grant) -> str:
    """Who may take it back."""
    return "、".join(f"{person.name}さん" for person in {grant.asked_by, grant.person} if person is not None)


def possible(grant: Grant, action: Action) -> bool:
    """Whether it can start from where the grant is."""
    return any((move, grant.status) in MOVES for move in action.moves)


def _noted(verb: Any) -> Any:
    """A verb that is told why, or on which condition."""
    return lambda pk, data, actor: verb(pk, note=data["note"], actor=actor)


def _part(verb: Any) -> Any:
    """A verb that is told which rights, until when, and why."""
    return lambda pk, data, actor: verb(
        pk, rights=data["rights"], ends_on=data["ends_on"], note=data["note"], actor=actor
    )


ACTIONS = named(
    [
        Action(
            "allow",
            "許可する",
            "本人はすぐに、または期間のはじまりから、このファイルを扱えるようになります。",
            ("grant",),
            forms.GrantForm,
            _part(workflow.grant),
            policies.can_decide,
            deciders,
            ("access.granted",),
            "許可しました。本人にお知らせを送りました。",
        ),
        Action(
            "refuse",
            "許可しない",
            "理由は本人に伝わります。",
            ("refuse",),
            forms.ReasonForm,
            _noted(workflow.refuse),
            policies.can_decide,
            deciders,
            ("access.refused",),
            "許可しないことを記録し、本人にお知らせを送りました。",
            danger=True,
        ),
        Action(
            "restore",
            "停止から戻す",
            "もとの期間の終わりまで、権限が戻ります。",
            ("restore",),
            forms.ReasonForm,
            _noted(workflow.restore),
            policies.can_restore,
            deciders,
            ("access.restored",),
            "停止から戻しました。本人にお知らせを送りました。",
        ),
        Action(
            "narrow",
            "縮小する",
            "いまの許可は終わり、少なくした許可がかわりに効力をもちます。",
            ("narrow",),
            forms.NarrowForm,
            _part(workflow.narrow),
            policies.can_narrow,
            deciders,
            ("access.narrowed",),
            "縮小しました。本人にお知らせを送りました。",
        ),
        Action(
            "revoke",
            "取り消す",
            "権限はただちになくなります。",
            ("revoke",),
            forms.ReasonForm,
            _noted(workflow.revoke),
            policies.can_revoke,
            deciders,
            ("access.revoked",),
            "取り消しました。本人にお知らせを送りました。",
            danger=True,
        ),
        Action(
            "withdraw",
            "申請を取り下げる",
            "取り下げたあとも、あらためて申請できます。",
            ("withdraw",),
            ActionForm,
            lambda pk, data, actor: workflow.withdraw(pk, actor=actor),
            policies.can_withdraw,
            askers,
            ("access.withdrawn",),
            "取り下げました。",
        ),
    ]
)
