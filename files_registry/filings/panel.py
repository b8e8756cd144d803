"""The panel at the right of a notification: whose turn it is, and the buttons of the reader's rights."""

from dataclasses import dataclass, field

from django.urls import reverse

from files_registry.catalogue.cells import changed_fields, needs_notification
from files_registry.catalogue.policies import can_draft
from files_registry.catalogue.pressing import Action, Block, Tried, block_of
from files_registry.filings import policies, presenters
from files_registry.filings.actions import ACTIONS, deciders, filers, handlers, writers
from files_registry.filings.drafting import cannot_begin_again
from files_registry.filings.models import Filing, FilingKind, FilingStatus
from files_registry.filings.moves import possible
from files_registry.filings.turns import ENDED, recording_turn
from roles.models import Person

S = FilingStatus
WRITING = {S.DRAFT, S.RETURNED, S.CORRECTING}


@dataclass
class Panel:
    """What the reader may do now. `refused` says of each other action who can do it."""

    title: str = ""
    lead: str = ""
    article: str = ""
    mine: bool = False
    blocks: list[Block] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)
    edit: str = ""
    edit_kind: str = ""
    again: str = ""
    refused: list[str] = field(default_factory=list)


class Builder:
    """Puts the panel together for one notification and one reader."""

    def __init__(self, filing: Filing, user: Person, tried: Tried | None) -> None:
        self.filing, self.user, self.tried = filing, user, tried
        self.panel = Panel()

    def build(self) -> Panel:
        status = S(self.filing.status)
        if status in WRITING:
            self._writing()
        elif status == S.SUBMITTED:
            self._confirming()
        elif status in {S.FILED, S.PROPOSED, S.DECIDED}:
            self._considering(status)
        elif status == S.NOTIFIED:
            self._carrying_out()
        elif status == S.WITHDRAWN:
            self._beginning_again()
        if status not in ENDED:
            self._withdrawing()
        return self.panel

    def _writing(self) -> None:
        panel, filing = self.panel, self.filing
        panel.title, panel.article = "記入", "第10条第1項"
        if not policies.can_edit(self.user, filing):
            panel.refused.append(f"記入できるのは、{writers(filing)}です。")
            return
        panel.mine = filing.status != S.DRAFT or filing.drafted_by_id == self.user.pk
        panel.edit = "記入を続ける" if filing.status == S.DRAFT else "記入を直す"
        panel.missing = presenters.missing_cells(filing)
        unready = bool(panel.missing) or (filing.kind == FilingKind.CEASE and filing.planned_on is None)
        panel.edit_kind = "go" if unready or self._unchanged() else ""
        if unready:
            panel.lead = "書き終わると、ここから確認を求められます。"
        elif self._unchanged():
            panel.lead = "まだ変わった欄がありません。変える欄を書き直してください。"
        else:
            self._ready()

    def _ready(self) -> None:
        if self._free_of_notice():
            self.panel.lead = "変わるのは、届出の要らない欄だけです。"
            if policies.can_apply_without_notice(self.user, self.filing):
                self._block(["apply-without-notice"])
                return
        if policies.can_file(self.user, self.filing):
            self._block(["file"])
        else:
            self._block(["submit"])

    def _confirming(self) -> None:
        self.panel.title, self.panel.article = "確認", "第10条第1項"
        if not policies.can_file(self.user, self.filing):
            self.panel.refused.append(f"確認して届け出ることができるのは、{filers(self.filing)}です。")
            return
        self.panel.mine = True
        self.panel.missing = presenters.missing_cells(self.filing)
        if self._free_of_notice():
            self.panel.lead = "変わるのは、届出の要らない欄だけです。"
            self._block(["apply-without-notice"])
            self._block(["send-back"], folded=True)
        else:
            self._block(["file", "send-back"])

    def _considering(self, status: FilingStatus) -> None:
        filing, panel = self.filing, self.panel
        cease = filing.kind == FilingKind.CEASE
        panel.article = "第10条第3項" if cease else "第10条第2項"
        name = "receive" if cease else {S.FILED: "consider", S.PROPOSED: "outcome", S.DECIDED: "notify"}[status]
        panel.title = {"receive": "受理", "consider": "検討", "outcome": "運営委員会の意見", "notify": "結果の通知"}[
            name
        ]
        if name == "notify" and filing.result:
            panel.lead = f"結果：{filing.get_result_display()}"
        who = handlers if name in {"receive", "outcome"} else deciders
        handles = policies.can_request_correction(self.user, filing)
        if ACTIONS[name].can(self.user, filing):
            panel.mine = name != "outcome" or recording_turn(filing).post(self.user) is not None
            self._block([name])
        else:
            panel.refused.append(f"{ACTIONS[name].label}ことができるのは、{who(filing)}です。")
        if handles and status == S.FILED:
            panel.lead = "" if panel.mine else "届出の内容を確かめ、直す所があれば補正を求めてください。"
            panel.mine = True
            self._block(["request-correction"], folded=True)

    def _carrying_out(self) -> None:
        filing, panel = self.filing, self.panel
        name = "hold" if filing.kind == FilingKind.NEW else "apply"
        panel.title, panel.article = ("保有の開始" if name == "hold" else "変更の実施"), "第10条第1項"
        if presenters.must_reconsider(filing):
            panel.lead = (
                "結果が「再検討を求める」なので、このままでは実施できません。"
                "届け出た内容を写した下書きを作り、見直してから、あらためて届け出てください。"
            )
            panel.mine = can_draft(self.user, filing.file.unit)
            panel.again = "内容を写して作り直す" if panel.mine else ""
            if not panel.mine:
                panel.refused.append(f"作り直すことができるのは、{writers(filing)}です。")
            return
        if ACTIONS[name].can(self.user, filing):
            panel.mine = True
            self._block([name])
        else:
            panel.refused.append(f"{ACTIONS[name].label}ことができるのは、{writers(filing)}です。")

    def _beginning_again(self) -> None:
        filing, panel = self.filing, self.panel
        if (
            possible(filing, "draft_again")
            and can_draft(self.user, filing.file.unit)
            and not cannot_begin_again(filing)
        ):
            panel.title, panel.article, panel.again = "作り直し", "第10条第1項", "内容を写して作り直す"
            panel.lead = "取り下げた届出の内容を写した下書きを作ります。この届出はこのまま残ります。"

    def _withdrawing(self) -> None:
        if possible(self.filing, "withdraw") and policies.can_withdraw(self.user, self.filing):
            self._block(["withdraw"], folded=True)

    def _block(self, names: list[str], *, folded: bool = False) -> None:
        actions = [ACTIONS[name] for name in names]
        self.panel.blocks.append(block_of(self.filing, actions, self._url, self.tried, folded=folded))

    def _url(self, action: Action) -> str:
        return reverse(f"filings:{action.name}", args=[self.filing.pk])

    def _unchanged(self) -> bool:
        filing = self.filing
        return (
            filing.kind == FilingKind.CHANGE
            and filing.version is not None
            and not changed_fields(filing.base_version, filing.version)
        )

    def _free_of_notice(self) -> bool:
        """Whether the change touches only cells that need no notification (law parameter `filing.change_cells`)."""
        filing = self.filing
        return (
            possible(filing, "apply_without_notice")
            and filing.filed_at is None
            and filing.version is not None
            and not self._unchanged()
            and not needs_notification(filing.base_version, filing.version)
        )


def panel_of(filing: Filing, user: Person, tried: Tried | None = None) -> Panel:
    """The panel of `filing` for `user`; `tried` is the action that did not happen."""
    return Builder(filing, user, tried).build()
