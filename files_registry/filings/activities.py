"""What the record says of verbs on notifications (第10条)."""

from nerima_privacy.activity.registry import register

register("filing.drafted", "届出を作成しました", article="10-1")
register("filing.drafted_again", "前の届出の内容を写して、届出を作り直しました", article="10-1")
register("filing.saved", "届出の下書きを保存しました", article="10-1")
register("filing.submitted", "保護責任者に確認を求めました", article="10-1")
register("filing.returned", "差し戻しました", article="10-1")
register("filing.filed", "情報公開課長に届け出ました", article="10-1")
register("filing.refiled", "補正して情報公開課長に届け出ました", article="10-1")
register("filing.cease_filed", "保有をやめたことを情報公開課長に届け出ました", article="10-3")
register("filing.correction_requested", "補正を求めました", article="10-2")
register("filing.withdrawn", "届出を取り下げました", article="10-1")
register("filing.proposed", "個人情報保護運営委員会に発議することを決めました", article="10-2")
register("filing.not_proposed", "個人情報保護運営委員会に発議しないことを決めました", article="10-2")
register("filing.outcome_recorded", "個人情報保護運営委員会の意見と結果を記録しました", article="10-2")
register("filing.notified", "検討の結果を保護責任者に通知しました", article="10-2")
register("filing.held", "ファイルの保有を始めました", article="10-1")
register("filing.applied", "届け出た変更を実施しました", article="10-1")
register("filing.applied_without_notice", "届出の要らない変更を実施しました", article="5-3")
register("filing.received", "廃止の届出を受理しました", article="10-3")
