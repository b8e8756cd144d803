"""What the record says of verbs on rights (第11条)."""

from nerima_privacy.activity.registry import register

register("access.requested", "アクセス権を申請しました", article="11-1")
register("access.proposed", "アクセス権を提案しました", article="11-1")
register("access.given", "アクセス権を許可しました（所管の発意）", article="11-1")
register("access.granted", "アクセス権を許可しました", article="11-1")
register("access.refused", "アクセス権を許可しませんでした", article="11-1")
register("access.withdrawn", "アクセス権の申請を取り下げました", article="11-1")
register("access.narrowed", "アクセス権を縮小しました", article="11-1")
register("access.revoked", "アクセス権を取り消しました", article="11-1")
register("access.restored", "停止したアクセス権を戻しました", article="11-1")
register("access.reviewed", "アクセス権を棚卸ししました", article="11-1")
register("access.suspended", "棚卸しの答えのないアクセス権を停止しました", article="11-1")
register("access.ended", "終わりの来たアクセス権を閉じました", article="11-1")
register("access.opened", "ファイルを開きました", article="11-3")
register("access.opening_refused", "ファイルを開こうとして、権限がないため拒まれました", article="11-2")
