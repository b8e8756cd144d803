"""The buttons of an audit's page: who may press each, from which state, what it asks, and the verb behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from audits.examinations import policies, workflow
from audits.examinations.forms import ApproveForm, NothingForm, ReasonForm
from audits.examinations.models import Audit, AuditStatus
from audits.examinations.moves import MOVES
from nerima_privacy.web.forms import Form
from roles.models import Person


@dataclass(frozen=True)
class Action:
    """One button. `kind` is its colour; `folded` hides it behind its name until it is wanted."""

    name: str
    label: str
    can: Callable[[Person, Audit], bool]
    form: type[Form]
    verb: Callable[..., Audit]
    success: str
    consequence: str
    kind: str = ""
    folded: bool = False

    @property
    def starts(self) -> set[AuditStatus]:
        """The states it may start from."""
        return {status for move, status in MOVES if move == self.name}

    def new_form(self, audit: Audit, data: Any = None) -> Any:
        """The form, empty or as typed."""
        return self.form(data, auto_id=f"{self.name}-%s", initial={"stamp": audit.stamp})


_ALL = [
    Action(
        "submit", "承認を求める", policies.can_submit, NothingForm, workflow.submit,
        "承認を求めました。総括保護管理者にお知らせを送りました。",
        "総括保護管理者が承認すると、はじまりの日から、監査する組織のファイルを見られるようになります。", "go",
    ),
    Action(
        "approve", "承認する", policies.can_decide, ApproveForm, workflow.approve,
        "承認しました。監査責任者と、監査を受ける組織にお知らせを送りました。",
        "監査責任者は、期間のあいだ、監査する組織のファイルの中を見られるようになります。変えることはできません。",
        "go",
    ),
    Action(
        "refuse", "承認しない", policies.can_decide, ReasonForm, workflow.refuse,
        "承認しないことを記録し、監査責任者にお知らせを送りました。", "理由は監査責任者に伝わります。", "no",
        folded=True,
    ),
    Action(
        "end", "監査を終える", policies.can_end, ReasonForm, workflow.end,
        "監査を終えました。関係する人にお知らせを送りました。",
        "監査責任者は、ただちにファイルを見られなくなります。", "no", folded=True,
    ),
    Action(
        "withdraw", "案を取り下げる", policies.can_withdraw, NothingForm, workflow.withdraw, "取り下げました。",
        "取り下げたあとも、あらためて計画できます。", "quiet", folded=True,
    ),
]  # fmt: skip
ACTIONS = {action.name: action for action in _ALL}
