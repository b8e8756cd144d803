"""What the record says of verbs on account lists (第11条第1項)."""

from nerima_privacy.activity.registry import register

register("accounts.uploaded", "アカウント一覧を読み込ませました", article="11-1")
register("accounts.checked", "アカウント一覧の列の意味を決め、許可と照らしました", article="11-1")
register("accounts.recorded", "アカウントの突き合わせを記録しました", article="11-1")
register("accounts.discarded", "アカウントの突き合わせを取りやめました", article="11-1")
register("accounts.answered", "突き合わせの指摘になにをしたかを記録しました", article="11-1")
