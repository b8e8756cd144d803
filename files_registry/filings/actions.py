"""What may be done with a notification from a page: one entry for each button, with its consequence in a sentence.

The page asks who may (policies.py) and from which state (moves.py) here, so that a view calls exactly one verb.
"""

from files_registry.catalogue.pressing import Action, ActionForm, named
from files_registry.filings import forms, policies, workflow
from files_registry.filings.models import Filing
from files_registry.filings.turns import considering_turn, filing_turn


def writers(filing: Filing) -> str:
    """Who writes for the unit."""
    return f"{filing.unit.name}の保護責任者と保護担当者"


def filers(filing: Filing) -> str:
    """Who files for the unit."""
    return filing_turn(filing).label.replace("　", "の")


def deciders(filing: Filing) -> str:
    """Who considers it."""
    return considering_turn(filing).label.replace("　", "の")


def handlers(filing: Filing) -> str:
    """Who handles it in 情報公開課."""
    return f"{deciders(filing)}と情報公開課の職員（届け出た人を除きます）"


def withdrawers(filing: Filing) -> str:
    """Who may take it back."""
    return writers(filing) if filing.filed_at is None else filers(filing)


_ALL = [
    Action(
        "submit",
        "保護責任者に確認を求める",
        "保護責任者に知らせます。確認が終わるまで、記入は直せません。",
        ("submit",),
        forms.NoteForm,
        lambda pk, data, actor: workflow.submit(pk, note=data["note"], stamp=data.get("stamp"), actor=actor),
        policies.can_submit,
        writers,
        ("filing.submitted",),
        "保護責任者に確認を求めました。",
    ),
    Action(
        "file",
        "確認して届け出る",
        "確認すると情報公開課長に届け出ます。記入は保存されています。",
        ("file",),
        forms.ConfirmForm,
        lambda pk, data, actor: workflow.file(
            pk, note=data["note"], late_reason=data.get("late_reason", ""), stamp=data.get("stamp"), actor=actor
        ),
        policies.can_file,
        filers,
        ("filing.filed", "filing.refiled", "filing.cease_filed"),
        "情報公開課長に届け出ました。",
    ),
    Action(
        "send-back",
        "差し戻す",
        "保護担当者に知らせ、記入を直せるようにします。",
        ("send_back",),
        forms.SendBackForm,
        lambda pk, data, actor: workflow.send_back(pk, reason=data["note"], stamp=data.get("stamp"), actor=actor),
        policies.can_send_back,
        filers,
        ("filing.returned",),
        "差し戻しました。",
        renamed={"reason": "note"},
    ),
    Action(
        "request-correction",
        "補正を求める",
        "所管の課・学校に知らせ、記入を直せるようにします。届出番号と届出日は変わりません。",
        ("request_correction",),
        forms.CorrectionForm,
        lambda pk, data, actor: workflow.request_correction(
            pk, reason=data["reason"], stamp=data.get("stamp"), actor=actor
        ),
        policies.can_request_correction,
        handlers,
        ("filing.correction_requested",),
        "補正を求めました。",
    ),
    Action(
        "withdraw",
        "取り下げる",
        "届出を終わりにします。まだ保有していないファイルは取りやめになります。記録は残ります。",
        ("withdraw",),
        forms.WithdrawForm,
        lambda pk, data, actor: workflow.withdraw(pk, reason=data["reason"], stamp=data.get("stamp"), actor=actor),
        policies.can_withdraw,
        withdrawers,
        ("filing.withdrawn",),
        "届出を取り下げました。",
        danger=True,
    ),
    Action(
        "consider",
        "検討の結果を記録する",
        "発議するときは運営委員会の意見を待ちます。発議しないときは結果の通知に進みます。",
        ("propose", "decide"),
        forms.ConsiderForm,
        lambda pk, data, actor: workflow.consider(
            pk,
            propose=data["propose"],
            reason=data["reason"],
            result="" if data["propose"] else data["result"],
            result_text="" if data["propose"] else data["result_text"],
            stamp=data.get("stamp"),
            actor=actor,
        ),
        policies.can_consider,
        deciders,
        ("filing.proposed", "filing.not_proposed"),
        "検討の結果を記録しました。",
    ),
    Action(
        "outcome",
        "運営委員会の意見を記録する",
        "記録すると、結果の通知に進みます。",
        ("record_outcome",),
        forms.OutcomeForm,
        lambda pk, data, actor: workflow.record_outcome(pk, **data, actor=actor),
        policies.can_record_outcome,
        handlers,
        ("filing.outcome_recorded",),
        "運営委員会の意見を記録しました。",
    ),
    Action(
        "notify",
        "結果を通知する",
        "保護責任者に結果を知らせ、検討結果通知書を出せるようにします。通知は取り消せません。",
        ("notify",),
        forms.NotifyForm,
        lambda pk, data, actor: workflow.notify(
            pk, document_number=data["document_number"], stamp=data.get("stamp"), actor=actor
        ),
        policies.can_notify,
        deciders,
        ("filing.notified",),
        "結果を通知しました。",
    ),
    Action(
        "receive",
        "受理する",
        "ファイルを廃止とし、所管の課・学校にデータの処分の記録を求めます。",
        ("receive",),
        ActionForm,
        lambda pk, data, actor: workflow.receive(pk, stamp=data.get("stamp"), actor=actor),
        policies.can_receive,
        handlers,
        ("filing.received",),
        "廃止の届出を受理しました。",
    ),
    Action(
        "hold",
        "保有を開始する",
        "この日からファイルを保有中とし、届け出た内容が効力をもちます。",
        ("hold",),
        forms.EffectForm,
        lambda pk, data, actor: workflow.hold(pk, on=data["on"], stamp=data.get("stamp"), actor=actor),
        policies.can_hold,
        writers,
        ("filing.held",),
        "ファイルの保有を開始しました。",
    ),
    Action(
        "apply",
        "変更を実施する",
        "この日から新しい版が効力をもちます。前の版もあとから読めます。",
        ("apply_change",),
        forms.EffectForm,
        lambda pk, data, actor: workflow.apply_change(pk, on=data["on"], stamp=data.get("stamp"), actor=actor),
        policies.can_apply_change,
        writers,
        ("filing.applied",),
        "変更を実施しました。",
    ),
    Action(
        "apply-without-notice",
        "届出をせずに変更を実施する",
        "変わる欄は届出の要らない欄だけです。この日から新しい版が効力をもちます。",
        ("apply_without_notice",),
        forms.EffectForm,
        lambda pk, data, actor: workflow.apply_without_notice(pk, on=data["on"], stamp=data.get("stamp"), actor=actor),
        policies.can_apply_without_notice,
        filers,
        ("filing.applied_without_notice",),
        "届出の要らない変更を実施しました。",
    ),
]
ACTIONS = named(_ALL)
