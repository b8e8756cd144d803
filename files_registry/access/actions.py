"""The buttons of a grant's page: who may press each, from which state, what it asks, and the verb behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from files_registry.access import policies, workflow
from files_registry.access.forms import GrantForm, NarrowForm, ReasonForm
from files_registry.access.models import Grant, GrantStatus
from files_registry.access.moves import MOVES
from nerima_privacy.web.forms import Form
from roles.models import Person


class NothingForm(Form):
    """A button that asks nothing."""


@dataclass(frozen=True)
class Action:
    """One button. `kind` is its colour; `folded` hides it behind its name until it is wanted."""

    name: str
    label: str
    can: Callable[[Person, Grant], bool]
    form: type[Form]
    verb: Callable[..., Grant]
    success: str
    consequence: str
    kind: str = ""
    folded: bool = False

    @property
    def starts(self) -> set[GrantStatus]:
        """The states it may start from."""
        return {status for move, status in MOVES if move == self.name}

    @property
    def address(self) -> str:
        """What its URL is called: `access:grant` is the page of the grant."""
        return "allow" if self.name == "grant" else self.name

    def new_form(self, grant: Grant, data: Any = None) -> Any:
        """The form, empty or as typed."""
        own = {"data": data, "auto_id": f"{self.name}-%s"}
        return NarrowForm(grant, **own) if self.form is NarrowForm else self.form(**own)


_ALL = [
    Action(
        "grant", "許可する", policies.can_decide, GrantForm, workflow.grant,
        "許可しました。本人にお知らせを送りました。",
        "本人はすぐに、または期間のはじまりから、このファイルを扱えるようになります。", "go",
    ),
    Action(
        "refuse", "許可しない", policies.can_decide, ReasonForm, workflow.refuse,
        "許可しないことを記録し、本人にお知らせを送りました。", "理由は本人に伝わります。", "no", folded=True,
    ),
    Action(
        "narrow", "縮小する", policies.can_narrow, NarrowForm, workflow.narrow,
        "縮小しました。本人にお知らせを送りました。", "いまの許可は終わり、少なくした許可がかわりに効力をもちます。",
        folded=True,
    ),
    Action(
        "revoke", "取り消す", policies.can_revoke, ReasonForm, workflow.revoke,
        "取り消しました。本人にお知らせを送りました。", "権限はただちになくなります。", "no", folded=True,
    ),
    Action(
        "restore", "停止から戻す", policies.can_restore, ReasonForm, workflow.restore,
        "停止から戻しました。本人にお知らせを送りました。", "もとの期間の終わりまで、権限が戻ります。", "go",
    ),
    Action(
        "withdraw", "申請を取り下げる", policies.can_withdraw, NothingForm, workflow.withdraw, "取り下げました。",
        "取り下げたあとも、あらためて申請できます。", "quiet",
    ),
]  # fmt: skip
ACTIONS = {action.name: action for action in _ALL}
