"""What the record says of verbs on audits (第24条)."""

from nerima_privacy.activity.registry import register

register("audit.planned", "監査の案をつくりました", article="24-1")
register("audit.revised", "監査の案を書き直しました", article="24-1")
register("audit.submitted", "監査の承認を求めました", article="24-1")
register("audit.approved", "監査を承認しました", article="24-1")
register("audit.refused", "監査を承認しませんでした", article="24-1")
register("audit.withdrawn", "監査の案を取り下げました", article="24-1")
register("audit.ended", "監査を終えました", article="24-1")
register("audit.closed", "期間の終わった監査を閉じました", article="24-1")
