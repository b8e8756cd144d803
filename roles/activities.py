"""What the record says of each verb on units, people and seats."""

from nerima_privacy.activity.registry import register

register("ward.demonstration_loaded", "デモンストレーションの組織と人を読み込みました", article="2-2")
register("appointment.made", "役割に任命しました", article="5-1")
register("appointment.audit_officer_made", "監査責任者に任命しました", article="7-2")
register("appointment.acting_made", "職務代理を置きました", article="5-1")
register("appointment.ended", "役割を終えました", article="5-1")
register("appointment.struck_out", "始まる前の任命を取り消しました", article="5-1")
register("posting.made", "所属を登録しました", article="2-2")
register("posting.ended", "所属を終えました", article="2-2")
register("person.transferred", "異動を登録しました", article="2-2")
register("unit.merged", "組織を統合しました", article="2-2")
