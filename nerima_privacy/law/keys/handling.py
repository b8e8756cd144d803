"""Copying, sending, taking out, checks before sending (第12–14条)."""

from nerima_privacy.law.keys.key import DAYS, Key
from nerima_privacy.law.shapes import Levels, Rows

HANDLING = [
    Key(
        "handling.requirements",
        "複製・送信・持出し等に要るもの（区の最低限）",
        "秘匿性の区分（code）と行為ごとに、note（記録だけ）、standing（包括許可でよい）、each（その都度の許可）のどれか。"
        "課・学校はこれより厳しくできるが、ゆるめられない。",
        "第12条",
        Levels(),
    ),
    Key(
        "handling.media",
        "媒体の種類",
        "複製・持出し等の媒体を選ぶ区分。code は記録に残る符号（変えない）。",
        "第12条第3号（媒体）",
        Rows(),
    ),
    Key(
        "handling.decide_days",
        "申請を決めるまでの目安",
        "申請からこの日数を過ぎても決まっていないものを、期限超過として知らせる。",
        "第12条",
        DAYS,
        "日",
    ),
    Key(
        "handling.standing_days",
        "包括許可の最長の期間",
        "包括許可の初日から末日までの日数の上限。",
        "第12条（必要最小限）",
        DAYS,
        "日",
    ),
    Key(
        "handling.step_up_days",
        "返却・消去のおくれを上の役割の机に出すまでの日数",
        "期限をこの日数過ぎたものは、保護責任者の上の役割の机にも出る。",
        "第12条・第4条第3項",
        DAYS,
        "日",
    ),
    Key(
        "sending.confirm_days",
        "二人目の確認の目安",
        "一人目が確かめてからこの日数を過ぎても二人目が確かめていないものを、期限超過として知らせる。",
        "第14条",
        DAYS,
        "日",
    ),
    Key(
        "sending.send_days",
        "確認のあと、送るまでの日数",
        "二人目が確かめた日からこの日数までに送る。過ぎたものは、はじめから確認し直す。送ったことの記録がないものを、"
        "期限超過として知らせる。",
        "第14条",
        DAYS,
        "日",
    ),
    *(
        Key(
            f"sending.checklist_{channel}",
            f"送る前のチェックリスト（{label}）",
            "送る前に二人が確かめること。code は記録に残る符号（変えない）。",
            "第14条",
            Rows(),
        )
        for channel, label in (
            ("mail", "電子メール・ファイル転送"),
            ("fax", "ファクス"),
            ("web", "ウェブサイトへの掲載"),
            ("post", "郵送・交換便"),
            ("hand_over", "手渡し"),
        )
    ),
]
