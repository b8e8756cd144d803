"""What the record says of verbs on ledgers (第15条・第17条)."""

from nerima_privacy.activity.registry import register

register("ledger.written", "取扱台帳に記録しました", article="15-1")
register("ledger.written_together", "取扱台帳にまとめて記録しました", article="15-1")
register("ledger.corrected", "取扱台帳の記録を訂正しました", article="15-1")
register("ledger.output", "取扱台帳を出力しました", article="15-1")
register("ledger.unit_output", "課・学校の取扱台帳をまとめて出力しました", article="15-1")
register("medium.registered", "保管する媒体を登録しました", article="15-1")
register("medium.moved", "媒体の保管の場所・責任者などを変えました", article="15-1")
register("medium.completed", "媒体の保存期間を決めました", article="15-1")
register("medium.disposed", "媒体の処分を記録しました", article="15-1")
register("media.handed_over", "媒体をまとめて引き継ぎました", article="15-1")
register("media.disposed", "媒体の処分をまとめて記録しました", article="15-1")
register("verification.recorded", "入力の照合を記録しました", article="17-1")
register("verification.corrected", "入力の照合の記録を訂正しました", article="17-1")
