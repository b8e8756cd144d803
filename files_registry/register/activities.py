"""What this area's verbs leave in the record."""

from nerima_privacy.activity.registry import register

register("listing.decided", "ファイル簿に載せるかどうかを判断しました", article="10-1")
register("edition.published", "個人情報ファイル簿を公表しました", article="10-1")
