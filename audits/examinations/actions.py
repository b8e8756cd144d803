"""The buttons of an audit's page: who may press each, what it asks, and the verb behind it."""

from audits.examinations import policies, workflow
from audits.examinations.forms import ApproveForm, NothingForm, ReasonForm
from audits.examinations.models import Audit
from audits.examinations.moves import MOVES
from files_registry.catalogue.pressing import Action, named
from roles.seats import Seat


def deciders(audit: Audit) -> str:
    """Who approves it or not."""
    return policies.deciding_turn(audit).label


def officers(audit: Audit) -> str:
    """Whose work it is."""
    return f"監査責任者（{'、'.join(person.name for person in audit.officers.all())}）"


def enders(audit: Audit) -> str:
    """Who ends it early."""
    return f"{Seat.GENERAL_PROTECTION_MANAGER.label}か、{officers(audit)}"


def possible(audit: Audit, action: Action) -> bool:
    """Whether it can start from where the audit is."""
    return any((move, audit.status) in MOVES for move in action.moves)


ACTIONS = named(
    [
        Action(
            "submit",
            "承認を求める",
            "総括保護管理者が承認すると、はじまりの日から、監査する組織のファイルを見られるようになります。",
            ("submit",),
            NothingForm,
            lambda pk, data, user: workflow.submit(pk, stamp=data["stamp"], actor=user),
            policies.can_submit,
            officers,
            ("audit.submitted",),
            "承認を求めました。総括保護管理者にお知らせを送りました。",
        ),
        Action(
            "approve",
            "承認する",
            "監査責任者は、期間のあいだ、監査する組織のファイルの中を見られるようになります。変えることはできません。",
            ("approve",),
            ApproveForm,
            lambda pk, data, user: workflow.approve(pk, note=data["note"], actor=user),
            policies.can_decide,
            deciders,
            ("audit.approved",),
            "承認しました。監査責任者と、監査を受ける組織にお知らせを送りました。",
        ),
        Action(
            "refuse",
            "承認しない",
            "理由は監査責任者に伝わります。",
            ("refuse",),
            ReasonForm,
            lambda pk, data, user: workflow.refuse(pk, note=data["note"], actor=user),
            policies.can_decide,
            deciders,
            ("audit.refused",),
            "承認しないことを記録し、監査責任者にお知らせを送りました。",
            danger=True,
        ),
        Action(
            "end",
            "監査を終える",
            "監査責任者は、ただちにファイルを見られなくなります。",
            ("end",),
            ReasonForm,
            lambda pk, data, user: workflow.end(pk, note=data["note"], actor=user),
            policies.can_end,
            enders,
            ("audit.ended",),
            "監査を終えました。関係する人にお知らせを送りました。",
            danger=True,
        ),
        Action(
            "withdraw",
            "案を取り下げる",
            "取り下げたあとも、あらためて計画できます。",
            ("withdraw",),
            NothingForm,
            lambda pk, data, user: workflow.withdraw(pk, stamp=data["stamp"], actor=user),
            policies.can_withdraw,
            officers,
            ("audit.withdrawn",),
            "取り下げました。",
        ),
    ]
)
FOLDED = {"refuse", "end", "withdraw"}
