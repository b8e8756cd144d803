"""What the record says of verbs of this area (第5条第4項)."""

from nerima_privacy.activity.registry import register

register("system.registered", "情報システムを登録しました", article="5-4")
register("system.edited", "情報システムの記録を改めました", article="5-4")
register("system.retired", "情報システムの使用を終えました", article="5-4")
register("system.administrator_named", "情報システムの管理者を登録しました", article="5-4")
register("system.administrator_ended", "情報システムの管理者の登録を終えました", article="5-4")
register("system.administrator_withdrawn", "情報システムの管理者の登録を取り消しました", article="5-4")
register("system.file_linked", "ファイルを情報システムに結びつけました", article="5-4")
register("system.file_unlinked", "ファイルと情報システムの結びつきを終えました", article="5-4")
register("agreement.proposed", "情報システムについての合意を提案しました", article="5-4")
register("agreement.agreed", "情報システムについて合意しました", article="5-4")
register("agreement.refused", "情報システムについての提案に同意しませんでした", article="5-4")
register("agreement.withdrawn", "情報システムについての提案を取り下げました", article="5-4")
